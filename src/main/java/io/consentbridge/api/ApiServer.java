package io.consentbridge.api;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.main.MainHttpServer;

/**
 * The API during the life of a runtime: the HTTP server on loopback, its routes, and the token file by which commands find
 * it. Routes for platform-http that others add to the same context share the server.
 */
public final class ApiServer implements AutoCloseable {

    private static final long MOST_BYTES = 1_000_000;

    private final ApiToken token;
    private final Path dataFolder;

    private ApiServer(ApiToken token, Path dataFolder) {
        this.token = token;
        this.dataFolder = dataFolder;
    }

    /**
     * Listens, but answers nothing yet. Called before the routes of files are added, so that those that begin with {@code
     * platform-http:} find the server.
     *
     * @param context started or not; it must have no HTTP server of its own
     * @throws OperationFailure.Misconfigured when the port is taken
     */
    public static void listen(CamelContext context, String host, int port) {
        Ports.requireFree(host, port);
        MainHttpServer server = new MainHttpServer();
        server.setCamelContext(context);
        server.setHost(host);
        server.setPort(port);
        server.setMaxBodySize(MOST_BYTES);
        try {
            context.addService(server, true, true);
        } catch (RuntimeException told) {
            throw told;
        } catch (Exception failure) {
            throw new OperationFailure.OutOfReach(
                    "port " + port + " cannot be opened: " + failure.getMessage(), failure);
        }
    }

    /**
     * Answers requests, and then writes the token file.
     *
     * @param context started; it listens, unless {@link #listen} was called before
     * @param dataFolder see {@link DataFolder}
     * @param host loopback, unless the administrator opens it to other hosts
     * @throws OperationFailure.Misconfigured when the port is taken
     * @throws Exception when the routes cannot be started or the folder cannot be written
     */
    public static ApiServer open(CamelContext context, Operations operations, Path dataFolder, String host, int port)
            throws Exception {
        if (context.hasService(MainHttpServer.class) == null) {
            listen(context, host, port);
        }
        ApiToken token = ApiToken.fresh(host, port);
        context.addRoutes(new ApiRoutes(operations, token));
        context.addRoutes(new ObserveRoutes());
        token.write(dataFolder, ApiServer::lives);
        return new ApiServer(token, dataFolder);
    }

    /** Returns whether that runtime is alive; one that is too busy to answer is alive too. */
    private static boolean lives(ApiToken other) {
        try {
            return new ApiClient(other).answers();
        } catch (OperationFailure.OutOfReach silent) {
            return true;
        }
    }

    /** Returns the URL where the API listens, without a trailing slash. */
    public String url() {
        return "http://" + token.host() + ":" + token.port();
    }

    /** Removes the token file; the server ends with its context. */
    @Override
    public void close() throws IOException {
        token.remove(dataFolder);
    }
}
