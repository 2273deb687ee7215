package io.consentbridge.lifecycle;

import io.consentbridge.outbox.SettlingRuns;
import io.consentbridge.run.Run;
import io.consentbridge.run.RunClosing;
import io.consentbridge.run.RunListener;
import io.consentbridge.run.RunQueries;
import io.consentbridge.run.RunState;
import io.consentbridge.run.Runs;
import io.consentbridge.zoho.CallCounter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the runs whose last delivery has ended, and reports them. Writes the calls of these runs into the history from time
 * to time, and before a run ends.
 *
 * <p>Threads may share it.
 */
public final class RunCompletion {

    private static final Logger LOG = LoggerFactory.getLogger(RunCompletion.class);

    // Writing at every batch would cost a transaction each time.
    private static final Duration COUNTING = Duration.ofSeconds(1);

    private final RunQueries queries;
    private final Runs runs;
    private final RunClosing closing;
    private final CallCounter calls;
    private final RunListener listener;
    private final SettlingRuns settling;
    private final InstantSource clock;
    private final ReentrantLock ending = new ReentrantLock();
    private final AtomicBoolean asked = new AtomicBoolean();
    private final Set<String> uncounted = ConcurrentHashMap.newKeySet();

    private volatile Instant counted = Instant.MIN;

    /**
     * @param listener is told of runs that this process ends
     * @param settling runs that may not end yet
     */
    public RunCompletion(
            RunQueries queries,
            Runs runs,
            RunClosing closing,
            CallCounter calls,
            RunListener listener,
            SettlingRuns settling,
            InstantSource clock) {
        this.queries = queries;
        this.runs = runs;
        this.closing = closing;
        this.calls = calls;
        this.listener = listener;
        this.settling = settling;
        this.clock = clock;
    }

    /** @param touched ids of the runs of the settled batch, whose calls are counted */
    void close(List<String> touched) {
        uncounted.addAll(touched);
        if (clock.instant().isAfter(counted.plus(COUNTING))) {
            countCalls(List.copyOf(uncounted));
        }
        endInTurn();
    }

    /**
     * One thread ends runs at a time. Another one leaves it to that thread and goes on: while the database is away, ticks
     * would queue here without end.
     */
    private void endInTurn() {
        asked.set(true);
        while (asked.get() && ending.tryLock()) {
            try {
                if (asked.getAndSet(false)) {
                    end();
                }
            } finally {
                ending.unlock();
            }
        }
    }

    /** Does the same for all runs, with all their calls in the history; perhaps a moment after this returns. */
    void closeRest() {
        countCalls(List.copyOf(uncounted));
        close(List.of());
    }

    private void countCalls(Collection<String> runIds) {
        counted = clock.instant();
        for (String id : runIds) {
            uncounted.remove(id);
            runs.called(id, calls.drain(id));
        }
    }

    private void end() {
        // The last of its part runs also ends a parent run.
        boolean parts;
        do {
            // A run that finishes after this look, by another batch, has calls that are not counted yet.
            Set<String> finished = queries.finished().stream()
                    .filter(run -> !settling.has(run))
                    .collect(Collectors.toSet());
            if (finished.isEmpty()) {
                return;
            }
            countCalls(finished);
            List<Run> ended = closing.closeFinished(finished::contains);
            ended.forEach(this::report);
            parts = ended.stream().anyMatch(run -> run.parentRun().isPresent());
        } while (parts);
    }

    private void report(Run ended) {
        listener.ended(ended.sync(), ended.state());
        if (ended.state() != RunState.FAILED) {
            LOG.info(
                    "{}: run {} {}, {} records",
                    ended.sync(),
                    ended.id(),
                    ended.state().word(),
                    ended.total()
                            + queries.partsOf(ended.id()).stream()
                                    .mapToLong(Run::total)
                                    .sum());
        } else {
            LOG.error(
                    "{}: run {} failed: {}",
                    ended.sync(),
                    ended.id(),
                    ended.says().orElse(""));
        }
    }
}
