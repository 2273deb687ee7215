package io.consentbridge.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FullScanTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @ParameterizedTest
    @CsvSource({
        "DAY, 2026-03-02T20:00:00Z, 2026-03-02T22:59:59Z, false",
        "DAY, 2026-03-02T20:00:00Z, 2026-03-02T23:00:00Z, true",
        "WEEK, 2026-03-02T08:00:01Z, 2026-03-08T22:59:59Z, false",
        "WEEK, 2026-03-02T08:00:01Z, 2026-03-09T08:00:00Z, true",
        "MONTH, 2026-01-31T08:00:00Z, 2026-02-27T08:00:00Z, false",
        "MONTH, 2026-01-31T08:00:00Z, 2026-02-28T08:00:00Z, true",
        "MONTH, 2026-01-31T08:00:00Z, 2026-05-01T08:00:00Z, true",
        "NEVER, 2026-01-31T08:00:00Z, 2036-05-01T08:00:00Z, false"
    })
    @DisplayName("A complete reading is due from the day on which its interval ends, in the connection's zone")
    void due(FullScan often, Instant last, Instant now, boolean due) {
        assertThat(often.isDue(last, now, BERLIN)).isEqualTo(due);
    }
}
