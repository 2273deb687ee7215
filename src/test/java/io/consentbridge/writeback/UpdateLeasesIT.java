package io.consentbridge.writeback;

import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.TestDatabase;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Claims of updates of CRM records, on every engine. */
@EveryEngine
class UpdateLeasesIT extends LeaseContract<ClaimedUpdate> {

    UpdateLeasesIT(TestDatabase engine) {
        super(engine);
    }

    @Override
    void prepare() {
        // An update needs nothing else.
    }

    private PendingUpdates of(String holder) {
        return new PendingUpdates(database, holder);
    }

    @Override
    void enqueue(String name) {
        database.change(handle -> RecordUpdates.enqueue(
                handle, List.of(new RecordUpdate("main", "Leads", name, Map.of("A", "x"), "confirmed"))));
    }

    @Override
    List<ClaimedUpdate> claim(String holder, int max, Instant now, Instant until) {
        return of(holder).claim("main", "Leads", max, now, until);
    }

    @Override
    String name(ClaimedUpdate claimed) {
        return claimed.recordId();
    }

    @Override
    void settle(String holder, ClaimedUpdate claimed, End end, Instant now) {
        UpdateSettlement settlement = switch (end) {
            case DONE -> new UpdateSettlement.Written(claimed, null);
            case DEAD -> new UpdateSettlement.DeadLettered(claimed, "X", "refused");
            case AGAIN_LATER -> new UpdateSettlement.Postponed(claimed, "X", "locked", ENDED);
            case GIVEN_BACK -> new UpdateSettlement.Released(claimed, null, false, null);
        };
        of(holder).settle(List.of(settlement), now);
    }

    @Override
    void handBack(String holder) {
        of(holder).handBack();
    }

    @Override
    void abandonAll() {
        of("next").abandonAll();
    }

    @Override
    String state(String name) {
        return database.query(handle -> handle.createQuery("select state from record_update where record_id = :record")
                .bind("record", name)
                .mapTo(String.class)
                .one());
    }
}
