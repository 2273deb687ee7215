package io.consentbridge.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.consent.Person;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class JustificationTest {

    private static LedgerEntry entry(EventKind event, String purpose, String sync, String record, String decision) {
        return new LedgerEntry(
                OptionalLong.empty(),
                event,
                new Person("ann@example.com"),
                "main",
                purpose,
                "",
                "",
                LedgerEvent.CRM,
                sync,
                record,
                "run",
                decision,
                "",
                Map.of(),
                Instant.EPOCH);
    }

    private static LedgerEntry allowed(String sync, String record) {
        return entry(EventKind.GIVEN, "news", sync, record, "deliver-as-expressed");
    }

    private static LedgerEntry withheld(String sync, String record) {
        return entry(EventKind.WITHHELD, "news", sync, record, "withhold");
    }

    private static LedgerEntry delivered(String sync, String record) {
        return entry(EventKind.DELIVERED, "news", sync, record, "");
    }

    private static boolean justified(LedgerEntry... entries) {
        return Justification.missing(List.of(entries)).isEmpty();
    }

    @Test
    @DisplayName("A delivery follows a decision on its record that lets the person be mailed")
    void byRecord() {
        assertThat(justified(allowed("leads", "r1"), delivered("leads", "r1"))).isTrue();
        assertThat(justified(delivered("leads", "r1"), allowed("leads", "r1"))).isFalse();
        assertThat(justified(allowed("leads", "r1"), withheld("leads", "r1"), delivered("leads", "r1")))
                .isFalse();
    }

    @Test
    @DisplayName(
            "A second sync of the purpose that withholds the same record between decision and delivery leaves it unjustified")
    void sameRecord() {
        assertThat(justified(allowed("leads", "r1"), withheld("again", "r1"), delivered("leads", "r1")))
                .isFalse();
        assertThat(justified(
                        allowed("leads", "r1"),
                        withheld("again", "r1"),
                        allowed("leads", "r1"),
                        delivered("leads", "r1")))
                .isTrue();
    }

    @Test
    @DisplayName("What another record says neither justifies a withheld record nor takes the ground of an allowed one")
    void otherRecord() {
        assertThat(justified(allowed("leads", "r1"), withheld("contacts", "r2"), delivered("leads", "r1")))
                .isTrue();
        assertThat(justified(withheld("leads", "r1"), allowed("contacts", "r2"), delivered("leads", "r1")))
                .isFalse();
    }

    @Test
    @DisplayName("A decision for another purpose justifies nothing")
    void otherPurpose() {
        assertThat(justified(
                        entry(EventKind.GIVEN, "letters", "leads", "r1", "deliver-as-expressed"),
                        delivered("leads", "r1")))
                .isFalse();
    }

    @Test
    @DisplayName("The person's own answer justifies what their record does not, until it ends")
    void byAnswer() {
        LedgerEntry yes = entry(EventKind.GIVEN, "news", "leads", "r1", "");
        LedgerEntry over = entry(EventKind.WITHDRAWN, "news", "leads", "r1", "");
        assertThat(justified(withheld("leads", "r1"), yes, delivered("leads", "r1")))
                .isTrue();
        assertThat(justified(withheld("leads", "r1"), yes, over, delivered("leads", "r1")))
                .isFalse();
    }
}
