package io.consentbridge.cli;

import io.consentbridge.api.Operations;
import io.consentbridge.api.RunProgress;
import io.consentbridge.api.RunView;
import io.consentbridge.config.Settings;
import io.consentbridge.runtime.Extent;
import io.consentbridge.store.TemporaryFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** The environment of a demo: a sandbox, a database in a fresh folder, and the given configuration pointed at both. */
final class DemoStage implements AutoCloseable {

    private static final long SEED = 1;

    private final TemporaryFolder folder;
    private final SandboxStarter.Sandbox sandbox;
    private final LocalRuntime.Session session;

    private DemoStage(TemporaryFolder folder, SandboxStarter.Sandbox sandbox, LocalRuntime.Session session) {
        this.folder = folder;
        this.sandbox = sandbox;
        this.session = session;
    }

    /** Sets everything up; when one thing fails, the others are removed. */
    static DemoStage set(CommandContext desk, int people, Extent extent) {
        TemporaryFolder.removeLeft();
        TemporaryFolder folder = TemporaryFolder.make();
        SandboxStarter.Sandbox sandbox = null;
        try {
            sandbox = desk.surroundings().sandbox().start(0, people, SEED, false);
            Map<String, String> env = new HashMap<>(desk.surroundings().env());
            for (String connection : desk.installation().connections()) {
                env.putAll(SandboxSettings.of(connection, sandbox));
            }
            // The sandbox counts no calls in a demo, so they need not be spread over hours.
            Settings.quotaNames().forEach(setting -> env.put(Installation.variable(setting), "none"));
            env.put("DATABASE_URL", "jdbc:sqlite:" + folder.path().resolve("consentbridge.db"));
            // A runtime that serves real people may use the usual port.
            env.put("HTTP_PORT", Integer.toString(freePort()));
            return new DemoStage(folder, sandbox, desk.open(env, extent));
        } catch (RuntimeException failed) {
            if (sandbox != null) {
                sandbox.close();
            }
            folder.close();
            throw failed;
        }
    }

    Operations operations() {
        return session.operations();
    }

    RunView awaitRun(String run, Consumer<RunProgress> progress) throws InterruptedException {
        return session.awaitRun(run, progress);
    }

    /** Returns where to look in a demo that is left running. */
    String whereToLook() {
        return "The sandbox listens at " + sandbox.baseUrl()
                + session.apiUrl().map(url -> ", the API at " + url).orElse("")
                + ", the database is in " + folder.path() + ". Stop all of it with Ctrl-C.";
    }

    /** Removes everything; idempotent. */
    @Override
    public void close() {
        try (folder;
                sandbox) {
            session.close();
        }
    }

    private static int freePort() {
        try (ServerSocket probe = new ServerSocket(0)) {
            return probe.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }
}
