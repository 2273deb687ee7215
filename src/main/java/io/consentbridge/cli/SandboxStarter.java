package io.consentbridge.cli;

/** Starts the sandbox that ships with the product; the only seam between the command line and the sandbox. */
public interface SandboxStarter {

    /**
     * Starts a sandbox on loopback with sample people.
     *
     * @param port 0 for any free port
     * @param people the number of people
     * @param seed the same seed makes the same people
     * @param quotas whether it counts calls and locks as Zoho does
     */
    Sandbox start(int port, int people, long seed, boolean quotas);

    /** A running sandbox. */
    interface Sandbox extends AutoCloseable {

        /** Returns the base URL of accounts, CRM and Campaigns alike, without a trailing slash. */
        String baseUrl();

        /** Returns the OAuth client that it accepts. */
        String clientId();

        /** Returns the secret of that client. */
        String clientSecret();

        /** Returns the refresh token that it accepts. */
        String refreshToken();

        /** Returns the port of its SMTP server on loopback, which takes every mail. */
        int smtpPort();

        /** Returns where a person reads the mails that it took. */
        String mailboxUrl();

        /**
         * Lets people answer whose mails came since the last call.
         *
         * @param confirm the share of them who agree, from 0 to 1
         * @param refuse the share of them who refuse
         */
        void answer(double confirm, double refuse);

        /** Ends it and deletes everything in it; idempotent. */
        @Override
        void close();
    }
}
