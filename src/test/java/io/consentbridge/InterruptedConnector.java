package io.consentbridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.run.Outcomes;
import io.consentbridge.run.Run;
import io.consentbridge.run.RunQueries;
import io.consentbridge.run.RunState;
import io.consentbridge.sandbox.Sandbox;
import io.consentbridge.store.CountedOutcomes;
import io.consentbridge.store.Database;
import io.consentbridge.store.TestDatabase;
import io.consentbridge.sync.Counters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** The connector as it is installed, with a database of its own; each command is a process, and can be killed. */
final class InterruptedConnector {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String LEASE = "3s";
    /** The exit status of a process that {@code kill -9} ended. */
    private static final int KILLED = 128 + 9;

    private final Sandbox sandbox;
    private final Path home;
    private final boolean shared;
    private final Map<String, String> database;
    private final Map<String, String> more;
    private int started;

    /** With an empty database of that engine. */
    InterruptedConnector(Sandbox sandbox, Path home, TestDatabase engine) throws IOException {
        this(sandbox, home, engine, engine.fresh(home), Map.of());
    }

    /**
     * @param url its database
     * @param more settings of the environment, which win over the usual ones
     */
    InterruptedConnector(Sandbox sandbox, Path home, TestDatabase engine, String url, Map<String, String> more)
            throws IOException {
        this.sandbox = sandbox;
        this.home = Files.createDirectories(home);
        this.shared = engine.shared();
        this.database = new HashMap<>(engine.environment(url));
        if (shared) {
            database.put("LEASE", LEASE);
        }
        this.more = Map.copyOf(more);
    }

    /** Where it keeps its database. */
    Path home() {
        return home;
    }

    /** Runs the sync to its end, going on where a killed process left off. */
    void complete(String sync) throws Exception {
        assertEndedWell(sync, run(syncRun(sync)));
    }

    /** Runs any command to its end and returns its exit status. */
    int run(String... command) throws Exception {
        Process process = start(command);
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as("%s ends: %s", List.of(command), said())
                .isTrue();
        return process.exitValue();
    }

    /** Starts a command and lets it be. */
    Process start(String... command) throws IOException {
        return begin(List.of(command));
    }

    static String[] syncRun(String sync, String... more) {
        List<String> command = new ArrayList<>(List.of("sync", "run", sync, "--wait", "--json"));
        command.addAll(List.of(more));
        return command.toArray(String[]::new);
    }

    /**
     * Runs the sync and kills the process when it has made so many calls and so many milliseconds have passed since.
     *
     * @return whether it was killed; false when it came to its end, a good one, before
     */
    boolean killAfter(String sync, long calls, int millis) throws Exception {
        return killAfter(calls, millis, syncRun(sync));
    }

    /** {@link #killAfter(String, long, int)} for any command. */
    boolean killAfter(long calls, int millis, String... command) throws Exception {
        long before = EndState.calls(sandbox);
        Process process = start(command);
        Awaitility.await()
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> !process.isAlive() || EndState.calls(sandbox) - before >= calls);
        process.waitFor(millis, TimeUnit.MILLISECONDS);
        int status = process.destroyForcibly().waitFor();
        if (status != KILLED) {
            assertEndedWell(String.join(" ", command), status);
        } else if (shared) {
            awaitEndOfLease();
        }
        return status == KILLED;
    }

    /** Where several processes may work, nobody knows that one was killed before the lease of its run has ended. */
    void awaitEndOfLease() throws IOException {
        try (Database opened = open()) {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> opened.query(
                                    handle -> handle.createQuery("select count(*) from run where lease_until >= :now")
                                            .bind("now", Instant.now())
                                            .mapTo(Long.class)
                                            .one())
                            == 0);
        }
    }

    /** What the first run of the sync counted, and whatever else those after it did: they should have found nothing. */
    SortedMap<String, String> counted(String sync) throws IOException {
        SortedMap<String, String> counted = new TreeMap<>();
        try (Database database = open()) {
            CountedOutcomes.requireExact(database);
            List<Run> runs = new RunQueries(database, Clock.systemUTC()).list(Optional.of(sync), 1_000);
            Outcomes outcomes = new Outcomes(database);
            Run first = runs.get(runs.size() - 1);
            for (Run run : runs) {
                var counters = outcomes.counters(run.id());
                if (run.equals(first)) {
                    counted.put("first run of " + sync, told(counters));
                } else if (counters.total() > 0) {
                    counted.put("later run " + run.id() + " of " + sync, told(counters));
                }
                if (run.state() != RunState.COMPLETED) {
                    counted.put("end of run " + run.id() + " of " + sync, run.toString());
                }
            }
        }
        return counted;
    }

    // After a kill it is open whether a subscription arrived, and a person who must not stay is taken off to be sure.
    private static String told(Counters counters) {
        return counters.toString().replaceAll("left=\\d+, ", "");
    }

    /** Its database, while no process of it holds that. */
    Database open() throws IOException {
        Map<String, String> settings = environment();
        return Database.open(
                settings.get("DATABASE_URL"), settings.get("DATABASE_USER"), settings.get("DATABASE_PASSWORD"));
    }

    private void assertEndedWell(String sync, int status) throws IOException {
        assertThat(status).as("exit status of %s: %s", sync, said()).isZero();
    }

    private Process begin(List<String> arguments) throws IOException {
        started++;
        List<String> command = new ArrayList<>(ProductJvm.with("-Xmx256m"));
        command.addAll(arguments);
        if (!arguments.contains("--config")) {
            command.addAll(List.of(
                    "--config", Path.of("samples/config").toAbsolutePath().toString()));
        }
        command.addAll(List.of("--routes", Path.of("routes").toAbsolutePath().toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectOutput(home.resolve(started + ".out").toFile())
                .redirectError(home.resolve(started + ".err").toFile());
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().putAll(environment());
        return builder.start();
    }

    /** What the latest process said. */
    String said() throws IOException {
        List<String> said = new ArrayList<>();
        for (String kind : List.of(".err", ".out")) {
            said.add(Files.readString(home.resolve(started + kind)));
        }
        return String.join("\n", said);
    }

    private Map<String, String> environment() throws IOException {
        Map<String, String> environment = new TreeMap<>();
        environment.put("PUBLIC_PORT", "0");
        for (String api : List.of("ACCOUNTS", "CRM", "CAMPAIGNS")) {
            environment.put("ZOHO_MAIN_" + api + "_URL", sandbox.baseUrl());
        }
        environment.put("ZOHO_MAIN_CLIENT_ID", Sandbox.CLIENT_ID);
        environment.put("ZOHO_MAIN_CLIENT_SECRET", Sandbox.CLIENT_SECRET);
        environment.put("ZOHO_MAIN_REFRESH_TOKEN", Sandbox.REFRESH_TOKEN);
        environment.putAll(database);
        environment.put("LIMITS_RUNS_PER_DAY", "0");
        environment.put("LIMITS_RUNS_PER_MONTH", "0");
        // Small batches are settled often, so that kills meet every moment of that too.
        environment.put("DELIVERY_BATCH", "20");
        try (Stream<String> lines = Files.lines(Path.of("config", "application.properties"))) {
            lines.filter(line -> line.startsWith("quota."))
                    .map(line -> line.substring(0, line.indexOf('=')).strip())
                    .forEach(setting ->
                            environment.put(setting.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"), "none"));
        }
        environment.putAll(more);
        return environment;
    }
}
