package io.consentbridge.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.config.Configuration;
import io.consentbridge.cursor.Cursors;
import io.consentbridge.cursor.MappedFields;
import io.consentbridge.decision.Plans;
import io.consentbridge.outbox.SettlingRuns;
import io.consentbridge.polling.RemovalBrake;
import io.consentbridge.run.ActiveRun;
import io.consentbridge.run.Carried;
import io.consentbridge.run.NewRun;
import io.consentbridge.run.ReadingStopped;
import io.consentbridge.run.Run;
import io.consentbridge.run.RunClosing;
import io.consentbridge.run.RunListener;
import io.consentbridge.run.RunQueries;
import io.consentbridge.run.Runs;
import io.consentbridge.run.UnknownWords;
import io.consentbridge.run.UnusableRecords;
import io.consentbridge.store.Database;
import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.MovedClock;
import io.consentbridge.store.TestDatabase;
import io.consentbridge.zoho.CallCounter;
import io.consentbridge.zoho.CallListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who goes on with a run whose lease ended. */
@EveryEngine
class RunTakeoverIT {

    private final TestDatabase engine;
    private final MovedClock clock = new MovedClock();
    private Database database;
    private Configuration configuration;
    private Runs runs;
    private RunQueries queries;
    private FanOutParts parts;

    @TempDir
    private Path folder;

    RunTakeoverIT(TestDatabase engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() throws IOException {
        database = engine.open();
        runs = new Runs(database, clock);
        queries = new RunQueries(database, clock);
        parts = new FanOutParts(database, clock);
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
        Files.writeString(folder.resolve("syncs/news.yaml"), """
                name: news
                connection: main
                module: Contacts
                purpose: letter
                """);
        configuration = (Configuration) Configuration.load(folder, Map.of());
    }

    @AfterEach
    void close() {
        database.close();
    }

    private RunFlow flow(String node) {
        Cursors cursors = new Cursors(database);
        MappedFields mapped = new MappedFields(database);
        CallCounter calls = new CallCounter(CallListener.NONE);
        return new RunFlow(
                () -> configuration,
                runs,
                queries,
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
                        queries,
                        runs,
                        new RunClosing(database, clock),
                        calls,
                        RunListener.NONE,
                        new SettlingRuns(),
                        clock),
                new RunStarter(() -> configuration, parts, runs, queries, cursors, mapped),
                calls,
                node,
                RunListener.NONE);
    }

    private Exchange exchange() {
        return new DefaultExchange(new DefaultCamelContext());
    }

    /** A run that a crashed process began and that this one took over. */
    private ActiveRun takenOver(RunFlow flow) {
        runs.begin(new NewRun("news", "main", Run.Cause.COMMAND, false, Instant.EPOCH, "crashed"), lease());
        standStill();
        return flow.takeOver(List.of()).orElseThrow();
    }

    private Duration lease() {
        return configuration.settings().lease();
    }

    private void standStill() {
        clock.pass(lease().plusSeconds(1));
    }

    @Test
    @DisplayName("A process that was paused beyond its lease continues its own run, and does not take it over")
    void ownRun() {
        RunFlow flow = flow("node-1");
        Carried carried = Carried.place(exchange(), takenOver(flow));
        standStill();

        assertThat(flow.takeOver(List.of(carried))).isEmpty();

        flow.keepLeases(List.of(carried));
        assertThat(flow("node-2").takeOver(List.of()))
                .as("the lease holds again")
                .isEmpty();
    }

    @Test
    @DisplayName("A part run belongs to the process that carries its parent run out")
    void ownPart() {
        RunFlow flow = flow("node-1");
        ActiveRun parent = takenOver(flow);
        Run whole = queries.show(parent.id()).orElseThrow();
        String part = runs.begin(
                        new NewRun(
                                "news/1",
                                "main",
                                Run.Cause.COMMAND,
                                false,
                                false,
                                whole.dueAt(),
                                "node-1",
                                Optional.empty(),
                                Optional.of(whole.id())),
                        lease())
                .orElseThrow();
        Carried carried = Carried.place(exchange(), parent);
        standStill();

        assertThat(flow.takeOver(List.of(carried))).isEmpty();

        flow.keepLeases(List.of(carried));
        assertThat(queries.show(part).orElseThrow().leaseUntil().orElseThrow()).isAfter(clock.instant());
    }

    @Test
    @DisplayName("Another process takes over the run of a paused process, which then leaves it alone")
    void ofAnother() {
        RunFlow first = flow("node-1");
        ActiveRun run = takenOver(first);
        Carried carried = Carried.place(exchange(), run);
        standStill();

        assertThat(flow("node-2").takeOver(List.of())).map(ActiveRun::id).contains(run.id());

        first.keepLeases(List.of(carried));
        assertThat(queries.show(run.id()).orElseThrow().node()).isEqualTo("node-2");
        standStill();
        assertThat(first.takeOver(List.of(carried)))
                .as("its thread is not over")
                .isEmpty();
        assertThat(first.takeOver(List.of())).map(ActiveRun::id).contains(run.id());
    }

    @Test
    @DisplayName("A run that was given back is taken over at once, even while its thread still ends")
    void givenBack() {
        RunFlow flow = flow("node-1");
        Exchange exchange = exchange();
        ActiveRun run = takenOver(flow);
        Carried carried = Carried.place(exchange, run);
        flow.fail(exchange, new ReadingStopped());

        flow.keepLeases(List.of(carried));

        assertThat(flow.takeOver(List.of(carried))).map(ActiveRun::id).contains(run.id());
    }
}
