package io.consentbridge.runtime;

import io.consentbridge.config.Settings;
import io.consentbridge.store.Database;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/** Opens a database while Camel starts: both take about as long, and neither needs the other to start. */
record Opening(Future<Database> database) {

    /** @param looking whether its tables stay unchanged */
    static Opening of(Settings.Database at, boolean looking) {
        FutureTask<Database> opening = new FutureTask<>(() -> looking
                ? Database.look(at.url(), at.user(), at.password())
                : Database.open(at.url(), at.user(), at.password()));
        ProcessThreads.named("database").newThread(opening).start();
        return new Opening(opening);
    }

    /** @throws io.consentbridge.store.DatabaseFault when the database cannot be opened */
    Database await() throws Exception {
        try {
            return database.get();
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof Exception told ? told : failure;
        }
    }
}
