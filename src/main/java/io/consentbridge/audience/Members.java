package io.consentbridge.audience;

import io.consentbridge.consent.Person;
import io.consentbridge.store.Columns;
import io.consentbridge.store.Database;
import io.consentbridge.store.PersonNumbers;
import io.consentbridge.store.StoredOutcome;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Who is on a list, by what {@link MemberReading} read and what we delivered. */
public final class Members {

    private final Database database;

    public Members(Database database) {
        this.database = database;
    }

    /** Records that Campaigns listed these people as gone. */
    static void gone(Handle handle, long listId, Collection<Long> people) {
        // People who were put back in vain count as removed by the product, as before. A person who left under one
        // spelling
        // of the address may be active under another.
        PreparedBatch update = handle.prepareBatch("""
                update list_member
                set taken_off = taken_off or returned_at is not null,
                    active = active and exists (
                        select 1 from listed_as a
                        where a.list_id = list_member.list_id and a.person_id = list_member.person_id and a.active),
                    unsure = false, asked_at = null,
                    missing_at = null, lost = false, doubtful = false
                where list_id = :list and person_id = :person
                """);
        people.forEach(
                person -> update.bind("list", listId).bind("person", person).add());
        update.execute();
    }

    /** Leaves out people who were put back on the list since that instant, since a reading may be older. */
    static List<Person> notPutBackSince(Handle handle, long listId, Instant reading, List<Person> people) {
        PersonNumbers numbers = PersonNumbers.known(handle, people);
        Set<Person> since = handle
                .createQuery("""
                        select m.person_id from unnest(:people) as wanted (id)
                        join list_member m on m.person_id = wanted.id and m.list_id = :list
                        where m.returned_at >= :reading
                        """)
                .bindArray("people", Long.class, numbers.all())
                .bind("list", listId)
                .bind("reading", reading)
                .mapTo(Long.class)
                .stream()
                .map(numbers::person)
                .collect(Collectors.toSet());
        return since.isEmpty()
                ? people
                : people.stream().filter(person -> !since.contains(person)).toList();
    }

    /**
     * Records that people who are about to be free on the list again, since they unsubscribed and joined it again, are on it by
     * their own doing: they are members that the product did not subscribe, until it updates them.
     */
    static void joined(Handle handle, long listId, List<Long> people) {
        handle.createUpdate("""
                        update list_member set subscribed_at = null
                        where list_id = :list and person_id = any(:people) and not taken_off and exists (
                            select 1 from suppression s
                            where s.person_id = list_member.person_id and s.list_id = list_member.list_id
                              and s.origin = 'campaigns' and s.reason = 'opted-out')
                        """)
                .bindArray("people", Long.class, people)
                .bind("list", listId)
                .execute();
    }

    /** Leaves out people whom the product took off the list although they had not refused. */
    static List<Person> notTakenOff(Handle handle, long listId, List<Person> people) {
        PersonNumbers numbers = PersonNumbers.known(handle, people);
        Set<Person> taken = handle
                .createQuery("""
                        select m.person_id from unnest(:people) as wanted (id)
                        join list_member m on m.person_id = wanted.id and m.list_id = :list
                        where m.taken_off
                        """)
                .bindArray("people", Long.class, numbers.all())
                .bind("list", listId)
                .mapTo(Long.class)
                .stream()
                .map(numbers::person)
                .collect(Collectors.toSet());
        return people.stream().filter(person -> !taken.contains(person)).toList();
    }

    /**
     * Records that the list is gone, and nobody is on it; people whom the product had subscribed count as lost, so that they
     * are delivered again.
     */
    static void listGone(Handle handle, long listId) {
        handle.createUpdate("""
                        update list_member
                        set active = false, unsure = false, asked_at = null, missing_at = null,
                            lost = (lost or active or missing_at is not null) and subscribed_at is not null and not doubtful
                        where list_id = :list
                        """).bind("list", listId).execute();
        Spellings.listGone(handle, listId);
        handle.createUpdate("update mailing_list set has_lost = true where id = :list")
                .bind("list", listId)
                .execute();
    }

    public static Set<Long> known(Handle handle, long listId, Collection<Long> people) {
        return new HashSet<>(handle.createQuery("""
                        select m.person_id from unnest(:people) as wanted (id)
                        join list_member m on m.person_id = wanted.id and m.list_id = :list
                        where m.list_id is not null
                        """)
                .bind("list", listId)
                .bindArray("people", Long.class, List.copyOf(people))
                .mapTo(Long.class)
                .list());
    }

    /** Whether people whom the product subscribed may be lost, so that they are to be delivered again. */
    public boolean anybodyLost(long listId) {
        return database.query(handle -> handle.createQuery("select 1 from mailing_list where id = :list and has_lost")
                .bind("list", listId)
                .mapTo(Integer.class)
                .findOne()
                .isPresent());
    }

    /**
     * Records that these people are delivered again, and are no longer lost. The fingerprint of their last delivery no
     * longer suppresses the new one.
     */
    public void deliveredAgain(long listId, Collection<Person> people) {
        for (List<Person> piece : Batches.of(people)) {
            database.change(handle -> {
                PreparedBatch update = handle.prepareBatch("""
                        update list_member set lost = false, fingerprint = null
                        where list_id = :list and person_id = :person and not active
                        """);
                PersonNumbers.known(handle, piece)
                        .all()
                        .forEach(person -> update.bind("list", listId)
                                .bind("person", person)
                                .add());
                update.execute();
            });
        }
    }

    /** Ends the search for lost people of a list on which nobody is lost. */
    public void lookedForLost(long listId) {
        database.change(handle -> handle.createUpdate("""
                        update mailing_list set has_lost = false
                        where id = :list and not exists (
                            select 1 from list_member m where m.list_id = :list and m.lost)
                        """).bind("list", listId).execute());
    }

    /** What is known of these people on the list; unknown people are absent. */
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
                : Optional.of(new Member.Counted(row.getString("run_id"), new StoredOutcome(as, null, true).outcome()));
    }

    /** {@link #of(long, Collection)} within the caller's transaction. */
    public Map<Person, Member> of(Handle handle, long listId, PersonNumbers people) {
        Map<Person, Member> found = new HashMap<>();
        handle.createQuery("""
                        select m.person_id, m.active, m.unsure, m.fingerprint, m.content, n.run_id, m.counted_as,
                               m.delivered_at, m.missing_at, m.asked_at
                        from unnest(:people) as wanted (id)
                        join list_member m on m.person_id = wanted.id and m.list_id = :list
                        left join run_number n on n.id = m.counted_run
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
                        Columns.optionalInstant(row, "asked_at"),
                        row.getObject("missing_at") != null))
                .forEach(member -> found.put(member.person(), member));
        return found;
    }
}
