package io.consentbridge.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.audience.ListLocks;
import io.consentbridge.config.Configuration;
import io.consentbridge.cursor.Cursors;
import io.consentbridge.cursor.MappedFields;
import io.consentbridge.decision.Plans;
import io.consentbridge.outbox.SettlingRuns;
import io.consentbridge.polling.RemovalBrake;
import io.consentbridge.run.ActiveRun;
import io.consentbridge.run.HandedOut;
import io.consentbridge.run.Run;
import io.consentbridge.run.RunClosing;
import io.consentbridge.run.RunListener;
import io.consentbridge.run.RunQueries;
import io.consentbridge.run.RunRequest;
import io.consentbridge.run.RunState;
import io.consentbridge.run.Runs;
import io.consentbridge.run.UnknownWords;
import io.consentbridge.run.UnusableRecords;
import io.consentbridge.store.Database;
import io.consentbridge.store.MovedClock;
import io.consentbridge.store.TestDatabase;
import io.consentbridge.sync.Admission;
import io.consentbridge.sync.Admission.Admitted;
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
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Syncs of one connection, day after day, with real files and a real database; the days are those of Berlin. */
abstract class LimitedRunsFixture {

    static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    static final LocalTime SET_TIME = LocalTime.of(9, 0);

    private final TestDatabase engine;
    final MovedClock clock = new MovedClock();
    final Map<String, String> environment = new HashMap<>();
    Database database;
    Runs runs;
    RunQueries runQueries;
    SyncActivation states;
    RunAdmission admissions;
    RunFlow flow;
    Configuration configuration;
    LocalDate today;

    @TempDir
    Path folder;

    LimitedRunsFixture(TestDatabase engine) {
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
        admissions = new RunAdmission(
                () -> configuration,
                runs,
                runQueries,
                cursors,
                states,
                parts,
                entry,
                new ListLocks(database, clock),
                clock,
                "node-1");
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
                new RunCompletion(
                        runQueries,
                        runs,
                        new RunClosing(database, clock),
                        calls,
                        RunListener.NONE,
                        new SettlingRuns(),
                        clock),
                entry,
                calls,
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
    void startDay(LocalDate day) {
        today = day;
        moveTo(day.atTime(1, 0).atZone(BERLIN).toInstant());
        configuration = (Configuration) Configuration.load(folder, environment);
    }

    void moveTo(Instant instant) {
        clock.pass(Duration.between(clock.instant(), instant));
    }

    void nextDay() {
        startDay(today.plusDays(1));
    }

    Instant setTime() {
        return today.atTime(SET_TIME).atZone(BERLIN).toInstant();
    }

    /** A daily sync, made and switched on; the admission says whether it could be. */
    Admission create(String name) {
        return create(name, "{every: day, at: \"09:00\"}");
    }

    Admission create(String name, String schedule) {
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

    void createTen() {
        for (int i = 0; i < 10; i++) {
            assertThat(create("daily-" + i)).isInstanceOf(Admitted.class);
        }
    }

    void deactivate(String name) {
        states.deactivate(
                ConnectionSyncs.beside(configuration, configuration.syncs().get(name)), name, "by command");
    }

    /** Ends at once whatever was let through. */
    Admission request(RunRequest request) {
        clock.pass(Duration.ofSeconds(1));
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setBody(request);
        Admission admission = admissions.admit(exchange);
        Optional.ofNullable(exchange.getVariable("run", ActiveRun.class)).ifPresent(run -> {
            // Nothing is there to read.
            EnumSet.allOf(HandedOut.Stage.class).forEach(run.handed()::did);
            flow.endReading(run);
        });
        return admission;
    }

    Admission run(String name) {
        return request(new RunRequest(name, Run.Cause.COMMAND, false, clock.instant()));
    }

    Admission runInFull(String name) {
        return request(new RunRequest(name, Run.Cause.COMMAND, true, clock.instant()));
    }

    Admission atSetTime(String name) {
        return request(new RunRequest(name, Run.Cause.SCHEDULE, false, setTime()));
    }

    /** What the schedules of all active syncs, and the runs that were put off, come to at the set time. */
    List<String> day() {
        moveTo(setTime());
        List<String> completed = new ArrayList<>();
        List<RunRequest> requests = new ArrayList<>(admissions.dueAgain());
        configuration
                .syncs()
                .keySet()
                .forEach(name -> requests.add(new RunRequest(name, Run.Cause.SCHEDULE, false, setTime())));
        for (RunRequest request : requests) {
            if (request(request) instanceof Admitted && last(request.sync()).state() == RunState.COMPLETED) {
                completed.add(request.sync());
            }
        }
        return completed.stream().distinct().toList();
    }

    Run last(String sync) {
        return runQueries.list(Optional.of(sync), 1).get(0);
    }

    Usage usage(String sync) {
        return admissions.usage(
                configuration,
                configuration.settings().connections().get("main"),
                configuration.syncs().get(sync));
    }
}
