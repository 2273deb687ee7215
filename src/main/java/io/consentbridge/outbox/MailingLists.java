package io.consentbridge.outbox;

import io.consentbridge.consent.SignupForm;
import io.consentbridge.store.Database;
import java.util.List;
import java.util.Optional;

/** The mailing lists that purposes name, and what was read of them. Readings are recorded by {@link Members} and {@link Suppressions}. */
public final class MailingLists {

    public MailingLists(Database database) {}

    /**
     * The list of that name, remembered from now on.
     *
     * @param createAs kept with it; a different one replaces the one that was kept
     */
    public MailingList remember(String connection, String name, Optional<SignupForm> createAs) {
        throw new UnsupportedOperationException();
    }

    /** The list of that row; empty when there is none. */
    public Optional<MailingList> find(long listId) {
        throw new UnsupportedOperationException();
    }

    /** Every list of the connection by name. */
    public List<MailingList> of(String connection) {
        throw new UnsupportedOperationException();
    }

    /** Campaigns has the list, under this key. */
    public void found(long listId, String key) {
        throw new UnsupportedOperationException();
    }

    /** Campaigns has no such list (any more): its key is forgotten. */
    public void missing(long listId) {
        throw new UnsupportedOperationException();
    }

    /** Keeps the figures that Campaigns gave. */
    public void counted(long listId, MailingList.Counts counts) {
        throw new UnsupportedOperationException();
    }
}
