package io.consentbridge.cli;

import io.consentbridge.api.Operations;
import io.consentbridge.api.RunProgress;
import io.consentbridge.api.RunView;
import io.consentbridge.store.TemporaryFolder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Opens an installation for commands that only read where no database exists yet: over an empty one that is deleted
 * afterwards.
 */
final class WithoutDatabase implements LocalRuntime.Session {

    private final TemporaryFolder folder;
    private final LocalRuntime.Session session;

    private WithoutDatabase(TemporaryFolder folder, LocalRuntime.Session session) {
        this.folder = folder;
        this.session = session;
    }

    /**
     * Opens the installation.
     *
     * @param opening opens the installation with these environment variables
     */
    static WithoutDatabase open(
            Map<String, String> env, Function<Map<String, String>, ? extends LocalRuntime.Session> opening) {
        TemporaryFolder.removeLeft();
        TemporaryFolder folder = TemporaryFolder.make();
        Map<String, String> led = new HashMap<>(env);
        led.put("DATABASE_URL", folder.databaseUrl());
        try {
            return new WithoutDatabase(folder, opening.apply(led));
        } catch (RuntimeException | Error failed) {
            folder.close();
            throw failed;
        }
    }

    @Override
    public Operations operations() {
        return session.operations();
    }

    @Override
    public Optional<String> apiUrl() {
        return session.apiUrl();
    }

    @Override
    public RunView awaitRun(String run, Consumer<RunProgress> progress) throws InterruptedException {
        return session.awaitRun(run, progress);
    }

    @Override
    public void close() {
        try (folder) {
            session.close();
        }
    }
}
