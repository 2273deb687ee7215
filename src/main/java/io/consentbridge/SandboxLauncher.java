package io.consentbridge;

import io.consentbridge.cli.SandboxStarter;
import io.consentbridge.sandbox.SandboxOptions;

/** Starts the sandbox, a simulation of Zoho, for the command line. */
final class SandboxLauncher implements SandboxStarter {

    @Override
    public SandboxStarter.Sandbox start(int port, int people, long seed, boolean quotas) {
        SandboxOptions options =
                SandboxOptions.defaults().withPort(port).withPeople(people).withSeed(seed);
        return new Started(io.consentbridge.sandbox.Sandbox.start(quotas ? options : options.withoutQuotas()));
    }

    private static final long SEED = 1;

    private record Started(io.consentbridge.sandbox.Sandbox sandbox) implements SandboxStarter.Sandbox {

        @Override
        public String baseUrl() {
            return sandbox.baseUrl();
        }

        @Override
        public String clientId() {
            return io.consentbridge.sandbox.Sandbox.CLIENT_ID;
        }

        @Override
        public String clientSecret() {
            return io.consentbridge.sandbox.Sandbox.CLIENT_SECRET;
        }

        @Override
        public String refreshToken() {
            return io.consentbridge.sandbox.Sandbox.REFRESH_TOKEN;
        }

        @Override
        public int smtpPort() {
            return sandbox.smtpPort();
        }

        @Override
        public String mailboxUrl() {
            return sandbox.mailboxUrl();
        }

        @Override
        public void answer(double confirm, double refuse) {
            sandbox.answer(confirm, refuse, SEED);
        }

        @Override
        public void close() {
            sandbox.close();
        }
    }
}
