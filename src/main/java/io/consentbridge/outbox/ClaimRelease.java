package io.consentbridge.outbox;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Releases claimed rows. */
final class ClaimRelease {

    private ClaimRelease() {}

    static void free(Handle handle, Collection<Long> ids) {
        if (!ids.isEmpty()) {
            handle.createUpdate("""
                            update delivery set claimed_by = null, claimed_until = null, claimed_version = null
                            where id = any(:ids)
                            """)
                    .bindArray("ids", Long.class, List.copyOf(ids))
                    .execute();
        }
    }

    /** The claiming process is gone, so it stays unknown whether the deliveries left. */
    static int freeAll(Handle handle, Instant now) {
        MemberRows.unsure(
                handle,
                handle.createQuery(
                                "select list_id, person_id, fingerprint from delivery where claimed_by is not null and action = 'subscribe'")
                        .map(UnconfirmedSubscription::read)
                        .list(),
                now);
        return handle.execute("""
                update delivery set claimed_by = null, claimed_until = null, claimed_version = null
                where claimed_by is not null
                """);
    }

    static int freeAllOf(Handle handle, String owner) {
        return handle.createUpdate("""
                        update delivery set claimed_by = null, claimed_until = null, claimed_version = null
                        where claimed_by = :owner
                        """).bind("owner", owner).execute();
    }
}
