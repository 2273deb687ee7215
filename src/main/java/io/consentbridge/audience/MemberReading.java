package io.consentbridge.audience;

import io.consentbridge.consent.Person;
import io.consentbridge.store.Database;
import io.consentbridge.store.PersonNumbers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Learns from Campaigns' own listing who is on a list.
 *
 * <p>A full reading is {@link Suppressions#beginReading}, any number of {@link #listed}, {@link #finishReading}. One that is not
 * finished has done no harm; it begins again. Two processes may read at once: whom the later one listed stays listed.
 *
 * <p>Pages shift while they are read, and Zoho does not say how soon a change is seen in them. So a person
 * whom a full reading does not bring is only missing, and may still be on the list, until a later full reading confirms it.
 */
public final class MemberReading {

    /** How late a change may become visible in Campaigns' listings (Z); it is not documented. */
    private static final Duration LATE = Duration.ofMinutes(10);

    private final Database database;

    public MemberReading(Database database) {
        this.database = database;
    }

    /** The time before which our own changes are visible to a look. */
    static Instant believed(Instant look) {
        return look.minus(LATE);
    }

    /**
     * Campaigns listed these people as active. May be repeated; any number of people. People whom the same look, or a later
     * one, saw among those who left are passed over: the refusal wins. A person who left under one spelling of the
     * address and is active under another is not passed over ({@link Spellings}).
     *
     * @return how many of them we did not know there
     */
    public int listed(long listId, Instant reading, Collection<Person> people) {
        int news = 0;
        for (List<Person> piece : Batches.of(people)) {
            news += database.transaction(handle -> listed(
                    handle, listId, reading, PersonNumbers.of(handle, piece).all()));
        }
        return news;
    }

    private static int listed(Handle handle, long listId, Instant reading, List<Long> people) {
        Set<Long> known = Members.known(handle, listId, people);
        Set<Long> onList = onList(handle, listId, people);
        List<Long> there = new ArrayList<>(people);
        there.removeAll(goneNow(handle, listId, reading, people));
        // People whom we took off lately may still be listed as before.
        PreparedBatch update = handle.prepareBatch("""
                update list_member
                set active = active or left_at is null or left_at < :believed,
                    unsure = asked_at is not null and asked_at >= :reading,
                    asked_at = case when asked_at >= :reading then asked_at end,
                    taken_off = taken_off and (left_at >= :believed or exists (
                        select 1 from suppression s where s.person_id = list_member.person_id
                          and s.list_id = list_member.list_id and s.origin = 'campaigns' and s.seen_at >= :reading)),
                    returned_at = case when returned_at >= :reading then returned_at end,
                    missing_at = null, lost = false, doubtful = false,
                    seen_at = case when seen_at > :reading then seen_at else :reading end
                where list_id = :list and person_id = :person
                """);
        PreparedBatch insert = handle.prepareBatch(
                "insert into list_member (list_id, person_id, active, seen_at) values (:list, :person, true, :reading)");
        for (long person : there) {
            PreparedBatch batch = known.contains(person) ? update.bind("believed", believed(reading)) : insert;
            batch.bind("list", listId)
                    .bind("person", person)
                    .bind("reading", reading)
                    .add();
        }
        update.execute();
        insert.execute();
        there.removeAll(onList);
        return there.size();
    }

    private static Set<Long> onList(Handle handle, long listId, List<Long> people) {
        return new HashSet<>(handle.createQuery("""
                        select m.person_id from unnest(:people) as wanted (id)
                        join list_member m on m.person_id = wanted.id and m.list_id = :list
                        where m.active
                        """)
                .bind("list", listId)
                .bindArray("people", Long.class, people)
                .mapTo(Long.class)
                .list());
    }

    private static Set<Long> goneNow(Handle handle, long listId, Instant reading, List<Long> people) {
        return new HashSet<>(handle.createQuery("""
                        select s.person_id from unnest(:people) as wanted (id)
                        join mailing_list l on l.id = :list
                        join suppression s
                          on s.person_id = wanted.id and s.connection = l.connection and s.list_id = l.id
                          and s.origin = 'campaigns'
                        where s.seen_at >= :reading and not exists (
                            select 1 from listed_as a
                            where a.list_id = l.id and a.person_id = s.person_id and a.active)
                        """)
                .bind("list", listId)
                .bind("reading", reading)
                .bindArray("people", Long.class, people)
                .mapTo(Long.class)
                .list());
    }

    /**
     * Everybody was read, and the list's members count as read. People who were neither listed nor delivered since it began are
     * missing: they may still be on the list, and no longer count as active. When an earlier reading missed them too, they are
     * gone; people whom we subscribed are lost then, and are delivered again. When the number of complaints has changed,
     * nobody is lost: people who complained are not listed, and may be among the missing.
     *
     * @param complaints how many people of the list complained of spam
     * @return how many are missing who were not before
     */
    public int finishReading(long listId, Instant reading, long complaints) {
        return database.transaction(handle -> {
            boolean doubtful = handle.createQuery(
                            "select 1 from mailing_list where id = :list and coalesce(spam_count, 0) <> :complaints")
                    .bind("list", listId)
                    .bind("complaints", complaints)
                    .mapTo(Integer.class)
                    .findOne()
                    .isPresent();
            handle.createUpdate("""
                            update list_member
                            set unsure = false, lost = subscribed_at is not null and not doubtful and not cast(:doubtful as boolean),
                                doubtful = doubtful or cast(:doubtful as boolean), missing_at = null
                            where list_id = :list and missing_at <= :earlier
                            """)
                    .bind("doubtful", doubtful)
                    .bind("earlier", believed(reading))
                    .bind("list", listId)
                    .execute();
            Spellings.read(handle, listId, believed(reading));
            int missing = handle.createUpdate("""
                            update list_member
                            set active = false, unsure = true, missing_at = :reading, doubtful = :doubtful
                            where list_id = :list and active
                              and (seen_at is null or seen_at < :reading)
                              and (delivered_at is null or delivered_at < :reading)
                            """)
                    .bind("doubtful", doubtful)
                    .bind("reading", reading)
                    .bind("list", listId)
                    .execute();
            handle.createUpdate("""
                            update mailing_list
                            set members_read_at = :reading, spam_count = :complaints,
                                missing_since = (
                                    select min(m.missing_at) from list_member m where m.list_id = :list),
                                foreign_count = (
                                    select count(*) from list_member m
                                    where m.list_id = :list and m.active and m.subscribed_at is null),
                                missing_count = (
                                    select count(*) from list_member m
                                    where m.list_id = :list and (m.missing_at is not null or m.lost or m.doubtful)
                                      and m.subscribed_at is not null),
                                has_lost = exists (select 1 from list_member m where m.list_id = :list and m.lost)
                            where id = :list and (members_read_at is null or members_read_at < :reading)
                            """)
                    .bind("complaints", complaints)
                    .bind("reading", reading)
                    .bind("list", listId)
                    .execute();
            return missing;
        });
    }

    /** Whether people are missing since so long that another reading of everybody can confirm it. */
    boolean toConfirm(long listId, Instant reading) {
        return database.query(handle -> handle.createQuery(
                        "select 1 from mailing_list where id = :list and missing_since <= :earlier")
                .bind("list", listId)
                .bind("earlier", believed(reading))
                .mapTo(Integer.class)
                .findOne()
                .isPresent());
    }

    /** Whether somebody was asked to confirm and is not listed as active yet. */
    public boolean anybodyAsked(long listId) {
        return database.query(handle -> handle.createQuery("""
                        select 1 from list_member
                        where list_id = :list and asked_at is not null and not active fetch first row only
                        """)
                .bind("list", listId)
                .mapTo(Integer.class)
                .findOne()
                .isPresent());
    }
}
