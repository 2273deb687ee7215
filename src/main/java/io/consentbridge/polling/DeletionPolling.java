package io.consentbridge.polling;

import io.consentbridge.consent.Person;
import io.consentbridge.crm.Deletion;
import io.consentbridge.crm.Deletions;
import io.consentbridge.cursor.Checkpoint;
import io.consentbridge.cursor.Cursors;
import io.consentbridge.cursor.LateChanges;
import io.consentbridge.cursor.SourceRecord;
import io.consentbridge.decision.PageStore;
import io.consentbridge.decision.PageWrites;
import io.consentbridge.outbox.Action;
import io.consentbridge.outbox.Held;
import io.consentbridge.run.ActiveRun;
import io.consentbridge.run.HandedOut;
import io.consentbridge.run.ReadLease;
import io.consentbridge.sync.Sync;
import io.consentbridge.sync.Sync.LeaverAction;
import io.consentbridge.zoho.Failures;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/** The steps of the route {@code poll-deletions}: people whose record was deleted in the CRM leave the list (B47-B50). */
public final class DeletionPolling {

    private static final int PAGE = 200;

    private final Deletions deletions;
    private final Cursors cursors;
    private final PageStore pages;
    private final ReadLease lease;
    private final LateChanges late;

    /**
     * @param lease how this process reads runs
     * @param overlap how late a deletion may become visible; it does no harm to look at one twice
     */
    public DeletionPolling(Deletions deletions, Cursors cursors, PageStore pages, ReadLease lease, Duration overlap) {
        this.deletions = deletions;
        this.cursors = cursors;
        this.pages = pages;
        this.lease = lease;
        this.late = new LateChanges(overlap);
    }

    /**
     * Whether a sync has to know which records were deleted: either their people leave, or the records must not count as
     * having left the selection. Only a recurring sync has to know (B50).
     */
    static boolean matters(Sync sync) {
        return sync.whenDeleted() != LeaverAction.IGNORE || sync.whenUnmatched() != LeaverAction.IGNORE;
    }

    /** Pages of the deletions since the last reading; for a first run, since its first page of records. */
    public Iterator<DeletedPage> pages(@Variable(ActiveRun.VARIABLE) ActiveRun run) {
        if (!matters(run.sync())) {
            return none(run);
        }
        Optional<Instant> since = cursors.deletedSince(run.sync().name());
        if (since.isEmpty()) {
            return none(run);
        }
        Iterator<Deletion> all =
                deletions.since(run.connection(), run.id(), run.sync().module(), late.complete(since.get()));
        return run.handed().of(HandedOut.Stage.DELETIONS, Failures.guarded(new Iterator<DeletedPage>() {
            private Instant newest = since.get();

            @Override
            public boolean hasNext() {
                return all.hasNext();
            }

            @Override
            public DeletedPage next() {
                List<Deletion> page = new ArrayList<>();
                while (page.size() < PAGE && all.hasNext()) {
                    Deletion deletion = all.next();
                    newest = deletion.at().isAfter(newest) ? deletion.at() : newest;
                    page.add(deletion);
                }
                return new DeletedPage(page, all.hasNext() ? Optional.empty() : Optional.of(newest));
            }
        }));
    }

    private static Iterator<DeletedPage> none(ActiveRun run) {
        return run.handed().of(HandedOut.Stage.DELETIONS, Collections.emptyIterator());
    }

    /**
     * Drafts the removal of people who are on the list and whose deleted record was their last one here; all other deleted
     * records are only forgotten.
     */
    public void commit(@Body DeletedPage page, @Variable(ActiveRun.VARIABLE) ActiveRun run) {
        run.handed().require(page);
        Map<String, SourceRecord> gone =
                pages.knowledge(run, ids(page.deletions()), List.of()).records();
        List<Person> people = gone.values().stream()
                .flatMap(source -> source.person().stream())
                .distinct()
                .toList();
        RemovalDrafts departures = Action.of(run.sync().whenDeleted())
                .map(action -> RemovalDrafts.of(
                        run, gone.values(), pages.knowledge(run, gone.keySet(), people), Held.Cause.DELETED, action))
                .orElse(RemovalDrafts.NONE);
        pages.commit(
                PageWrites.of(run, lease)
                        .forgotten(List.copyOf(gone.keySet()))
                        .outcomes(departures.outcomes())
                        .drafts(departures.drafts())
                        .progress(page.until().map(Checkpoint.Deletions::new))
                        .keeping(PageWrites.Keeping.NONE.with(origins(run, page), List.of()))
                        .build(),
                run.companions().keySet());
        run.handed().kept(page);
    }

    /** The origins of the deleted records with the time of each deletion, which is later than any modification. */
    private static Map<String, Instant> origins(ActiveRun run, DeletedPage page) {
        return page.deletions().stream()
                .collect(Collectors.toMap(
                        deletion -> run.origin(deletion.id()),
                        Deletion::at,
                        (one, other) -> one.isAfter(other) ? one : other));
    }

    private static Collection<String> ids(List<Deletion> page) {
        return page.stream().map(Deletion::id).collect(Collectors.toSet());
    }
}
