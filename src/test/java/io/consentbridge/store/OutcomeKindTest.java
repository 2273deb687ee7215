package io.consentbridge.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.sync.Outcome;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Kinds of outcomes are stored for ever, so there must be few of them. */
class OutcomeKindTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    withdrawn by run 20261128T134554-28fa | withdrawn by another run
                    replaced by run 20261128T134554-28fa | replaced by another run
                    replaced by record 5394166001100000567 | replaced by another record
                    the same person as record 5394166001100000567, which is newer | the same person as another record, which is newer
                    stays on the list: run 20261128T134554-28fa read another record of the same person | stays on the list: another run read another record of the same person
                    Removed by ConsentBridge (sync leads, 2026-11-28T13:45:54Z). | Removed by ConsentBridge (sync leads, 2026-11-28).
                    The purpose needs no consent. Company: cut from 512 to 200 characters | The purpose needs no consent. Company: cut to 200 characters
                    """)
    @DisplayName("Outcomes whose reasons name another run, record, second or length are of one kind")
    void withoutWhatOneRecordHas(String detail, String why) {
        OutcomeKind kind = kind(detail);

        assertThat(kind.why()).isEqualTo(why);
        assertThat(kind.own(detail)).as("the record keeps the whole reason").isEqualTo(detail);
    }

    @ParameterizedTest
    @CsvSource({
        "The purpose rests on a basis that needs no consent.",
        "Campaigns refuses the address: bounced (code 2007).",
        "The run read the record of a person who refused.",
    })
    @DisplayName("A reason that many outcomes have stays as it is, and is stored with the kind alone")
    void shared(String detail) {
        OutcomeKind kind = kind(detail);

        assertThat(kind.why()).isEqualTo(detail);
        assertThat(kind.own(detail)).isNull();
    }

    @Test
    @DisplayName("The reason of a kind is never longer than its column")
    void longest() {
        assertThat(kind("x".repeat(490) + " record 55").why()).hasSize(500);
    }

    @Test
    @DisplayName("No reason is none, neither with the kind nor with the record")
    void none() {
        assertThat(kind(null).why()).isEmpty();
        assertThat(kind(null).own(null)).isNull();
    }

    private static OutcomeKind kind(String detail) {
        return OutcomeKind.of("deliver", StoredOutcome.of(new Outcome.Ignored(IgnoreReason.OTHER)), detail);
    }
}
