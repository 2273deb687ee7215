package io.consentbridge.runtime;

import io.consentbridge.config.Configuration;
import io.consentbridge.run.Run;
import io.consentbridge.run.RunState;
import io.consentbridge.store.Database;
import io.consentbridge.sync.Sync;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** The open previews. A preview that nobody asks about for a while is closed. Threads may share it. */
public final class Previews implements AutoCloseable {

    /** Each preview holds a copy of the stored data. */
    private static final int MOST = 3;

    private static final Duration FORGOTTEN = Duration.ofMinutes(15);

    private final Map<String, Open> open = new ConcurrentHashMap<>();
    private final Supplier<PreviewContext.Stage> stage;
    private final Database database;
    private final Executor threads;
    private final Clock clock;

    private record Open(Preview preview, Instant asked) {}

    /** Refuses a preview, with the reason and what to do. */
    public static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1;

        Refused(String message) {
            super(message);
        }
    }

    /** @param stage supplies, when a preview begins, what it uses of the installation */
    Previews(Supplier<PreviewContext.Stage> stage, Database database, Executor threads, Clock clock) {
        this.stage = stage;
        this.database = database;
        this.threads = threads;
        this.clock = clock;
    }

    /**
     * Begins a preview.
     *
     * @throws Refused when a run of the sync is reading, so that the start of the next one is unknown, or when too many
     *     previews are open
     */
    public synchronized Preview begin(Configuration configuration, Sync sync, boolean full) {
        PreviewContext.Stage now = stage.get();
        Optional<Run> reading = now.components().history().queries().open().stream()
                .filter(run -> run.sync().equals(sync.name()) && run.state() == RunState.READING)
                .findFirst();
        if (reading.isPresent()) {
            throw new Refused(sync.name() + ": run " + reading.get().id()
                    + " is reading, or was interrupted and resumes first. Preview when it has ended");
        }
        forgetOld();
        if (open.size() >= MOST) {
            throw new Refused(MOST + " previews are open. Wait until one of them ends");
        }
        Preview preview = new Preview(UUID.randomUUID().toString(), sync, full, configuration, clock.instant());
        open.put(preview.id(), new Open(preview, clock.instant()));
        threads.execute(() -> preview.read(database, now));
        return preview;
    }

    /** Returns the open preview of that id. */
    public Optional<Preview> find(String id) {
        return Optional.ofNullable(
                        open.computeIfPresent(id, (key, known) -> new Open(known.preview(), clock.instant())))
                .map(Open::preview);
    }

    /** Closes a preview; does nothing when it is already closed. */
    public void end(String id) {
        Optional.ofNullable(open.remove(id)).ifPresent(known -> known.preview().close());
    }

    /** Closes the previews that nobody has asked about for a while. */
    void forgetOld() {
        Instant since = clock.instant().minus(FORGOTTEN);
        open.values().stream()
                .filter(known -> known.asked().isBefore(since))
                .forEach(known -> end(known.preview().id()));
    }

    @Override
    public void close() {
        open.keySet().forEach(this::end);
    }
}
