package io.consentbridge.outbox;

import io.consentbridge.audience.FormerAddresses;
import io.consentbridge.audience.ListFamily;
import io.consentbridge.audience.Suppression;
import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.consent.Person;
import io.consentbridge.store.Database;
import java.util.List;
import org.jdbi.v3.core.statement.Query;

/**
 * Members of a list with a known refusal. Membership is a state, so each run looks for them, including members whom others
 * added to the list. A bounce is no refusal, and neither is a removal by the product of a person who came back.
 */
public final class RefusingMembers {

    // People whose removal is pending already are left out. People whom a reading listed as active after we had taken
    // them off were put back, or Campaigns shows the removal late; another removal is right in both cases. Without the
    // coalescing SQLite would find all refusals of the connection, and sort them, for each page.
    private static final String OWN = """
            select /* joined as written */ s.person_id, p.address, s.origin, s.reason
            from suppression s
            join list_member m on m.list_id = :list and m.person_id = s.person_id
            join person p on p.id = s.person_id
            where coalesce(s.connection, '') = :connection and s.list_id = any(:lists) and s.person_id > :after
              and s.reason = any(:refusals) and (m.active or m.unsure or s.origin <> 'campaigns' and m.seen_at > m.left_at)
              and (s.origin <> 'campaigns' or not exists (
                select 1 from list_member there
                where there.list_id = s.list_id and there.person_id = s.person_id and there.taken_off))
              and not exists (
                select 1 from delivery d
                where d.person_id = s.person_id and d.list_id = :list and d.action <> 'subscribe' and d.held_for is null)
            order by s.person_id, s.connection, s.list_id, s.origin fetch first :max rows only
            """;
    private static final String FORMER = """
            select /* joined as written */ f.person_id, p.address, s.origin, s.reason
            from former_address f
            join suppression s on s.person_id = f.former_id and s.connection = f.connection
            join list_member m on m.list_id = :list and m.person_id = f.person_id
            join person p on p.id = f.person_id
            where f.connection = :connection and s.list_id = any(:lists) and f.person_id > :after %s
              and s.reason = any(:refusals) and (m.active or m.unsure or s.origin <> 'campaigns' and m.seen_at > m.left_at)
              and (s.origin <> 'campaigns' or not exists (
                select 1 from list_member before
                where before.list_id = s.list_id and before.person_id = s.person_id and before.taken_off))
              and not exists (
                select 1 from delivery d
                where d.person_id = f.person_id and d.list_id = :list and d.action <> 'subscribe' and d.held_for is null)
            order by f.person_id, f.connection, f.former_id fetch first :max rows only
            """;

    private final Database database;

    public RefusingMembers(Database database) {
        this.database = database;
    }

    /**
     * Somebody on a list who refused.
     *
     * @param number of the person in the database
     * @param origin who says so, see {@link Suppression}
     */
    public record RefusingMember(long number, Person person, String origin, IgnoreReason reason) {

        /** The CRM record that says so; {@link Draft#NO_RECORD} where none does. */
        public String recordId() {
            return origin.startsWith(Suppression.CRM) ? origin.substring(origin.lastIndexOf(':') + 1) : Draft.NO_RECORD;
        }
    }

    /**
     * By their numbers, some at a time; somebody may come twice. A refusal on another list of the same purpose counts (B134).
     *
     * @param after the number of the last one that was given; 0 to begin
     */
    public List<RefusingMember> of(String connection, long listId, long after, int max) {
        return find(OWN, connection, listId, after, max);
    }

    /**
     * The same for what was refused at an earlier address of the person.
     *
     * @param besides whether an address counts too that one of the person's records has besides
     */
    public List<RefusingMember> byFormerAddress(String connection, long listId, long after, int max, boolean besides) {
        return find(FORMER.formatted(besides ? "" : "and not f.besides"), connection, listId, after, max);
    }

    private List<RefusingMember> find(String sql, String connection, long listId, long after, int max) {
        return database.query(handle -> {
            Query query = handle.createQuery(sql);
            return query.bind("connection", connection)
                    .bind("list", listId)
                    .bindArray(
                            "lists", Long.class, ListFamily.of(handle, listId).counting())
                    .bind("after", after)
                    .bind("max", max)
                    .bindArray("refusals", String.class, FormerAddresses.refusals())
                    .map((row, context) -> new RefusingMember(
                            row.getLong("person_id"),
                            new Person(row.getString("address")),
                            row.getString("origin"),
                            IgnoreReason.of(row.getString("reason"))))
                    .list();
        });
    }
}
