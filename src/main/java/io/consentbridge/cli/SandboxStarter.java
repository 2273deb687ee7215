package io.consentbridge.cli;

/** Starts the stand-in for Zoho that ships with the product; the one seam between the command line and the sandbox. */
public interface SandboxStarter {

    /**
     * Starts a sandbox on loopback with sample people.
     *
     * @param port 0 for any that is free
     * @param people how many
     * @param seed the same seed makes the same people
     * @param quotas whether it counts and locks as Zoho does
     */
    Sandbox start(int port, int people, long seed, boolean quotas);

    /** A sandbox that is running. */
    interface Sandbox extends AutoCloseable {

        /** Base URL for accounts, CRM and Campaigns alike, without a trailing slash. */
        String baseUrl();

        /** The OAuth client it accepts. */
        String clientId();

        /** The secret of that client. */
        String clientSecret();

        /** The refresh token it accepts. */
        String refreshToken();

        /** Ends it and forgets everything; may be called twice. */
        @Override
        void close();
    }
}
