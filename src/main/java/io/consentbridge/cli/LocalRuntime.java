package io.consentbridge.cli;

import io.consentbridge.api.OperationFailure;
import io.consentbridge.api.Operations;
import io.consentbridge.api.RunProgress;
import io.consentbridge.api.RunView;
import io.consentbridge.runtime.Extent;
import io.consentbridge.runtime.RouteFolders;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Opens an installation within this process; the one seam between the command line and the runtime. */
public interface LocalRuntime {

    /**
     * Opens the database, the routes and the connections of an installation.
     *
     * @param config folder of the settings, purposes and syncs
     * @param routes where the routes come from
     * @param env takes precedence over the settings, as {@code ZOHO_MAIN_CRM_URL} does over {@code zoho.main.crm-url}
     * @param extent how much of it opens: where the API listens, it does on {@code http.port} and its token file is written;
     *     only {@link Extent#WHOLE} does anything by itself
     * @throws OperationFailure.Misconfigured when files cannot be used
     * @throws OperationFailure.OutOfReach when the database cannot be opened
     */
    Session open(Path config, RouteFolders routes, Map<String, String> env, Extent extent);

    /**
     * The same for a command that only looks: tables of an earlier version stay as they are.
     *
     * @throws OperationFailure.Misconfigured also when the database is of an earlier version
     */
    default Session look(Path config, RouteFolders routes, Map<String, String> env, Extent extent) {
        return open(config, routes, env, extent);
    }

    /** An installation that is open in this process. */
    interface Session extends AutoCloseable {

        /** Works until the session is closed. */
        Operations operations();

        /** Where the API listens, without a trailing slash; empty when it does not. */
        default Optional<String> apiUrl() {
            return Optional.empty();
        }

        /**
         * Returns when the run is over, its deliveries included.
         *
         * @param progress told of the run as it stands, now and then, on the calling thread
         * @throws InterruptedException when the thread is interrupted; the run goes on
         */
        default RunView awaitRun(String run, Consumer<RunProgress> progress) throws InterruptedException {
            return RunWatch.await(operations(), run, progress);
        }

        /**
         * Ends what is under way in good order: runs are handed back and go on from their cursor. May be called twice, and
         * from a shutdown hook.
         */
        @Override
        void close();
    }
}
