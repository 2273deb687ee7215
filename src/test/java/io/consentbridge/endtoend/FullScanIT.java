package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.api.RunView;
import io.consentbridge.run.Run;
import io.consentbridge.run.RunRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What marks no record as modified is noticed by the full scan that a scheduled run makes once a month. */
class FullScanIT extends BridgeFixture {

    private static final Machine MACHINE = new Machine();

    /** A clock that ticks, and that days pass on. */
    private static final class Machine extends Clock {

        private volatile Duration ahead = Duration.ZERO;

        @Override
        public Instant instant() {
            return Instant.now().plus(ahead);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @BeforeAll
    static void open() {
        bridge = Bridge.open(10, MACHINE, files -> files.letters("scanned", "Leads"));
    }

    @Test
    @DisplayName(
            "B43: a record that was restored from the bin, and one that was migrated, are found by the monthly scan")
    void restoredAndMigrated() {
        Instant longAgo = Instant.now().minus(30, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
        String restored = email();
        String id = bridge.zoho().migrate("Leads", longAgo, Bridge.fields(restored, Map.of()));
        bridge.zoho().delete("Leads", id);
        String there = bridge.newcomer("Leads", Map.of());
        scheduled();
        assertThat(bridge.zoho().statuses("scanned")).containsKey(there).doesNotContainKey(restored);

        bridge.zoho().restore("Leads", id);
        String migrated = email();
        bridge.zoho().migrate("Leads", longAgo, Bridge.fields(migrated, Map.of()));
        assertThat(scheduled().full()).isFalse();
        assertThat(bridge.zoho().statuses("scanned")).doesNotContainKeys(restored, migrated);

        MACHINE.ahead = Duration.ofDays(32);
        RunView scan = scheduled();

        assertThat(scan.full()).isTrue();
        assertThat(scan.message()).contains("reads everything");
        assertThat(bridge.zoho().statuses("scanned")).containsKeys(there, restored, migrated);
        assertThat(scheduled().full()).isFalse();
    }

    private static RunView scheduled() {
        AtomicReference<String> run = new AtomicReference<>();
        bridge.request(new RunRequest("scanned", Run.Cause.SCHEDULE, false, MACHINE.instant()), run::set);
        RunView view = bridge.end(run.get());
        assertThat(view.state()).as(view.message()).isEqualTo("completed");
        return view;
    }

    private static String email() {
        return "p" + UUID.randomUUID().toString().substring(0, 12) + "@c1.example.com";
    }
}
