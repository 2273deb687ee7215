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

/** Opens an installation within this process; the only seam between the command line and the runtime. */
public interface LocalRuntime {

    /**
     * Opens the database, the routes and the connections of an installation.
     *
     * @param config folder of the settings, purposes and syncs
     * @param routes the folders of the routes
     * @param env environment variables that take precedence over the settings, as {@code ZOHO_MAIN_CRM_URL} does over {@code
     *     zoho.main.crm-url}
     * @param extent how much of it opens: where the API listens, it uses {@code http.port} and writes its token file; only
     *     {@link Extent#WHOLE} does anything by itself
     * @throws OperationFailure.Misconfigured when files cannot be used
     * @throws OperationFailure.OutOfReach when the database cannot be opened
     */
    Session open(Path config, RouteFolders routes, Map<String, String> env, Extent extent);

    /**
     * Opens the installation for a command that only reads: tables of an earlier version stay unchanged.
     *
     * @throws OperationFailure.Misconfigured also when the database is of an earlier version
     */
    default Session look(Path config, RouteFolders routes, Map<String, String> env, Extent extent) {
        return open(config, routes, env, extent);
    }

    /** An installation that is open in this process. */
    interface Session extends AutoCloseable {

        /** Returns the operations, which work until the session is closed. */
        Operations operations();

        /** Returns the URL where the API listens, without a trailing slash; empty when it does not listen. */
        default Optional<String> apiUrl() {
            return Optional.empty();
        }

        /**
         * Waits until the run is over, including its deliveries.
         *
         * @param progress gets the current state of the run at intervals, on the calling thread
         * @throws InterruptedException when the thread is interrupted; the run continues
         */
        default RunView awaitRun(String run, Consumer<RunProgress> progress) throws InterruptedException {
            return RunWatch.await(operations(), run, progress);
        }

        /**
         * Ends work under way in good order: runs are given back and continue from their cursor. Idempotent; may be called
         * from a shutdown hook.
         */
        @Override
        void close();
    }
}
