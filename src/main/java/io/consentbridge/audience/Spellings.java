package io.consentbridge.audience;

import io.consentbridge.campaigns.ListedMember;
import io.consentbridge.consent.Person;
import io.consentbridge.store.BulkInsert;
import io.consentbridge.store.Columns;
import io.consentbridge.store.Database;
import io.consentbridge.store.PersonNumbers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * The spellings of addresses under which Campaigns lists people, in the table listed_as. Campaigns may take two spellings of
 * one person for two contacts (Z), each of which stays, leaves and comes back on its own.
 *
 * <p>Only people who are listed under another spelling than the normal form of their address have rows; for them every
 * spelling is stored, including the normal form.
 */
public final class Spellings {

    private static final int LONGEST = 1000;

    private final Database database;

    public Spellings(Database database) {
        this.database = database;
    }

    private record Row(long personId, String spelling) {}

    /** Records that Campaigns listed these as gone; call it before the people themselves count as gone. */
    void gone(long listId, Instant reading, Collection<ListedMember> page) {
        write(listId, page, """
                update listed_as set active = false, gone_at = :reading
                where list_id = :list and person_id = :person and spelling = :spelling
                """, reading);
    }

    /**
     * Records that Campaigns listed these as active; call it before the people themselves count as active. A spelling that
     * the same reading listed as gone stays gone, and one that was removed recently may still be listed.
     */
    void active(long listId, Instant reading, Collection<ListedMember> page) {
        write(listId, page, """
                update listed_as
                set seen_at = :reading,
                    active = (gone_at is null or gone_at < :reading) and (active or left_at is null or left_at < :believed)
                where list_id = :list and person_id = :person and spelling = :spelling
                """, reading);
    }

    private void write(long listId, Collection<ListedMember> page, String sql, Instant reading) {
        for (List<ListedMember> piece : Batches.of(page)) {
            database.change(handle -> {
                List<Row> rows = rows(handle, listId, piece);
                BulkInsert.into("listed_as", rows)
                        .number("list_id", listId)
                        .numbers("person_id", Row::personId)
                        .texts("spelling", Row::spelling)
                        .flags("active", row -> true)
                        .executeUnlessThere(handle);
                PreparedBatch update = handle.prepareBatch(sql);
                boolean believes = sql.contains(":believed");
                for (Row row : rows) {
                    if (believes) {
                        update.bind("believed", MemberReading.believed(reading));
                    }
                    update.bind("list", listId)
                            .bind("person", row.personId())
                            .bind("spelling", row.spelling())
                            .bind("reading", reading)
                            .add();
                }
                update.execute();
            });
        }
    }

    /** The rows to store for a page; usually there are none. */
    private static List<Row> rows(Handle handle, long listId, List<ListedMember> page) {
        List<Person> otherwise = page.stream()
                .filter(ListedMember::isSpeltOtherwise)
                .filter(member -> isStorable(member.spelling()))
                .map(ListedMember::person)
                .distinct()
                .toList();
        if (otherwise.isEmpty() && !hasAny(handle, listId)) {
            return List.of();
        }
        begin(handle, listId, PersonNumbers.of(handle, otherwise).all());
        PersonNumbers people = PersonNumbers.known(
                handle, page.stream().map(ListedMember::person).toList());
        Set<Long> kept = new HashSet<>(kept(handle, listId, people.all()).keySet());
        kept.addAll(PersonNumbers.known(handle, otherwise).all());
        Set<Row> rows = new LinkedHashSet<>();
        for (ListedMember member : page) {
            String spelling = spelling(member);
            people.find(member.person())
                    .filter(person -> kept.contains(person) && isStorable(spelling))
                    .ifPresent(person -> rows.add(new Row(person, spelling)));
        }
        return List.copyOf(rows);
    }

    /** People who were known as members or as gone until now were known under the normal form of the address. */
    private static void begin(Handle handle, long listId, Collection<Long> people) {
        handle.createUpdate("""
                        insert into listed_as (list_id, person_id, spelling, active, seen_at, gone_at)
                        select l.id, p.id, p.address, coalesce(m.active, false), m.seen_at, s.seen_at
                        from person p
                        join mailing_list l on l.id = :list
                        left join list_member m on m.list_id = l.id and m.person_id = p.id
                        left join suppression s
                          on s.list_id = l.id and s.person_id = p.id and s.connection = l.connection and s.origin = 'campaigns'
                        where p.id = any(:people) and (m.person_id is not null or s.person_id is not null)
                          and not exists (select 1 from listed_as a where a.list_id = l.id and a.person_id = p.id)
                        """)
                .bind("list", listId)
                .bindArray("people", Long.class, List.copyOf(people))
                .execute();
    }

