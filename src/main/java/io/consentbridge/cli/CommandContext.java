package io.consentbridge.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.consentbridge.api.Json;
import io.consentbridge.api.Operations;
import io.consentbridge.api.RemoteOperations;
import io.consentbridge.api.RunProgress;
import io.consentbridge.api.RunView;
import io.consentbridge.runtime.Extent;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The context of every command: the common options, the installation to which they point, and the way in which results are
 * written.
 *
 * @param changes whether the command may change something
 */
record CommandContext(Root options, CliEnvironment surroundings, boolean changes) {

    /** Creates the context of commands that only read. */
    CommandContext(Root options, CliEnvironment surroundings) {
        this(options, surroundings, false);
    }

    /**
     * Returns the same context for a command that changes something. Only such a command creates a database where there is
     * none.
     */
    CommandContext toChange() {
        return new CommandContext(options, surroundings, true);
    }

    private static final Logger LOG = LoggerFactory.getLogger(CommandContext.class);

    /** The message after a signal was received. */
    static final String STOPS =
            "Stopping: calls in flight are finished. Ctrl-C again, or another SIGTERM, ends" + " at once";

    /** Access to the installation, through its runtime or within this process. */
    interface Reach extends AutoCloseable {

        Operations operations();

        /** Returns whether a runtime is up that continues after this command. */
        boolean remote();

        /** Returns whether no database exists yet, so that an empty one replaces it. */
        default boolean withoutDatabase() {
            return false;
        }

        RunView awaitRun(String run, Consumer<RunProgress> progress) throws InterruptedException;

        @Override
        void close();
    }

    /**
     * Returns the runtime when one answers, otherwise this process, which reads and writes files and database and starts no
     * route.
     */
    Reach reach() {
        return reach(Extent.RECORDS);
    }

    /** Returns the same for a command that calls Zoho, so that this process starts the routes that it calls. */
    Reach reachZoho() {
        return reach(Extent.ROUTES);
    }

    private Reach reach(Extent extent) {
        return runtime().<Reach>map(ThroughApi::new).orElseGet(() -> new ByItself(openOwn(extent)));
    }

    /** Returns the runtime that is up; empty when none is. */
    Optional<Operations> runtime() {
        return RemoteOperations.find(installation().dataFolder()).map(Operations.class::cast);
    }

    private LocalRuntime.Session openOwn(Extent extent) {
        Optional<String> missing = installation().missingDatabase();
        if (changes) {
            missing.ifPresent(this::remarkNew);
            return open(surroundings.env(), extent);
        }
        if (missing.isEmpty()) {
            return surroundings.runtime().look(options.config, options.routeFolders(), surroundings.env(), extent);
        }
        remark("there is no database yet. start, sync run and other commands that change something create it: "
                + missing.get());
        return WithoutDatabase.open(surroundings.env(), env -> open(env, extent));
    }

    /** Says that a database will be created, if that is the case. */
    void remarkNewDatabase() {
        installation().missingDatabase().ifPresent(this::remarkNew);
    }

    private void remarkNew(String made) {
        remark("creating a new database: " + made);
    }

    private void remark(String remark) {
        if (installation().jsonLog()) {
            // A program that reads standard error as JSON can read all of it. A command logs nothing below a warning.
            LOG.warn("{}", remark);
        } else {
            remark(options.spec, "consentbridge: " + remark);
        }
    }

    Installation installation() {
        return Installation.read(options.config, surroundings.env());
    }

    LocalRuntime.Session open(Map<String, String> env, Extent extent) {
        return surroundings.runtime().open(options.config, options.routeFolders(), env, extent);
    }

    /** Writes a result to standard output: the document for programs, or the text for people. */
    void tell(CommandSpec spec, Object document, Consumer<PrintWriter> text) {
        PrintWriter out = spec.commandLine().getOut();
        if (options.json) {
            out.println(json(document));
        } else {
            text.accept(out);
        }
        out.flush();
    }

    /** Writes what to do next when the configuration has no sync yet. */
    void tellFirstSteps(CommandSpec spec) {
        FirstSteps.of(options.config).ifPresent(steps -> {
            if (options.json) {
                remark(spec, steps);
            } else {
                spec.commandLine().getOut().println("\n" + steps);
                spec.commandLine().getOut().flush();
            }
        });
    }

    /** Writes a remark, which is not a result, to standard error, which no program reads. */
    void remark(CommandSpec spec, String remark) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(remark);
        err.flush();
    }

    /** Says that a signal was received, and what a further one does. */
    void remarkStopping(CommandSpec spec) {
        remark(spec, "consentbridge: " + STOPS);
    }

    /** Returns how times and figures are shown. */
    Words words() {
        return words(true);
    }

    /** @param runtime whether a runtime is up, so that syncs run by schedule */
    Words words(boolean runtime) {
        return new Words(installation().zones(), runtime);
    }

    static String json(Object document) {
        try {
            return Json.MAPPER.writeValueAsString(document);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private record ThroughApi(Operations operations) implements Reach {
        @Override
        public boolean remote() {
            return true;
        }

        @Override
        public RunView awaitRun(String run, Consumer<RunProgress> progress) throws InterruptedException {
            return RunWatch.await(operations, run, progress);
        }

        @Override
        public void close() {}
    }

    private record ByItself(LocalRuntime.Session session) implements Reach {
        @Override
        public Operations operations() {
            return session.operations();
        }

        @Override
        public boolean remote() {
            return false;
        }

        @Override
        public boolean withoutDatabase() {
            return session instanceof WithoutDatabase;
        }

        @Override
        public RunView awaitRun(String run, Consumer<RunProgress> progress) throws InterruptedException {
            return session.awaitRun(run, progress);
        }

        @Override
        public void close() {
            session.close();
        }
    }
}
