package io.consentbridge.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.outbox.Integrations;
import io.consentbridge.run.Run;
import io.consentbridge.run.RunRequest;
import io.consentbridge.run.RunState;
import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.TestDatabase;
import io.consentbridge.sync.Admission;
import io.consentbridge.sync.Admission.Admitted;
import io.consentbridge.sync.Admission.Deferred;
import io.consentbridge.sync.Admission.Refused;
import io.consentbridge.sync.Usage;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How many runs and active syncs a connection may have, and what becomes of a run that was put off, on every engine. */
@EveryEngine
class RunLimitsIT extends LimitedRunsFixture {

    private static final String RULE_3 = ": 10 of 10 syncs of this connection are active (limits.active-syncs),"
            + " although %d of 50 runs of this month are left. Deactivate one first, then activate this one";

    RunLimitsIT(TestDatabase engine) {
        super(engine);
    }

    @Test
    @DisplayName("B57: only as many syncs that begin at the same instant run as the day has room for")
    void atOnce() throws Exception {
        environment.put("LIMITS_RUNS_PER_DAY", "4");
        startDay(today);
        createTen();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Admission>> answers = threads.invokeAll(configuration.syncs().keySet().stream()
                    .<Callable<Admission>>map(
                            name -> () -> admit(new RunRequest(name, Run.Cause.SCHEDULE, false, setTime())))
                    .toList());
            List<Admission> admissions = new ArrayList<>();
            for (Future<Admission> answer : answers) {
                admissions.add(answer.get());
            }
            assertThat(admissions)
                    .filteredOn(Admitted.class::isInstance)
                    .as("%s", admissions)
                    .hasSize(4);
        } finally {
            threads.shutdownNow();
        }
        assertThat(runQueries.counts("main", "daily-1", BERLIN).today()).isEqualTo(4);
    }

    private Admission admit(RunRequest order) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setBody(order);
        return admissions.admit(exchange);
    }

    @Test
    @DisplayName(
            "While a connection is switched off no schedule starts a run, and a run by command only lets people leave")
    void switchedOff() {
        create("one");
        new Integrations(database, clock).switchOff("main", Integrations.Kind.DEACTIVATED);

        assertThat(day()).isEmpty();
        assertThat(run("one"))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.message())
                                .startsWith("one: connection main is deactivated since ")
                                .endsWith("Activate it with: consentbridge integration activate main"));
        assertThat(last("one").state()).isEqualTo(RunState.REFUSED);
        assertThat(usage("one").runsToday()).isZero();

        new Integrations(database, clock).switchOn("main");
        assertThat(run("one")).isInstanceOf(Admitted.class);
    }

    @Test
    @DisplayName("B59: three daily syncs made on day 1 run, and so do the two more that are made on day 2")
    void scenarioOne() {
        for (String name : List.of("one", "two", "three")) {
            assertThat(create(name)).isInstanceOf(Admitted.class);
        }
        assertThat(day()).hasSize(3);

        nextDay();
        assertThat(create("four")).isInstanceOf(Admitted.class);
        assertThat(create("five")).isInstanceOf(Admitted.class);
        assertThat(day()).hasSize(5);
        assertThat(usage("five")).isEqualTo(new Usage(5, 5, 8, 0, 0));
    }

    @Test
    @DisplayName(
            "B60: an eleventh sync is refused on day 2 with ten daily syncs of day 1, and created once one is deactivated")
    void scenarioTwo() {
        createTen();
        assertThat(day()).hasSize(10);

        nextDay();
        assertThat(create("eleventh")).isEqualTo(new Refused("eleventh" + RULE_3.formatted(40)));
        deactivate("daily-3");
        assertThat(create("eleventh")).isInstanceOf(Admitted.class);
        assertThat(day()).hasSize(10).contains("eleventh").doesNotContain("daily-3");
    }

    @Test
    @DisplayName("B61: a sync that takes a free slot on a day whose ten runs are used is created, but does not run")
    void scenarioThree() {
        createTen();
        day();
        nextDay();
        assertThat(day()).hasSize(10);
        deactivate("daily-0");

        assertThat(create("fresh", "{every: day, at: \"11:00\"}")).isInstanceOf(Admitted.class);
        assertThat(run("fresh"))
                .isEqualTo(new Refused("fresh: 10 of 10 runs of this connection are used today"
                        + " (limits.runs-per-day). Run it tomorrow, or raise the limit"));
        assertThat(last("fresh").state()).isEqualTo(RunState.REFUSED);
        assertThat(usage("fresh").runsToday()).isEqualTo(10);
    }

    @Test
    @DisplayName("B62: the new sync is deferred, does not fail, and runs by itself the next day at its set time")
    void scenarioThreeContinued() {
        createTen();
        day();
        nextDay();
        day();
        deactivate("daily-0");
        create("fresh");

        assertThat(atSetTime("fresh")).isInstanceOf(Deferred.class);
        assertThat(last("fresh").state()).isEqualTo(RunState.DEFERRED);
        assertThat(last("fresh").message().orElseThrow()).endsWith("It runs tomorrow at its scheduled time");
        nextDay();
        Instant due = setTime();
        assertThat(last("fresh").dueAgain()).contains(due);
        moveTo(due.minusSeconds(1));
        assertThat(admissions.dueAgain()).isEmpty();
        moveTo(due);
        assertThat(admissions.dueAgain()).containsExactly(new RunRequest("fresh", Run.Cause.SCHEDULE, false, due));
        assertThat(day()).hasSize(10).contains("fresh");
        assertThat(last("fresh").state()).isEqualTo(RunState.COMPLETED);
        assertThat(admissions.dueAgain()).isEmpty();
        assertThat(runQueries.deferred()).isEmpty();
    }

    @Test
    @DisplayName("B63: creating or initiating a sync at the active limit names rule 3, the month's room and the remedy")
    void scenarioFour() {
        createTen();
        for (int i = 0; i < 5; i++) {
            run("daily-" + i);
        }

        assertThat(create("another")).isEqualTo(new Refused("another" + RULE_3.formatted(45)));
        assertThat(run("another")).isEqualTo(new Refused("another" + RULE_3.formatted(45)));
        deactivate("daily-9");
        assertThat(create("another")).isInstanceOf(Admitted.class);
        assertThat(run("another")).isInstanceOf(Admitted.class);
    }

    @Test
    @DisplayName("B56: when the month's fifty runs are used, a run waits for the first of next month")
    void month() {
        for (int i = 0; i < 10; i++) {
            create("daily-" + i);
        }
        for (int day = 0; day < 5; day++) {
            assertThat(day()).hasSize(10);
            nextDay();
        }

        assertThat(day()).isEmpty();
        assertThat(last("daily-0").message().orElseThrow())
                .contains("50 of 50 runs of this connection are used this month (limits.runs-per-month)")
                .endsWith("It runs on the first of next month at its scheduled time");
        assertThat(last("daily-0").dueAgain()).contains(Instant.parse("2026-12-01T08:00:00Z"));
        assertThat(run("daily-0")).isInstanceOf(Refused.class);
        startDay(LocalDate.of(2026, 12, 1));
        assertThat(day()).hasSize(10);
    }

    @Test
    @DisplayName("B62: a weekly sync that was deferred does not wait a week, and runs once")
    void weekly() {
        environment.put("LIMITS_RUNS_PER_DAY", "1");
        create("daily");
        create("weekly", "{every: week, on: monday, at: \"09:00\"}");
        run("daily");

        assertThat(atSetTime("weekly")).isInstanceOf(Deferred.class);
        assertThat(atSetTime("weekly")).as("the same due time again").isInstanceOf(Deferred.class);
        assertThat(runQueries.list(Optional.of("weekly"), 10)).hasSize(1);
        nextDay();
        moveTo(setTime());
        List<RunRequest> again = admissions.dueAgain();
        assertThat(again).extracting(RunRequest::sync).containsExactly("weekly");
        assertThat(request(again.get(0))).isInstanceOf(Admitted.class);
        assertThat(admissions.dueAgain()).isEmpty();
    }

    @Test
    @DisplayName("B62: a deferred run is dropped when its sync was switched off since or a person ran it")
    void calledOff() {
        environment.put("LIMITS_RUNS_PER_DAY", "1");
        create("busy");
        create("off");
        create("by-hand");
        run("busy");
        atSetTime("off");
        atSetTime("by-hand");
        assertThat(runQueries.deferred()).hasSize(2);

        deactivate("off");
        nextDay();
        assertThat(run("by-hand")).isInstanceOf(Admitted.class);

        moveTo(setTime());
        assertThat(admissions.dueAgain()).isEmpty();
        assertThat(runQueries.deferred()).isEmpty();
    }

    @Test
    @DisplayName("B44: 0 switches each rule off")
    void off() {
        for (String rule : List.of(
                "ACTIVE_SYNCS", "RUNS_PER_DAY", "RUNS_PER_MONTH", "FULL_SYNCS_PER_DAY", "FULL_SYNCS_PER_MONTH")) {
            environment.put("LIMITS_" + rule, "0");
        }
        startDay(today);
        for (int i = 0; i < 12; i++) {
            assertThat(create("sync-" + i)).isInstanceOf(Admitted.class);
        }
        for (int i = 0; i < 51; i++) {
            assertThat(runInFull("sync-1")).isInstanceOf(Admitted.class);
        }
    }

    @Test
    @DisplayName("B57: the day is counted in the connection's zone, also where it has 23 hours")
    void summerTime() {
        environment.put("LIMITS_RUNS_PER_DAY", "1");
        startDay(LocalDate.of(2027, 3, 27));
        create("one", "{every: day, at: \"02:30\"}");
        create("two", "{every: day, at: \"02:30\"}");
        moveTo(Instant.parse("2027-03-27T22:59:00Z"));
        assertThat(run("one")).isInstanceOf(Admitted.class);
        Instant due = Instant.parse("2027-03-27T01:30:00Z");
        assertThat(request(new RunRequest("two", Run.Cause.SCHEDULE, false, due)))
                .isInstanceOf(Deferred.class);
        assertThat(last("two").dueAgain())
                .as("02:30 is not there on the day on which summer time begins")
                .contains(Instant.parse("2027-03-28T01:30:00Z"));

        moveTo(Instant.parse("2027-03-27T23:00:00Z"));
        assertThat(run("one")).isInstanceOf(Admitted.class);
        moveTo(Instant.parse("2027-03-28T21:59:00Z"));
        assertThat(run("one")).isInstanceOf(Refused.class);
        moveTo(Instant.parse("2027-03-28T22:00:00Z"));
        assertThat(run("one")).isInstanceOf(Admitted.class);
    }
}
