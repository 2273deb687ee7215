package io.consentbridge.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.consent.IgnoreReason;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OutcomeTest {

    @Test
    @DisplayName("B70-B83: each outcome appears in history under its own word")
    void words() {
        assertThat(Stream.of(
                                new Outcome.Pending(),
                                new Outcome.New(),
                                new Outcome.Readded(),
                                new Outcome.Duplicate(true),
                                new Outcome.Deleted(),
                                new Outcome.Ignored(IgnoreReason.BOUNCED),
                                new Outcome.DeadLettered())
                        .map(Outcome::word))
                .containsExactly("pending", "new", "readded", "duplicate", "deleted", "ignored", "dead-lettered");
    }
}
