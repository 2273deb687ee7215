package io.consentbridge.run;

import io.consentbridge.consent.Person;
import io.consentbridge.outbox.Members;
import io.consentbridge.outbox.Outbox;
import io.consentbridge.outbox.Suppressions;
import io.consentbridge.store.Database;
import java.time.InstantSource;
import java.util.Collection;

/** What is known before a page is decided, and the one transaction that keeps what it decided. */
public final class PageStore {

    public PageStore(
            Database database, InstantSource clock, Outbox outbox, Members members, Suppressions suppressions) {}

    /**
     * What is known about a page, in a handful of queries.
     *
     * @param recordIds ids of the page's records, 2,000 at most
     * @param people whom they stand for
     */
    public Knowledge knowledge(
            String connection,
            String sync,
            long listId,
            Collection<String> recordIds,
            Collection<Person> people,
            String runId) {
        throw new UnsupportedOperationException();
    }

    /**
     * Keeps a page: decisions, suppressions, outcomes, deliveries, cursor and lease together. Committing the same page
     * again changes nothing but the calls.
     *
     * @throws LeaseLost when the run is not that node's any more; nothing is kept
     */
    public void commit(PageCommit page) {
        throw new UnsupportedOperationException();
    }
}
