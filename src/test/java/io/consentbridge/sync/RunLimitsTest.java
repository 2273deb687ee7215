package io.consentbridge.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.sync.Admission.Admitted;
import io.consentbridge.sync.Admission.Deferred;
import io.consentbridge.sync.Admission.Refused;
import io.consentbridge.sync.Asked.Activation;
import io.consentbridge.sync.Asked.Command;
import io.consentbridge.sync.Asked.Scheduled;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunLimitsTest {

    private static final RunLimits LIMITS = new RunLimits(Limits.DOCUMENTED);
    private static final Asked ACTIVATION = new Activation();
    private static final Asked RUN_NOW = new Command(false, true);
    private static final Asked RUN_INACTIVE_NOW = new Command(false, false);
    private static final Asked RUN_ALL_NOW = new Command(true, true);
    private static final Asked DUE = new Scheduled(false);

    @Test
    @DisplayName("B56: a fifty-first run in a month is refused, the fiftieth is not")
    void month() {
        assertThat(LIMITS.admit("news", RUN_NOW, runs(0, 49))).isInstanceOf(Admitted.class);
        assertThat(refusal(RUN_NOW, runs(0, 50)))
                .isEqualTo("news: 50 of 50 runs of this connection are used this month (limits.runs-per-month)."
                        + " Run it next month, or raise the limit");
    }

    @Test
    @DisplayName("B57: an eleventh run on a day is refused, the tenth is not")
    void day() {
        assertThat(LIMITS.admit("news", RUN_NOW, runs(9, 9))).isInstanceOf(Admitted.class);
        assertThat(refusal(RUN_NOW, runs(10, 10)))
                .contains("10 of 10 runs of this connection are used today")
                .contains("(limits.runs-per-day)")
                .contains("tomorrow");
    }

    @Test
    @DisplayName("B58: an eleventh active sync is refused, the tenth is not")
    void active() {
        assertThat(LIMITS.admit("news", ACTIVATION, active(9))).isInstanceOf(Admitted.class);
        assertThat(refusal(ACTIVATION, active(10)))
                .contains("10 of 10 syncs of this connection are active")
                .contains("(limits.active-syncs)");
    }

    @Test
    @DisplayName("B59: three daily syncs on day 1 and two more on day 2 are all admitted")
    void scenarioOne() {
        for (int more = 0; more < 2; more++) {
            assertThat(LIMITS.admit("news", ACTIVATION, new Usage(3 + more, 3 + more, 6 + more, 0, 0)))
                    .isInstanceOf(Admitted.class);
            assertThat(LIMITS.admit("news", RUN_NOW, new Usage(4 + more, 3 + more, 6 + more, 0, 0)))
                    .isInstanceOf(Admitted.class);
        }
    }

    @Test
    @DisplayName("B60: with ten daily syncs an eleventh is refused on day 2, until one is deactivated")
    void scenarioTwo() {
        assertThat(refusal(ACTIVATION, new Usage(10, 0, 10, 0, 0))).contains("Deactivate one first");
        assertThat(LIMITS.admit("news", ACTIVATION, new Usage(9, 0, 10, 0, 0))).isInstanceOf(Admitted.class);
    }

    @Test
    @DisplayName("B61: a new sync can be activated, but not run, when the day's ten runs are used")
    void scenarioThree() {
        Usage usage = new Usage(9, 10, 20, 0, 0);

        assertThat(LIMITS.admit("news", ACTIVATION, usage)).isInstanceOf(Admitted.class);
        assertThat(LIMITS.admit("news", RUN_NOW, new Usage(10, 10, 20, 0, 0))).isInstanceOf(Refused.class);
    }

    @Test
    @DisplayName(
            "B62: a run that is due when the day's runs are used is deferred to the next day, or the next month when the month is used up")
    void scenarioThreeContinued() {
        assertThat(LIMITS.admit("news", DUE, runs(10, 20)))
                .isInstanceOfSatisfying(
                        Deferred.class,
                        deferred -> assertThat(deferred.message())
                                .startsWith("news: 10 of 10 runs")
                                .endsWith("It runs tomorrow at its scheduled time"));
        assertThat(LIMITS.admit("news", DUE, runs(3, 50))).isInstanceOf(Deferred.class);
        assertThat(LIMITS.admit("news", DUE, runs(0, 20))).isInstanceOf(Admitted.class);
    }

    @Test
    @DisplayName("B63: the refusal of activating or initiating names the active rule, the month's room and the remedy")
    void scenarioFour() {
        String expected = "news: 10 of 10 syncs of this connection are active (limits.active-syncs), although"
                + " 30 of 50 runs of this month are left. Deactivate one first, then activate this one";

        assertThat(refusal(ACTIVATION, new Usage(10, 5, 20, 0, 0))).isEqualTo(expected);
        assertThat(refusal(RUN_INACTIVE_NOW, new Usage(10, 5, 20, 0, 0))).isEqualTo(expected);
    }

    @Test
    @DisplayName("B67: a sixth full run on a day and a sixteenth in a month are refused, changes still run")
    void fullRuns() {
        assertThat(LIMITS.admit("news", RUN_ALL_NOW, new Usage(1, 4, 14, 4, 14)))
                .isInstanceOf(Admitted.class);
        assertThat(refusal(RUN_ALL_NOW, new Usage(1, 5, 15, 5, 5)))
                .contains("5 of 5 full runs of this sync are used today");
        assertThat(refusal(RUN_ALL_NOW, new Usage(1, 0, 15, 0, 15)))
                .contains("15 of 15 full runs of this sync are used this month");
        assertThat(LIMITS.admit("news", RUN_NOW, new Usage(1, 5, 15, 5, 15))).isInstanceOf(Admitted.class);
        assertThat(LIMITS.admit("news", new Scheduled(true), new Usage(1, 5, 15, 5, 15)))
                .isInstanceOf(Deferred.class);
    }

    @Test
    @DisplayName("B44: 0 switches each rule off")
    void rulesAreSwitchedOff() {
        RunLimits none = new RunLimits(new Limits(0, 0, 0, 0, 0));
        Usage much = new Usage(99, 99, 99, 99, 99);

        assertThat(none.admit("news", ACTIVATION, much)).isInstanceOf(Admitted.class);
        assertThat(none.admit("news", RUN_ALL_NOW, much)).isInstanceOf(Admitted.class);
        assertThat(new RunLimits(new Limits(10, 0, 0, 0, 0)).admit("news", ACTIVATION, much))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.message()).doesNotContain("month"));
    }

    @ParameterizedTest
    @CsvSource({
        "DAY, 2026-03-02T08:00:00Z, 2026-03-02T08:00:05Z, 2026-03-03T08:00:00Z",
        "DAY, 2026-03-28T08:00:00Z, 2026-03-28T08:00:05Z, 2026-03-29T07:00:00Z",
        "DAY, 2026-03-02T08:00:00Z, 2026-03-04T23:30:00Z, 2026-03-06T08:00:00Z",
        "MONTH, 2026-02-02T08:00:00Z, 2026-02-02T08:00:05Z, 2026-03-01T08:00:00Z",
        "MONTH, 2026-03-31T08:00:00Z, 2026-03-31T08:00:05Z, 2026-04-01T08:00:00Z",
        "MONTH, 2026-12-15T08:00:00Z, 2026-12-15T08:00:05Z, 2027-01-01T08:00:00Z"
    })
    @DisplayName("B62: a deferred run starts at its time of day, tomorrow or on the first of the next month")
    void dueAgain(Admission.Period until, Instant due, Instant now, Instant again) {
        assertThat(RunLimits.dueAgain(due, now, until, ZoneId.of("Europe/Berlin")))
                .isEqualTo(again);
    }

    @Test
    @DisplayName("B44: days and months begin in the connection's zone, on days of 23 hours too")
    void daysAndMonths() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        Instant summerBegins = Instant.parse("2026-03-29T20:00:00Z");

        assertThat(RunLimits.dayBegan(summerBegins, berlin)).isEqualTo("2026-03-28T23:00:00Z");
        assertThat(RunLimits.monthBegan(summerBegins, berlin)).isEqualTo("2026-02-28T23:00:00Z");
        assertThat(RunLimits.dayBegan(Instant.parse("2026-03-31T22:30:00Z"), berlin))
                .isEqualTo("2026-03-31T22:00:00Z");
        assertThat(RunLimits.monthBegan(Instant.parse("2026-03-31T22:30:00Z"), berlin))
                .isEqualTo("2026-03-31T22:00:00Z");
    }

    private static Usage runs(int today, int thisMonth) {
        return new Usage(5, today, thisMonth, 0, 0);
    }

    private static Usage active(int syncs) {
        return new Usage(syncs, 0, 0, 0, 0);
    }

    private static String refusal(Asked asked, Usage usage) {
        return ((Refused) LIMITS.admit("news", asked, usage)).message();
    }
}
