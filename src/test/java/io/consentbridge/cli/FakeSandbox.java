package io.consentbridge.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** A sandbox that listens nowhere and remembers how it was started. */
final class FakeSandbox implements SandboxStarter {

    final List<String> started = new ArrayList<>();
    final List<String> answered = new ArrayList<>();
    int closed;
    boolean taken;

    @Override
    public Sandbox start(int port, int people, long seed, boolean quotas) {
        if (taken) {
            throw new UncheckedIOException("the sandbox cannot listen", new IOException("Address already in use"));
        }
        started.add(port + " " + people + " " + seed + " " + quotas);
        return new Sandbox() {
            @Override
            public String baseUrl() {
                return "http://127.0.0.1:9999";
            }

            @Override
            public String clientId() {
                return "id";
            }

            @Override
            public String clientSecret() {
                return "secret";
            }

            @Override
            public String refreshToken() {
                return "refresh";
            }

            @Override
            public int smtpPort() {
                return 2525;
            }

            @Override
            public String mailboxUrl() {
                return baseUrl() + "/sandbox/mailbox";
            }

            @Override
            public void answer(double confirm, double refuse) {
                answered.add(confirm + " " + refuse);
            }

            @Override
            public void close() {
                closed++;
            }
        };
    }
}
