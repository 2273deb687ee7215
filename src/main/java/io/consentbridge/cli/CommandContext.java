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
 * Where every command works: the common options, the installation they point to, and the way in which results are told.
 *
 * @param changes whether the command may change something
 */
record CommandContext(Root options, CliEnvironment surroundings, boolean changes) {

    /** Where commands look and change nothing. */
    CommandContext(Root options, CliEnvironment surroundings) {
        this(options, surroundings, false);
    }

    /** The same for a command that changes something. Only such a command makes a database where none is. */
    CommandContext toChange() {
        return new CommandContext(options, surroundings, true);
    }

    private static final Logger LOG = LoggerFactory.getLogger(CommandContext.class);

    /** What is said when a signal was heard. */
    static final String STOPS =
            "Stopping: calls in flight are finished. Ctrl-C again, or another SIGTERM, ends" + " at once";

    /** A way to the installation, by its runtime or by ourselves. */
    interface Reach extends AutoCloseable {

        Operations operations();

        /** Whether a runtime is up that goes on without us. */
        boolean remote();

        /** Whether nobody made the database yet, so that an empty one stands in for it. */
        default boolean withoutDatabase() {
            return false;
        }

        RunView awaitRun(String run, Consumer<RunProgress> progress) throws InterruptedException;

        @Override
        void close();
    }

    /** The runtime when one answers, else this process, which reads and writes files and database and starts no route. */
    Reach reach() {
        return reach(Extent.RECORDS);
    }

    /** The same for a command that asks Zoho for something, so that this process starts the routes that it calls. */
    Reach reachZoho() {
        return reach(Extent.ROUTES);
    }

    private Reach reach(Extent extent) {
        return runtime().<Reach>map(ThroughApi::new).orElseGet(() -> new ByItself(openOwn(extent)));
    }

    /** The runtime that is up; empty when none is. */
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

    /** Says that a database will be made, if that is so. */
    void remarkNewDatabase() {
        installation().missingDatabase().ifPresent(this::remarkNew);
    }

    private void remarkNew(String made) {
        remark("creating a new database: " + made);
    }

    private void remark(String remark) {
        if (installation().jsonLog()) {
            // Who reads standard error as JSON reads it all so. Below a warning a command logs nothing.
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

    /** Tells a result on standard output: the document for programs, or the text for people. */
    void tell(CommandSpec spec, Object document, Consumer<PrintWriter> text) {
        PrintWriter out = spec.commandLine().getOut();
        if (options.json) {
            out.println(json(document));
        } else {
            text.accept(out);
        }
        out.flush();
    }

    /** Tells what to do next where the configuration has no sync yet. */
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

    /** Tells what is no result on standard error, where no program reads. */
    void remark(CommandSpec spec, String remark) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(remark);
        err.flush();
    }

    /** Says that a signal was heard, and what a further one does. */
    void remarkStopping(CommandSpec spec) {
        remark(spec, "consentbridge: " + STOPS);
    }

    /** How times and figures are shown. */
    Words words() {
        return words(true);
    }

    /** @param runtime whether a runtime is up, by which syncs run */
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
