package io.consentbridge.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.config.Configuration;
import io.consentbridge.cursor.Cursors;
import io.consentbridge.cursor.MappedFields;
import io.consentbridge.decision.Plans;
import io.consentbridge.polling.RemovalBrake;
import io.consentbridge.run.ActiveRun;
import io.consentbridge.run.HandedOut;
import io.consentbridge.run.Run;
import io.consentbridge.run.RunClosing;
import io.consentbridge.run.RunListener;
import io.consentbridge.run.RunOrder;
import io.consentbridge.run.RunQueries;
import io.consentbridge.run.RunState;
import io.consentbridge.run.Runs;
import io.consentbridge.run.UnknownWords;
import io.consentbridge.run.UnusableRecords;
import io.consentbridge.store.Database;
import io.consentbridge.store.MovedClock;
import io.consentbridge.store.TestDatabase;
import io.consentbridge.sync.Admission;
import io.consentbridge.sync.Admission.Admitted;
import io.consentbridge.sync.Admission.Deferred;
import io.consentbridge.sync.Admission.Refused;
import io.consentbridge.sync.Usage;
import io.consentbridge.zoho.CallCounter;
import io.consentbridge.zoho.CallListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The limits, day after day, with real files and a real database; the days are those of Berlin. */
abstract class RunLimitsContract {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final LocalTime SET_TIME = LocalTime.of(9, 0);
    private static final String RULE_3 = ": 10 of 10 syncs of this connection are active (limits.active-syncs, rule 3),"
            + " although %d of 50 runs of this month are left; deactivate one first, then activate this one";

    private final TestDatabase engine;
    private final MovedClock clock = new MovedClock();
    private final Map<String, String> environment = new HashMap<>();
    private Database database;
    private Runs runs;
    private RunQueries runQueries;
    private SyncActivation states;
    private RunAdmission admissions;
    private RunFlow flow;
    private Configuration configuration;
    private LocalDate today;

    @TempDir
    private Path folder;