    private static boolean hasAny(Handle handle, long listId) {
        return handle.createQuery("select 1 from listed_as where list_id = :list fetch first row only")
                .bind("list", listId)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    /** When each spelling of people with rows was last listed as gone, if ever. */
    private static Map<Long, Map<String, Optional<Instant>>> kept(Handle handle, long listId, Collection<Long> people) {
        Map<Long, Map<String, Optional<Instant>>> kept = new HashMap<>();
        handle.createQuery("""
                        select person_id, spelling, gone_at from listed_as
                        where list_id = :list and person_id = any(:people)
                        """)
                .bind("list", listId)
                .bindArray("people", Long.class, List.copyOf(people))
                .map((row, context) -> kept.computeIfAbsent(row.getLong("person_id"), id -> new HashMap<>())
                        .put(row.getString("spelling"), Columns.optionalInstant(row, "gone_at")))
                .list();
        return kept;
    }

    /**
     * The people of a page of active members who may have come back: those listed under the spelling under which they left.
     */
    List<Person> returned(long listId, Collection<ListedMember> page) {
        return database.query(handle -> {
            boolean any = hasAny(handle, listId);
            PersonNumbers people = PersonNumbers.known(
                    handle, any ? page.stream().map(ListedMember::person).toList() : List.of());
            Map<Long, Map<String, Optional<Instant>>> kept = kept(handle, listId, people.all());
            List<Person> returned = new ArrayList<>();
            for (ListedMember member : page) {
                Map<String, Optional<Instant>> spellings =
                        people.find(member.person()).map(kept::get).orElse(null);
                boolean same = spellings == null
                        ? !member.isSpeltOtherwise()
                        : spellings
                                .getOrDefault(spelling(member), Optional.empty())
                                .isPresent();
                if (same) {
                    returned.add(member.person());
                }
            }
            return returned;
        });
    }

    /**
     * Records that this spelling of a person was removed from a list.
     *
     * @param everyList whether it was removed from every list of the connection
     */
    public void left(String connection, long listId, boolean everyList, long personId, String spelling, Instant now) {
        database.change(handle -> handle.createUpdate("""
                        update listed_as set active = false, left_at = :now
                        where person_id = :person and spelling = :spelling
                          and (list_id = :list or :barred and list_id in (
                            select id from mailing_list where connection = :connection))
                        """)
                .bind("now", now)
                .bind("person", personId)
                .bind("spelling", spelling)
                .bind("list", listId)
                .bind("barred", everyList)
                .bind("connection", connection)
                .execute());
    }

    /** Records that these people were removed from the list, under every spelling. */
    public static void tookOff(Handle handle, long listId, Collection<Long> people, Instant now) {
        if (!people.isEmpty()) {
            handle.createUpdate("""
                            update listed_as set active = false, left_at = :now
                            where list_id = :list and person_id = any(:people) and active
                            """)
                    .bind("now", now)
                    .bind("list", listId)
                    .bindArray("people", Long.class, List.copyOf(people))
                    .execute();
        }
    }

    /** Records that these people were removed from every list of the connection, under every spelling. */
    public static void barred(Handle handle, String connection, Collection<Long> people, Instant now) {
        handle.createUpdate("""
                        update listed_as set active = false, left_at = :now
                        where person_id = any(:people) and active
                          and list_id in (select id from mailing_list where connection = :connection)
                        """)
                .bind("now", now)
                .bindArray("people", Long.class, List.copyOf(people))
                .bind("connection", connection)
                .execute();
    }

    /** Ends a full reading: spellings that neither this one nor the reading before listed are no longer active. */
    static void read(Handle handle, long listId, Instant earlier) {
        handle.createUpdate("""
                        update listed_as set active = false
                        where list_id = :list and active and (seen_at is null or seen_at < :earlier and seen_at < (
                            select l.members_read_at from mailing_list l where l.id = :list))
                        """).bind("list", listId).bind("earlier", earlier).execute();
    }

    static void listGone(Handle handle, long listId) {
        handle.createUpdate("update listed_as set active = false where list_id = :list")
                .bind("list", listId)
                .execute();
    }

    /**
     * The spellings under which Campaigns lists the people of these deliveries; for Do-Not-Mail, on any list of the
     * connection.
     */
    public static Map<Long, List<String>> of(Handle handle, Collection<Long> deliveries) {
        Map<Long, Set<String>> found = new LinkedHashMap<>();
        handle.createQuery("""
                        select d.id, a.spelling from delivery d
                        join listed_as a on a.person_id = d.person_id and a.active
                        where d.id = any(:ids) and (a.list_id = d.list_id or d.action = 'do-not-mail' and a.list_id in (
                            select l.id from mailing_list l where l.connection = d.connection))
                        order by d.id, a.spelling
                        """)
                .bindArray("ids", Long.class, List.copyOf(deliveries))
                .map((row, context) -> found.computeIfAbsent(row.getLong("id"), id -> new LinkedHashSet<>())
                        .add(row.getString("spelling")))
                .list();
        Map<Long, List<String>> spellings = new HashMap<>();
        found.forEach((id, all) -> spellings.put(id, List.copyOf(all)));
        return spellings;
    }

    private static String spelling(ListedMember member) {
        return member.isSpeltOtherwise() ? member.spelling() : member.person().address();
    }

    // No database stores the characters that are left out here, nor does an address contain them.
    private static boolean isStorable(String spelling) {
        return spelling.length() <= LONGEST
                && spelling.codePoints()
                        .noneMatch(point -> point == 0 || Character.getType(point) == Character.SURROGATE);
    }
}
