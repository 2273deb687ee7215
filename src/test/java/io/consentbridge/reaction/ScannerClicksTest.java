package io.consentbridge.reaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Clicks of servers that look at links are not those of people. */
class ScannerClicksTest {

    private static final Instant DELIVERED = Instant.parse("2026-11-28T12:00:00Z");

    private static Instant after(long millis) {
        return DELIVERED.plusMillis(millis);
    }

    private static List<Instant> human(Optional<Instant> opened, Instant... clicks) {
        return ScannerClicks.human(Optional.of(DELIVERED), opened, List.of(clicks));
    }

    @Test
    @DisplayName("Several links within a second of delivery, before any opening, are a scanner's")
    void scanner() {
        assertThat(human(Optional.empty(), after(200), after(300), after(1000))).isEmpty();
    }

    @Test
    @DisplayName("A click that follows those of a scanner is the person's")
    void personAfterScanner() {
        assertThat(human(Optional.of(after(60_000)), after(200), after(300), after(61_000)))
                .containsExactly(after(61_000));
    }

    @Test
    @DisplayName("One link alone, or links after the mail was opened, are the person's")
    void person() {
        assertThat(human(Optional.empty(), after(500))).containsExactly(after(500));
        assertThat(human(Optional.of(after(100)), after(200), after(300))).hasSize(2);
    }

    @Test
    @DisplayName("Where it is not known when the mail was delivered, every click counts")
    void unknownDelivery() {
        assertThat(ScannerClicks.human(Optional.empty(), Optional.empty(), List.of(after(1), after(2))))
                .hasSize(2);
    }
}
