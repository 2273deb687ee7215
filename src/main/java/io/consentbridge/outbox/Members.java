package io.consentbridge.outbox;

import io.consentbridge.consent.Person;
import io.consentbridge.store.Columns;
import io.consentbridge.store.Database;
import io.consentbridge.store.PersonNumbers;
import io.consentbridge.store.StoredOutcome;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Who is on a list, learnt from Campaigns' own listing and from what we delivered.
 *
 * <p>A full reading is {@link #beginReading}, any number of {@link #listed}, {@link #finishReading}. One that is not
 * finished has done no harm; it begins again. Two processes may read at once: whom the later one listed stays listed.
 */
public final class Members {

    private final Database database;
    private final InstantSource clock;

    public Members(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Begins a reading of the active members of a list; the result stands for it. */
    public Instant beginReading(long listId) {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** Campaigns listed these people as active. May be repeated; any number of people. */
    public void listed(long listId, Instant reading, Collection<Person> people) {
        for (List<Person> piece : Batches.of(people)) {
            database.change(handle -> listed(
                    handle, listId, reading, PersonNumbers.of(handle, piece).all()));
        }
    }

    private static void listed(Handle handle, long listId, Instant reading, List<Long> people) {
        Set<Long> known = known(handle, listId, people);
        // Who was unsubscribed by us while the reading went on may have been listed just before.
        PreparedBatch update = handle.prepareBatch("""
                update list_member
                set active = active or delivered_at is null or delivered_at < :reading,
                    unsure = asked_at is not null and asked_at >= :reading,
                    asked_at = case when asked_at >= :reading then asked_at end,
                    seen_at = case when seen_at > :reading then seen_at else :reading end
                where list_id = :list and person_id = :person
                """);
        PreparedBatch insert = handle.prepareBatch(
                "insert into list_member (list_id, person_id, active, seen_at) values (:list, :person, true, :reading)");
        people.forEach(person -> (known.contains(person) ? update : insert)
                .bind("list", listId)
                .bind("person", person)
                .bind("reading", reading)
                .add());
        update.execute();
        insert.execute();
    }

    static Set<Long> known(Handle handle, long listId, Collection<Long> people) {
        return new HashSet<>(handle.createQuery("""
                        select m.person_id from unnest(cast(:people as bigint array)) as wanted (id)
                        left join list_member m on m.person_id = wanted.id and m.list_id = :list
                        where m.list_id is not null
                        """)
                .bind("list", listId)
                .bindArray("people", Long.class, List.copyOf(people))
                .mapTo(Long.class)
                .list());
    }

    /**
     * Everybody was read: whoever was neither listed nor delivered since the reading began is no longer active, and the
     * list's members count as read.
     *
     * @return how many became inactive
     */
    public int finishReading(long listId, Instant reading) {
        return database.transaction(handle -> {
            handle.createUpdate("update mailing_list set members_read_at = :reading where id = :list")
                    .bind("reading", reading)
                    .bind("list", listId)
                    .execute();
            return handle.createUpdate("""
                            update list_member set active = false
                            where list_id = :list and active
                              and (seen_at is null or seen_at < :reading)
                              and (delivered_at is null or delivered_at < :reading)
                            """)
                    .bind("reading", reading)
                    .bind("list", listId)
                    .execute();
        });
    }

    /** Whether somebody was asked to confirm and is not listed as active yet. */
    boolean anybodyAsked(long listId) {
        return database.query(handle -> handle.createQuery("""
                        select 1 from list_member
                        where list_id = :list and asked_at is not null and not active fetch first row only
                        """)
                .bind("list", listId)
                .mapTo(Integer.class)
                .findOne()
                .isPresent());
    }

    /** What is known of these people on the list; people of whom nothing is known are absent. */
    public Map<Person, Member> of(long listId, Collection<Person> people) {
        return database.query(handle -> of(handle, listId, PersonNumbers.known(handle, people)));
    }

    private static Optional<LastDelivered> last(ResultSet row) throws SQLException {
        String content = row.getString("content");
        return Columns.optionalText(row, "fingerprint").map(fingerprint -> new LastDelivered(fingerprint, content));
    }

    private static Optional<Member.Counted> counted(ResultSet row) throws SQLException {
        String as = row.getString("counted_as");
        return as == null
                ? Optional.empty()
                : Optional.of(
                        new Member.Counted(row.getString("counted_run"), new StoredOutcome(as, null, true).outcome()));
    }

    /** {@link #of(long, Collection)} within the caller's transaction. */
    public Map<Person, Member> of(Handle handle, long listId, PersonNumbers people) {
        Map<Person, Member> found = new HashMap<>();
        handle.createQuery("""
                        select m.person_id, m.active, m.unsure, m.fingerprint, m.content, m.counted_run, m.counted_as,
                               m.delivered_at, m.asked_at
                        from unnest(cast(:people as bigint array)) as wanted (id)
                        left join list_member m on m.person_id = wanted.id and m.list_id = :list
                        where m.list_id is not null
                        """)
                .bind("list", listId)
                .bindArray("people", Long.class, people.all())
                .map((row, context) -> new Member(
                        listId,
                        people.person(row.getLong("person_id")),
                        row.getBoolean("active"),
                        row.getBoolean("unsure"),
                        last(row),
                        counted(row),
                        Columns.optionalInstant(row, "delivered_at"),
                        Columns.optionalInstant(row, "asked_at")))
                .forEach(member -> found.put(member.person(), member));
        return found;
    }
}
