package io.consentbridge.writeback;

import io.consentbridge.consent.Person;
import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.TestDatabase;
import java.time.Instant;
import java.util.List;

/** Claims of starts of workflows, on every engine. */
@EveryEngine
class StartLeasesIT extends LeaseContract<PendingStarts.Claimed> {

    private long list;

    StartLeasesIT(TestDatabase engine) {
        super(engine);
    }

    @Override
    void prepare() {
        database.change(handle ->
                handle.execute("insert into mailing_list (connection, name, list_key) values ('main', 'News', 'key')"));
        list = database.query(handle -> handle.createQuery("select id from mailing_list")
                .mapTo(Long.class)
                .one());
    }

    private PendingStarts of(String holder) {
        return new PendingStarts(database, holder);
    }

    private static Person person(String name) {
        return new Person(name.replace(' ', '.').toLowerCase(java.util.Locale.ROOT) + "@example.com");
    }

    @Override
    void enqueue(String name) {
        database.change(handle -> {
            WorkflowStarts.enqueue(handle, List.of(new WorkflowStart("main", "W", "T", list, person(name), "news")));
            handle.execute(
                    "insert into list_member (list_id, person_id, active) select ?, id, true from person where address = ?"
                            + " on conflict (list_id, person_id) do nothing",
                    list,
                    person(name).address());
        });
    }

    @Override
    List<PendingStarts.Claimed> claim(String holder, int max, Instant now, Instant until) {
        return of(holder).claim("main", new PendingStarts.Group("W", "T", list, "key"), max, now, until);
    }

    @Override
    String name(PendingStarts.Claimed claimed) {
        return claimed.address().replace("@example.com", "");
    }

    @Override
    void settle(String holder, PendingStarts.Claimed claimed, End end, Instant now) {
        PendingStarts.Settlement settlement = switch (end) {
            case DONE -> of(claimed, UpdateState.DONE, false, null);
            case DEAD -> of(claimed, UpdateState.DEAD_LETTERED, false, null);
            case AGAIN_LATER -> of(claimed, UpdateState.PENDING, true, ENDED);
            case GIVEN_BACK -> of(claimed, UpdateState.PENDING, false, null);
        };
        of(holder).settle(List.of(settlement), now);
    }

    private static PendingStarts.Settlement of(
            PendingStarts.Claimed claimed, UpdateState state, boolean own, Instant due) {
        return new PendingStarts.Settlement(claimed, state, null, null, own, false, due);
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
        return database.query(handle -> handle.createQuery("""
                        select state from workflow_start where person_id = (select id from person where address = :address)
                        """)
                .bind("address", person(name).address())
                .mapTo(String.class)
                .one());
    }
}
