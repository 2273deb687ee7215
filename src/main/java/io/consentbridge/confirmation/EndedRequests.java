package io.consentbridge.confirmation;

import io.consentbridge.store.Database;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Takes the personal content out of requests that ended long ago: what Campaigns would get, and the mails with the hashes of their
 * links. The rows stay, since they say that the person was asked, and how that ended. Requests that are open and consents that stand
 * are left alone.
 */
public final class EndedRequests {

    private static final int BATCH = 500;

    private final Database database;

    public EndedRequests(Database database) {
        this.database = database;
    }

    /**
     * Empties ended requests in short transactions.
     *
     * @param before the instant before which the last mail or answer of a request lies; a consent that ended by its validity counts
     *     from its last day
     * @return how many requests were emptied
     */
    public int empty(Instant before) {
        LocalDate day = before.atZone(ZoneOffset.UTC).toLocalDate();
        int all = 0;
        long after = 0;
        List<Long> ids;
        do {
            ids = found(before, day, after);
            if (!ids.isEmpty()) {
                List<Long> some = ids;
                all += database.transaction(handle -> empty(handle, some));
                after = ids.get(ids.size() - 1);
            }
        } while (ids.size() == BATCH);
        return all;
    }

    private List<Long> found(Instant before, LocalDate day, long after) {
        return database.query(handle -> handle.createQuery("""
                        select id from confirmation_request
                        where id > :after and state in ('refused', 'expired', 'bounced', 'withdrawn') and content <> ''
                          and coalesce(answered_at, sent_at, claimed_at, requested_at) < :before
                          and (valid_to is null or valid_to < :day)
                        order by id fetch first :max rows only
                        """)
                .bind("after", after)
                .bind("before", before)
                .bind("day", day)
                .bind("max", BATCH)
                .mapTo(Long.class)
                .list());
    }

    /** A state that has ended can only become a refusal. */
    private static int empty(Handle handle, List<Long> ids) {
        handle.createUpdate("delete from confirmation_mail where request_id = any(:ids)")
                .bindArray("ids", Long.class, ids)
                .execute();
        return handle.createUpdate(
                        "update confirmation_request set content = '', fingerprint = '' where id = any(:ids)")
                .bindArray("ids", Long.class, ids)
                .execute();
    }
}
