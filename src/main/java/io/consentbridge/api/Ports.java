package io.consentbridge.api;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;

/**
 * Reports before the start what Camel would only log: that a port is taken, in which case the runtime would run without its
 * API.
 */
public final class Ports {

    private Ports() {}

    /**
     * Returns if the port can be used.
     *
     * @throws OperationFailure.Misconfigured when it cannot, naming the port and the setting
     */
    public static void requireFree(String host, int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(InetAddress.getByName(host), port));
        } catch (IOException taken) {
            throw new OperationFailure.Misconfigured(List.of(Problem.of("port " + port + " on " + host
                    + " cannot be opened (" + taken.getMessage()
                    + "). Stop the program that uses it (a runtime that is still up?), or choose another port"
                    + " with http.port in application.properties or HTTP_PORT in the environment")));
        }
    }
}
