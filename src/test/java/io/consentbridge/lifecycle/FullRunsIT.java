package io.consentbridge.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.cursor.MappedFields;
import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.TestDatabase;
import io.consentbridge.sync.Admission.Admitted;
import io.consentbridge.sync.Admission.Refused;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Runs that read everything: when a schedule does so, and how many of them there may be, on every engine. */
@EveryEngine
class FullRunsIT extends LimitedRunsFixture {

    FullRunsIT(TestDatabase engine) {
        super(engine);
    }

    @Test
    @DisplayName(
            "B43, B67: a month after the last full scan a scheduled run reads everything, and no limit on full runs counts it")
    void fullScan() {
        create("monthly");
        create("once", "{every: day, at: \"09:00\"}\nretrieve: once");
        create("never", "{every: day, at: \"09:00\"}\nfullScan: {every: never}");
        day();
        assertThat(last("monthly").full()).isFalse();
        startDay(LocalDate.of(2026, 12, 1));
        day();
        assertThat(last("monthly").full()).isFalse();
        startDay(LocalDate.of(2026, 12, 2));

        day();

        assertThat(last("monthly").full()).isTrue();
        assertThat(last("monthly").says().orElseThrow()).contains("reads everything");
        assertThat(usage("monthly").fullRunsThisMonth()).isZero();
        assertThat(last("never").full()).isFalse();
        assertThat(last("once").full()).isFalse();
        nextDay();
        day();
        assertThat(last("monthly").full()).isFalse();
        assertThat(runInFull("monthly")).isInstanceOf(Admitted.class);
        assertThat(usage("monthly").fullRunsThisMonth()).isOne();
    }

    @Test
    @DisplayName(
            "B67: a sync runs in full five times a day and fifteen times a month; runs of changes and other syncs continue")
    void fullRuns() {
        environment.put("LIMITS_RUNS_PER_DAY", "0");
        environment.put("LIMITS_RUNS_PER_MONTH", "0");
        startDay(today);
        create("one");
        create("other");
        for (int day = 0; day < 3; day++) {
            for (int i = 0; i < 5; i++) {
                assertThat(runInFull("one")).isInstanceOf(Admitted.class);
            }
            assertThat(runInFull("one"))
                    .isEqualTo(new Refused("one: 5 of 5 full runs of this sync are used today"
                            + " (limits.full-syncs-per-day). Run it without --full, or with --full tomorrow"));
            nextDay();
        }
        assertThat(runInFull("one"))
                .isEqualTo(new Refused("one: 15 of 15 full runs of this sync are used this month"
                        + " (limits.full-syncs-per-month). Run it without --full, or with --full next month"));
        assertThat(run("one")).isInstanceOf(Admitted.class);
        assertThat(runInFull("other")).isInstanceOf(Admitted.class);
        startDay(LocalDate.of(2026, 12, 1));
        assertThat(runInFull("one")).isInstanceOf(Admitted.class);
    }

    @Test
    @DisplayName("B120: a full run that a limit refused brings a newly mapped field to nobody")
    void refusedFullRun() {
        environment.put("LIMITS_FULL_SYNCS_PER_DAY", "1");
        startDay(today);
        create("one");
        database.change(handle -> handle.execute("""
                insert into source_record (sync, record_id, modified_at, settled, decision)
                values ('one', '1', ?, true, 'deliver')""", Instant.parse("2026-01-01T00:00:00Z")));
        assertThat(runInFull("one")).isInstanceOf(Admitted.class);

        create("one", "{every: day, at: \"09:00\"}\nmapping: {Company Name: Company}");
        assertThat(runInFull("one")).isInstanceOf(Refused.class);

        assertThat(new MappedFields(database)
                        .waiting("one", configuration.syncs().get("one").mapping()))
                .containsExactly("Company Name");
    }
}
