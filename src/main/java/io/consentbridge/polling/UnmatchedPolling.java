package io.consentbridge.polling;

import io.consentbridge.consent.Person;
import io.consentbridge.cursor.Cursors;
import io.consentbridge.cursor.SourceRecord;
import io.consentbridge.decision.KnownState;
import io.consentbridge.decision.PageStore;
import io.consentbridge.decision.PageWrites;
import io.consentbridge.outbox.Action;
import io.consentbridge.outbox.Held;
import io.consentbridge.run.ActiveRun;
import io.consentbridge.run.HandedOut;
import io.consentbridge.run.ReadLease;
import io.consentbridge.run.StoppableIterator;
import io.consentbridge.sync.Sync;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/**
 * The steps of the route {@code poll-unmatched}. People whom an earlier run delivered, and whose record the sync's readings
 * no longer bring although it is not deleted, have left the selection. These are the people of changed records, and after a
 * reading of everything also all others (docs/decisions/0012).
 */
public final class UnmatchedPolling {

    private static final int PAGE = 500;

    private final Cursors cursors;
    private final PageStore pages;
    private final ReadLease lease;

    /**
     * @param lease how this process reads runs
     */
    public UnmatchedPolling(Cursors cursors, PageStore pages, ReadLease lease) {
        this.cursors = cursors;
        this.pages = pages;
        this.lease = lease;
    }

    /**
     * Whether a sync has to know what changed in its module, selected or not: a changed record that the following pages do
     * not bring has left the selection.
     */
    static boolean followsChanges(Sync sync) {
        return Action.of(sync.whenUnmatched()).isPresent() && sync.selection().canBeLeftByChange();
    }

    /**
     * Pages of records that were not read: those that changed, and those that a reading of everything did not bring; that
     * reading may have begun with an earlier run that failed. None for a run that read no pages.
     */
    public Iterator<List<SourceRecord>> pages(@Variable(ActiveRun.VARIABLE) ActiveRun run) {
        if (run.leaversOnly() || Action.of(run.sync().whenUnmatched()).isEmpty()) {
            return run.handed().of(HandedOut.Stage.UNMATCHED, Collections.emptyIterator());
        }
        String sync = run.sync().name();
        Iterator<List<SourceRecord>> changed = new Walk(after -> pages.changed(sync, after, PAGE));
        Iterator<List<SourceRecord>> notMet = cursors.everything(sync)
                .<Iterator<List<SourceRecord>>>map(begun -> new Walk(after -> pages.notMet(sync, begun, after, PAGE)))
                .orElseGet(Collections::emptyIterator);
        return run.handed()
                .of(HandedOut.Stage.UNMATCHED, new StoppableIterator<>(new Both(changed, notMet), lease.stopping()));
    }

    /** Drafts the removal of people who have no delivered record left, and stores that the records are gone. */
    public void commit(@Body List<SourceRecord> page, @Variable(ActiveRun.VARIABLE) ActiveRun run) {
        run.handed().require(page);
        List<String> ids = page.stream().map(SourceRecord::recordId).toList();
        List<Person> people = page.stream()
                .flatMap(source -> source.person().stream())
                .distinct()
                .toList();
        KnownState known = pages.knowledge(run, ids, people);
        RemovalDrafts departures = Action.of(run.sync().whenUnmatched())
                .map(action -> RemovalDrafts.of(run, page, known, Held.Cause.UNMATCHED, action))
                .orElse(RemovalDrafts.NONE);
        Set<String> elsewhere = page.stream()
                .filter(source ->
                        source.person().filter(known.elsewhere()::contains).isPresent())
                .map(SourceRecord::recordId)
                .collect(Collectors.toSet());
        pages.commit(
                PageWrites.of(run, lease)
                        .records(page.stream().map(SourceRecord::leftSelection).toList())
                        .outcomes(departures.outcomes())
                        .drafts(departures.drafts())
                        .keeping(PageWrites.Keeping.elsewhere(elsewhere))
                        .build(),
                run.companions().keySet());
        run.handed().kept(page);
    }

    /** Goes through the first iterator, then through the second. */
    private record Both(Iterator<List<SourceRecord>> first, Iterator<List<SourceRecord>> second)
            implements Iterator<List<SourceRecord>> {

        @Override
        public boolean hasNext() {
            return first.hasNext() || second.hasNext();
        }

        @Override
        public List<SourceRecord> next() {
            return first.hasNext() ? first.next() : second.next();
        }
    }

    /** A page is looked up when the previous one has been stored, which marks its records. */
    private static final class Walk implements Iterator<List<SourceRecord>> {

        private final Function<String, List<SourceRecord>> following;
        private String after = "";
        private List<SourceRecord> next;

        private Walk(Function<String, List<SourceRecord>> following) {
            this.following = following;
        }

        @Override
        public boolean hasNext() {
            if (next == null) {
                next = following.apply(after);
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
            return List.copyOf(page);
        }
    }
}