    RunLimitsContract(TestDatabase engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() throws IOException {
        database = engine.open();
        runs = new Runs(database, clock);
        runQueries = new RunQueries(database, clock);
        states = new SyncActivation(database, clock);
        FanOutParts parts = new FanOutParts(database, clock);
        Cursors cursors = new Cursors(database);
        MappedFields mapped = new MappedFields(database);
        RunStarter entry = new RunStarter(() -> configuration, parts, runs, runQueries, cursors, mapped);
        admissions =
                new RunAdmission(() -> configuration, runs, runQueries, cursors, states, parts, entry, clock, "node-1");
        CallCounter calls = new CallCounter(CallListener.NONE);
        flow = new RunFlow(
                () -> configuration,
                runs,
                runQueries,
                new ReadingEnd(
                        runs,
                        new Plans(database, clock),
                        mapped,
                        cursors,
                        new UnusableRecords(database),
                        new UnknownWords(database),
                        new RemovalBrake(
                                database, clock, () -> configuration.settings().brake())),
                new RunCompletion(runQueries, runs, new RunClosing(database, clock), calls, RunListener.NONE, clock),
                entry,
                calls,
                clock,
                "node-1",
                RunListener.NONE);
        Files.createDirectories(folder.resolve("purposes"));
        Files.createDirectories(folder.resolve("syncs"));
        Files.writeString(folder.resolve("application.properties"), """
                zoho.connections = main
                zoho.main.data-centre = eu
                zoho.main.client-id = id
                zoho.main.client-secret = secret
                zoho.main.refresh-token = token
                zoho.main.time-zone = Europe/Berlin
                """);
        Files.writeString(folder.resolve("purposes/letter.yaml"), """
                name: letter
                statement: A letter to customers
                lawfulBasis: contract
                list: Letter
                """);
        startDay(LocalDate.of(2026, 11, 2));
    }

    @AfterEach
    void close() {
        database.close();
    }

    /** It is one in the morning of that day. */
    private void startDay(LocalDate day) {
        today = day;
        moveTo(day.atTime(1, 0).atZone(BERLIN).toInstant());
        configuration = (Configuration) Configuration.load(folder, environment);
    }

    private void moveTo(Instant instant) {
        clock.pass(Duration.between(clock.instant(), instant));
    }

    private void nextDay() {
        startDay(today.plusDays(1));
    }

    private Instant setTime() {
        return today.atTime(SET_TIME).atZone(BERLIN).toInstant();
    }

    /** A daily sync, made and switched on; the admission says whether it could be. */
    private Admission create(String name) {
        return create(name, "{every: day, at: \"09:00\"}");
    }

    private Admission create(String name, String schedule) {
        try {
            Files.writeString(folder.resolve("syncs/" + name + ".yaml"), """
                    name: %s
                    connection: main
                    module: Leads
                    purpose: letter
                    schedule: %s
                    state: inactive
                    """.formatted(name, schedule));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        configuration = (Configuration) Configuration.load(folder, environment);
        return admissions.activate(configuration.syncs().get(name), "by command");
    }

    private void createTen() {
        for (int i = 0; i < 10; i++) {
            assertThat(create("daily-" + i)).isInstanceOf(Admitted.class);
        }
    }

    private void deactivate(String name) {
        states.deactivate(
                ConnectionSyncs.beside(configuration, configuration.syncs().get(name)), name, "by command");
    }

    /** Ends at once whatever was let through. */
    private Admission order(RunOrder order) {
        clock.pass(Duration.ofSeconds(1));
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setBody(order);
        Admission admission = admissions.admit(exchange);
        Optional.ofNullable(exchange.getVariable("run", ActiveRun.class)).ifPresent(run -> {
            // Nothing is there to read.
            EnumSet.allOf(HandedOut.Stage.class).forEach(run.handed()::did);
            flow.endReading(run);
        });
        return admission;
    }

    private Admission run(String name) {
        return order(new RunOrder(name, Run.Cause.COMMAND, false, clock.instant()));
    }

    private Admission runInFull(String name) {
        return order(new RunOrder(name, Run.Cause.COMMAND, true, clock.instant()));
    }

    private Admission atSetTime(String name) {
        return order(new RunOrder(name, Run.Cause.SCHEDULE, false, setTime()));
    }

    /** What the schedules of all active syncs, and the runs that were put off, come to at the set time. */
    private List<String> day() {
        moveTo(setTime());
        List<String> completed = new ArrayList<>();
        List<RunOrder> orders = new ArrayList<>(admissions.dueAgain());
        configuration
                .syncs()
                .keySet()
                .forEach(name -> orders.add(new RunOrder(name, Run.Cause.SCHEDULE, false, setTime())));
        for (RunOrder order : orders) {
            if (order(order) instanceof Admitted && last(order.sync()).state() == RunState.COMPLETED) {
                completed.add(order.sync());
            }
        }
        return completed.stream().distinct().toList();
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

    private Run last(String sync) {
        return runQueries.list(Optional.of(sync), 1).get(0);
    }

    private Usage usage(String sync) {
        return admissions.usage(
                configuration,
                configuration.settings().connections().get("main"),
                configuration.syncs().get(sync));
    }

    @Test
    @DisplayName("B57: of syncs that begin at the same instant no more run than the day has room for")
    void atOnce() throws Exception {
        environment.put("LIMITS_RUNS_PER_DAY", "4");
        startDay(today);
        createTen();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Admission>> answers = threads.invokeAll(configuration.syncs().keySet().stream()
                    .<Callable<Admission>>map(
                            name -> () -> admit(new RunOrder(name, Run.Cause.SCHEDULE, false, setTime())))
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

    private Admission admit(RunOrder order) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setBody(order);
        return admissions.admit(exchange);
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
    @DisplayName("B60: with ten daily syncs of day 1 an eleventh is refused on day 2, and made once one is deactivated")
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
    @DisplayName("B61: on a day whose ten runs are used a sync that takes a free place is made, but does not run")
    void scenarioThree() {
        createTen();
        day();
        nextDay();
        assertThat(day()).hasSize(10);
        deactivate("daily-0");

        assertThat(create("fresh", "{every: day, at: \"11:00\"}")).isInstanceOf(Admitted.class);
        assertThat(run("fresh"))
                .isEqualTo(new Refused("fresh: 10 of 10 runs of this connection's day are used (limits.runs-per-day,"
                        + " rule 2); run it tomorrow, or raise the limit"));
        assertThat(last("fresh").state()).isEqualTo(RunState.REFUSED);
        assertThat(usage("fresh").runsToday()).isEqualTo(10);
    }

    @Test
    @DisplayName("B62: the new sync is deferred, not failed, and runs by itself the next day at its set time")
    void scenarioThreeContinued() {
        createTen();
        day();
        nextDay();
        day();
        deactivate("daily-0");
        create("fresh");

        assertThat(atSetTime("fresh")).isInstanceOf(Deferred.class);
        assertThat(last("fresh").state()).isEqualTo(RunState.DEFERRED);
        assertThat(last("fresh").message().orElseThrow()).endsWith("it runs by itself tomorrow at its time");
        nextDay();
        Instant due = setTime();
        assertThat(last("fresh").dueAgain()).contains(due);
        moveTo(due.minusSeconds(1));
        assertThat(admissions.dueAgain()).isEmpty();
        moveTo(due);
        assertThat(admissions.dueAgain()).containsExactly(new RunOrder("fresh", Run.Cause.SCHEDULE, false, due));
        assertThat(day()).hasSize(10).contains("fresh");
        assertThat(last("fresh").state()).isEqualTo(RunState.COMPLETED);
        assertThat(admissions.dueAgain()).isEmpty();
        assertThat(runQueries.deferred()).isEmpty();
    }

    @Test
    @DisplayName(
            "B63: with the active limit reached, making or initiating another names rule 3, the month's room and the way out")
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
                .contains("50 of 50 runs of this connection's month are used (limits.runs-per-month, rule 1)")
                .endsWith("it runs by itself on the first of next month at its time");
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
        List<RunOrder> again = admissions.dueAgain();
        assertThat(again).extracting(RunOrder::sync).containsExactly("weekly");
        assertThat(order(again.get(0))).isInstanceOf(Admitted.class);
        assertThat(admissions.dueAgain()).isEmpty();
    }

    @Test
    @DisplayName(
            "B62: a run that was put off is not made up for by a sync that was switched off since, or that a person ran")
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
    @DisplayName(
            "B67: a sync is synced in full five times a day and fifteen times a month; changes and other syncs go on")
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
                    .isEqualTo(new Refused("one: 5 of 5 full runs of this sync's day are used"
                            + " (limits.full-syncs-per-day); run it without --full, or in full tomorrow"));
            nextDay();
        }
        assertThat(runInFull("one"))
                .isEqualTo(new Refused("one: 15 of 15 full runs of this sync's month are used"
                        + " (limits.full-syncs-per-month); run it without --full, or in full next month"));
        assertThat(run("one")).isInstanceOf(Admitted.class);
        assertThat(runInFull("other")).isInstanceOf(Admitted.class);
        startDay(LocalDate.of(2026, 12, 1));
        assertThat(runInFull("one")).isInstanceOf(Admitted.class);
    }

    @Test
    @DisplayName("B120: a full run that a limit refused has brought a newly mapped field to nobody")
    void refusedFullRun() {
        environment.put("LIMITS_FULL_SYNCS_PER_DAY", "1");
        startDay(today);
        create("one");
        database.change(handle -> handle.execute("""
                insert into source_record (sync, record_id, modified_at, settled, decision)
                values ('one', '1', timestamp with time zone '2026-01-01 00:00:00+00', true, 'deliver')"""));
        assertThat(runInFull("one")).isInstanceOf(Admitted.class);

        create("one", "{every: day, at: \"09:00\"}\nmapping: {Company Name: Company}");
        assertThat(runInFull("one")).isInstanceOf(Refused.class);

        assertThat(new MappedFields(database)
                        .waiting("one", configuration.syncs().get("one").mapping()))
                .containsExactly("Company Name");
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
    @DisplayName("B57: the day is that of the connection's zone, also where it has 23 hours")
    void summerTime() {
        environment.put("LIMITS_RUNS_PER_DAY", "1");
        startDay(LocalDate.of(2027, 3, 27));
        create("one", "{every: day, at: \"02:30\"}");
        create("two", "{every: day, at: \"02:30\"}");
        moveTo(Instant.parse("2027-03-27T22:59:00Z"));
        assertThat(run("one")).isInstanceOf(Admitted.class);
        Instant due = Instant.parse("2027-03-27T01:30:00Z");
        assertThat(order(new RunOrder("two", Run.Cause.SCHEDULE, false, due))).isInstanceOf(Deferred.class);
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
