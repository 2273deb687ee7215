package io.consentbridge.cli;

import io.consentbridge.api.OperationFailure;
import io.consentbridge.api.Operations;
import io.consentbridge.api.Problem;
import io.consentbridge.api.RunProgress;
import io.consentbridge.api.RunStarted;
import io.consentbridge.api.RunView;
import io.consentbridge.api.SyncDeleted;
import io.consentbridge.api.SyncSource;
import io.consentbridge.api.SyncView;
import io.consentbridge.config.ByteOrderMark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The commands for syncs. */
@Command(name = "sync", description = "list, show, preview, run, create, edit, delete, activate and deactivate syncs")
final class SyncCommands {

    private final CommandContext desk;

    @Spec
    private CommandSpec spec;

    SyncCommands(CommandContext desk) {
        this.desk = desk;
    }

    @Command(description = "every sync with its state, schedule, next and last run")
    int list() {
        try (CommandContext.Reach reach = desk.reach()) {
            List<SyncView> syncs = reach.operations().syncs();
            desk.tell(spec, Map.of("syncs", syncs), out -> new SyncText(desk.words(reach.remote())).list(syncs, out));
        }
        desk.tellFirstSteps(spec);
        return ExitStatus.DONE;
    }

    @Command(description = "one sync with all its settings")
    int show(@Parameters(paramLabel = "NAME") String name) {
        return showAfter(desk, operations -> operations.sync(name));
    }

    @Command(description = "let a sync run on its schedule")
    int activate(
            @Parameters(paramLabel = "NAME", arity = "0..1") String name,
            @Option(names = "--all", description = "every sync that is not active") boolean all) {
        if (all == (name != null)) {
            throw new ParameterException(spec.subcommands().get("activate"), "give the name of a sync, or --all");
        }
        return all ? activateAll() : changed(operations -> operations.activate(name));
    }

    /** Activates all syncs, and reports those that a limit refuses besides those that became active. */
    private int activateAll() {
        List<SyncView> activated = new ArrayList<>();
        Map<String, String> refused = new LinkedHashMap<>();
        try (CommandContext.Reach reach = desk.toChange().reach()) {
            Operations operations = reach.operations();
            for (SyncView sync : operations.syncs()) {
                if (!sync.state().equals("active")) {
                    try {
                        activated.add(operations.activate(sync.name()));
                    } catch (OperationFailure.Refused limit) {
                        refused.put(sync.name(), limit.getMessage());
                    }
                }
            }
        }
        desk.tell(spec, Map.of("syncs", activated, "refused", refused), out -> {
            if (!activated.isEmpty()) {
                out.println("Active now: "
                        + String.join(
                                ", ", activated.stream().map(SyncView::name).toList()));
            } else if (refused.isEmpty()) {
                out.println("Every sync is already active.");
            }
            refused.forEach((sync, why) -> out.println(why.startsWith(sync + ": ") ? why : sync + ": " + why));
        });
        return refused.isEmpty() ? ExitStatus.DONE : ExitStatus.USAGE_OR_CONFIGURATION;
    }

    @Command(description = "stop a sync from running on its schedule")
    int deactivate(@Parameters(paramLabel = "NAME") String name) {
        return changed(operations -> operations.deactivate(name));
    }

    @Command(description = "create a sync from a file: check it and load it")
    int create(
            @Parameters(paramLabel = "NAME") String name,
            @Option(
                            names = "--from",
                            paramLabel = "FILE",
                            required = true,
                            description = "the definition, as in config/syncs")
                    Path from) {
        SyncSource text = source(from);
        return changed(operations -> operations.createSync(name, text));
    }

    @Command(description = "replace the definition of a sync, effective with its next run")
    int edit(
            @Parameters(paramLabel = "NAME") String name,
            @Option(
                            names = "--from",
                            paramLabel = "FILE",
                            required = true,
                            description = "the definition, as in config/syncs")
                    Path from) {
        SyncSource text = source(from);
        return changed(operations -> operations.editSync(name, text));
    }

    @Command(description = "delete a sync and its file; its history stays")
    int delete(
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--yes", description = "do not ask for confirmation") boolean yes) {
        if (!yes && !confirmed(name)) {
            desk.remark(spec, name + ": not deleted; nothing was changed");
            return ExitStatus.USAGE_OR_CONFIGURATION;
        }
        try (CommandContext.Reach reach = desk.toChange().reach()) {
            SyncDeleted gone = reach.operations().deleteSync(name);
            desk.tell(
                    spec,
                    gone,
                    out -> out.println(name + ": deleted; " + Words.count(gone.withdrawn(), "subscription")
                            + " withdrawn, " + Words.count(gone.leaving(), "unsubscription")
                            + " pending; its history stays"));
        }
        return ExitStatus.DONE;
    }

    /**
     * Asks for confirmation, with the database closed while the person thinks: a service manager may start the runtime at
     * that time.
     */
    private boolean confirmed(String name) {
        if (!desk.surroundings().terminal() || desk.options().json) {
            throw new ParameterException(spec.subcommands().get("delete"), deletes(name, "") + ". Confirm with --yes");
        }
        SyncView sync;
        try (CommandContext.Reach reach = desk.reach()) {
            sync = reach.operations().sync(name);
        }
        String waiting = " (" + Words.count(sync.waiting(), "delivery", "deliveries") + ")";
        desk.remark(spec, deletes(sync.name(), waiting) + ". Delete it? Type yes:");
        return "yes".equalsIgnoreCase(desk.surroundings().answer());
    }

