package io.consentbridge.cli;

import io.consentbridge.api.OperationFailure;
import io.consentbridge.api.SyncView;
import io.consentbridge.runtime.Extent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Starts the runtime, which runs until somebody stops it. */
@Command(name = "start", description = "the runtime: schedules, delivery, API; until Ctrl-C")
final class StartCommand implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(StartCommand.class);

    private final CommandContext desk;

    @Spec
    private CommandSpec spec;

    StartCommand(CommandContext desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() throws InterruptedException {
        requireNone();
        desk.remarkNewDatabase();
        try (LocalRuntime.Session session = desk.open(desk.surroundings().env(), Extent.WHOLE)) {
            return desk.surroundings().stop().guard(() -> close(session), () -> untilStopped(session));
        }
    }

    /**
     * Refuses a second process for the embedded database, which one process holds. The check comes before the port, which
     * the first process holds too, because a second process is not a mistake of the configuration.
     */
    private void requireNone() {
        if (desk.installation().database().url().startsWith("jdbc:sqlite:") && isUp()) {
            throw new OperationFailure.OutOfReach(
                    "a runtime of this installation is already running, and only one process can work with the"
                            + " embedded database. Other commands use that runtime. Stop it to start another, or"
                            + " set database.url to PostgreSQL to run several",
                    null);
        }
    }

    /**
     * Returns whether a runtime answers; a process that does not answer on the port from a file that a crash left may be
     * anything.
     */
    private boolean isUp() {
        try {
            return desk.runtime().isPresent();
        } catch (OperationFailure.OutOfReach silent) {
            return false;
        }
    }

    private void close(LocalRuntime.Session session) {
        LOG.info(CommandContext.STOPS);
        session.close();
    }

    private int untilStopped(LocalRuntime.Session session) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("api", session.apiUrl().orElse(null));
        RunningLine line = new RunningLine(
                syncs(session), session.apiUrl(), desk.surroundings().clock().instant());
        desk.tell(spec, document, out -> out.println(line.text()));
        desk.tellFirstSteps(spec);
        desk.surroundings().stop().await();
        return ExitStatus.DONE;
    }

    /** Returns the syncs; empty when the database is lost while the runtime starts, which does not end the runtime. */
    private static Optional<List<SyncView>> syncs(LocalRuntime.Session session) {
        try {
            return Optional.of(session.operations().syncs());
        } catch (OperationFailure.OutOfReach away) {
            return Optional.empty();
        }
    }
}
