package io.consentbridge.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class IgnoreReasonTest {

    @ParameterizedTest
    @EnumSource
    @DisplayName("A reason that is stored by its word is the same reason when it is read again")
    void readAgain(IgnoreReason reason) {
        assertThat(IgnoreReason.of(reason.word())).isEqualTo(reason);
    }

    @Test
    @DisplayName("A word that is not a reason is refused and not read as one")
    void noReason() {
        assertThatThrownBy(() -> IgnoreReason.of("lost"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no such reason: lost");
    }
}