    private static String deletes(String name, String waiting) {
        return "sync delete removes the file of " + name + " and withdraws its pending subscriptions" + waiting
                + ". The members of its list stay on it";
    }

    private static SyncSource source(Path from) {
        try {
            return new SyncSource(from.toString(), ByteOrderMark.without(Files.readString(from)));
        } catch (IOException unreadable) {
            throw new OperationFailure.Misconfigured(List.of(
                    Problem.in(from.toString(), null, "the file cannot be read. Give an existing file in UTF-8")));
        }
    }

    @Command(description = "run a sync now")
    int run(
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--full", description = "read every record") boolean full,
            @Option(names = "--wait", description = "return when its deliveries are done") boolean wait,
            @Option(
                            names = "--allow-removals",
                            paramLabel = "N",
                            description = "release the N held removals and resume the run")
                    Long allowed,
            @Option(
                            names = "--plan",
                            paramLabel = "FILE",
                            description = "carry out this saved preview and nothing else, or stop")
                    Path plan)
            throws InterruptedException {
        if (plan != null && (full || allowed != null)) {
            throw new ParameterException(
                    spec.subcommands().get("run"), "--plan cannot be combined with --full or --allow-removals");
        }
        if (full && allowed != null) {
            throw new ParameterException(
                    spec.subcommands().get("run"),
                    "--allow-removals resumes the braked run. It cannot be combined with --full");
        }
        try (CommandContext.Reach reach = desk.toChange().reachZoho()) {
            RunStarted started = allowed == null
                    ? beginOrLetLeave(reach, name, full, plan)
                    : reach.operations().allowRemovals(name, allowed);
            if (reach.remote() && !wait) {
                desk.tell(spec, started, out -> {
                    out.println(name + ": run " + started.run() + (allowed == null ? " started" : " resumed")
                            + ". Follow it with");
                    out.println("  consentbridge history --run " + started.run());
                });
                return ExitStatus.DONE;
            }
            if (!wait) {
                desk.remark(spec, name + ": no runtime is running, so this command carries out the run itself");
            }
            RunView run = await(reach, started);
            desk.tell(spec, run, out -> new RunText(desk.words()).show(run, out));
            return ExitStatus.of(List.of(run));
        }
    }

    /** Begins the run; where a limit refuses it and no runtime is up, this command still lets people leave. */
    private RunStarted beginOrLetLeave(CommandContext.Reach reach, String name, boolean full, Path plan)
            throws InterruptedException {
        try {
            if (plan != null) {
                Operations operations = reach.operations();
                return operations.startPlan(new PlanFile(plan).handOver(operations, name));
            }
            return begin(reach, name, full);
        } catch (OperationFailure.Refused refused) {
            if (!reach.remote() && refused.leavers().isPresent()) {
                await(reach, new RunStarted(refused.leavers().get(), name, full, false));
            }
            throw refused;
        }
    }

    /** Begins the run; a requested full run follows an interrupted one that does not read everything. */
    private RunStarted begin(CommandContext.Reach reach, String name, boolean full) throws InterruptedException {
        RunStarted started = reach.operations().startRun(name, full);
        if (!started.interrupted()) {
            return started;
        }
        boolean first = full && !started.full();
        desk.remark(
                spec,
                name + ": run " + started.run() + " was interrupted and resumes"
                        + (first ? " first; the full run starts after it" : ""));
        if (!first) {
            return started;
        }
        watched(reach, started, progress -> {
            RunWatch.awaitRead(reach.operations(), started.run(), progress);
            return null;
        });
        return begin(reach, name, true);
    }

    private RunView await(CommandContext.Reach reach, RunStarted started) throws InterruptedException {
        return watched(reach, started, progress -> reach.awaitRun(started.run(), progress));
    }

    private <T> T watched(CommandContext.Reach reach, RunStarted started, Watch<T> watch) throws InterruptedException {
        boolean visible = desk.surroundings().terminal() && !desk.options().json;
        Runnable leave = () -> {
            desk.remark(
                    spec,
                    started.sync() + ": run " + started.run()
                            + (reach.remote()
                                    ? " continues in the runtime"
                                    : " stops. It resumes at the next start or sync run"));
            if (!reach.remote()) {
                desk.remarkStopping(spec);
            }
            reach.close();
        };
        return desk.surroundings()
                .stop()
                .guard(leave, () -> watch.until(Progress.on(spec.commandLine().getErr(), visible)));
    }

    /** Waits for a state of a run and shows its progress. */
    private interface Watch<T> {
        T until(Consumer<RunProgress> progress) throws InterruptedException;
    }

    private int changed(Function<Operations, SyncView> operation) {
        return showAfter(desk.toChange(), operation);
    }

    private int showAfter(CommandContext at, Function<Operations, SyncView> operation) {
        try (CommandContext.Reach reach = at.reach()) {
            SyncView sync = operation.apply(reach.operations());
            desk.tell(spec, sync, out -> new SyncText(desk.words(reach.remote())).show(sync, out));
        }
        return ExitStatus.DONE;
    }
}
