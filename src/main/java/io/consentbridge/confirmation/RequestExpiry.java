package io.consentbridge.confirmation;

import io.consentbridge.ledger.LedgerEvent;
import io.consentbridge.store.Database;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Ends the requests and consents whose time is over. */
public final class RequestExpiry {

    private static final int BATCH = 500;

    private final Database database;

    RequestExpiry(Database database) {
        this.database = database;
    }

    /**
     * Ends what ends by itself: requests without an answer in time, and consents that are no longer valid.
     *
     * @return how many ended
     */
    public int expire(Instant now) {
        int all = 0;
        int some;
        do {
            some = database.transaction(handle -> expireSome(handle, now));
            all += some;
        } while (some == BATCH);
        return all;
    }

    private static int expireSome(Handle handle, Instant now) {
        List<Request> over = handle.createQuery("select " + Request.COLUMNS + """
                        from confirmation_request q join person p on p.id = q.person_id
                        where q.expires_at <= :now order by q.expires_at, q.id fetch first :max rows only
                        """)
                .bind("now", now)
                .bind("max", BATCH)
                .map(Request::row)
                .list();
        for (Request seen : over) {
            RequestRows.lock(handle, seen.id())
                    .filter(request -> request.isOver(now))
                    .ifPresent(request -> {
                        String because = request.state() == RequestState.GIVEN ? RequestRows.VALIDITY : null;
                        RequestRows.end(handle, List.of(request.id()), RequestState.EXPIRED, because);
                        RequestEvents.append(
                                handle,
                                request,
                                RequestState.EXPIRED,
                                LedgerEvent.PRODUCT,
                                because == null ? "no-answer" : because,
                                Map.of(),
                                now);
                    });
        }
        return over.size();
    }
}
