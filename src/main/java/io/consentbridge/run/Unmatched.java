package io.consentbridge.run;

import io.consentbridge.consent.Person;
import io.consentbridge.outbox.Held;
import io.consentbridge.zoho.CallCounter;
import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/**
 * The steps of the route {@code poll-unmatched}: people whom an earlier run delivered and whose record a full run did not
 * meet, though it is not deleted, have left the selection.
 */
public final class Unmatched {

    private static final int PAGE = 500;

    private final PageStore pages;
    private final CallCounter calls;
    private final String node;
    private final Duration lease;
    private final BooleanSupplier stopping;

    /**
     * @param node names this process
     * @param lease how long a run stays this process' own after each page
     * @param stopping whether the process is about to end, so that no further page may be begun
     */
    public Unmatched(PageStore pages, CallCounter calls, String node, Duration lease, BooleanSupplier stopping) {
        this.pages = pages;
        this.calls = calls;
        this.node = node;
        this.lease = lease;
        this.stopping = stopping;
    }

    /** Pages of records that the run did not meet; none of a run that did not read everything. */
    public Iterator<List<SourceRecord>> pages(@Variable(ActiveRun.VARIABLE) ActiveRun run) {
        if (!run.full()
                || run.leaversOnly()
                || LeaverActions.of(run.sync().whenUnmatched()).isEmpty()) {
            return Collections.emptyIterator();
        }
        return new UntilStopped<>(new Walk(run), stopping);
    }

    /** Whoever has no record left that is delivered is to leave the list; the records are remembered as gone. */
    public void commit(@Body List<SourceRecord> page, @Variable(ActiveRun.VARIABLE) ActiveRun run) {
        List<String> ids = page.stream().map(SourceRecord::recordId).toList();
        List<Person> people = page.stream()
                .flatMap(source -> source.person().stream())
                .distinct()
                .toList();
        Departures departures = LeaverActions.of(run.sync().whenUnmatched())
                .map(action ->
                        Departures.of(run, page, pages.knowledge(run, ids, people), Held.Cause.UNMATCHED, action))
                .orElse(Departures.NONE);
        pages.commit(new PageCommit(
                run.id(),
                run.sync().name(),
                run.connection().name(),
                page.stream().map(SourceRecord::leftSelection).toList(),
                List.of(),
                List.of(),
                Map.of(),
                departures.outcomes(),
                List.of(),
                departures.drafts(),
                List.of(),
                Optional.empty(),
                calls.drain(run.id()),
                node,
                lease));
    }

    /** A page is looked up when the one before has been kept, which marks its records. */
    private final class Walk implements Iterator<List<SourceRecord>> {

        private final ActiveRun run;
        private String after = "";
        private List<SourceRecord> next;

        private Walk(ActiveRun run) {
            this.run = run;
        }

        @Override
        public boolean hasNext() {
            if (next == null) {
                next = pages.notMet(run.sync().name(), run.id(), after, PAGE);
            }
            return !next.isEmpty();
        }

        @Override
        public List<SourceRecord> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            List<SourceRecord> page = next;
            after = page.get(page.size() - 1).recordId();
            next = null;
            return page;
        }
    }
}
