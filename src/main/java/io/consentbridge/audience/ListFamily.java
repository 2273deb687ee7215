package io.consentbridge.audience;

import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.store.Columns;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * A list together with the lists on which a refusal counts for it as well: the list of a purpose, and the lists of campaigns of
 * that purpose that have one of their own (B134). Most lists are alone.
 *
 * @param listId the list that is asked about
 * @param others the other lists of its family
 */
public record ListFamily(long listId, List<Long> others) {

    public ListFamily {
        others = List.copyOf(others);
    }

    /** The family of a list, within the caller's transaction. */
    public static ListFamily of(Handle handle, long listId) {
        return new ListFamily(
                listId,
                handle.createQuery("""
                                select o.id from mailing_list l
                                join mailing_list o
                                  on o.connection = l.connection
                                  and coalesce(o.refusals_with, o.id) = coalesce(l.refusals_with, l.id)
                                where l.id = :list and o.id <> l.id order by o.id
                                """).bind("list", listId).mapTo(Long.class).list());
    }

    /** Whether what is known against somebody on that list counts on this one. */
    public boolean counts(long onList) {
        return onList == Suppression.EVERY_LIST || onList == listId || others.contains(onList);
    }

    /** The numbers of all lists whose refusals count, that of every list included. */
    public List<Long> counting() {
        List<Long> all = new ArrayList<>(List.of(Suppression.EVERY_LIST, listId));
        all.addAll(others);
        return all;
    }

    /**
     * What is known against somebody on another list of the family.
     *
     * @param personId number of the person
     * @param listId the other list
     * @param origin who says so, see {@link Suppression}
     * @param reason why
     * @param since when it became known
     */
    public record Elsewhere(long personId, long listId, String origin, IgnoreReason reason, Instant since) {

        /** Whether a CRM record says so. */
        public boolean byCrm() {
            return origin.startsWith(Suppression.CRM);
        }
    }

    /**
     * What is known against these people on the other lists, within the caller's transaction. Campaigns' word about people whom
     * the product took off there is no refusal of theirs.
     */
    public List<Elsewhere> elsewhere(Handle handle, String connection, Collection<Long> people) {
        if (others.isEmpty() || people.isEmpty()) {
            return List.of();
        }
        return handle.createQuery("""
                        select s.person_id, s.list_id, s.origin, s.reason, s.since
                        from unnest(:people) as wanted (id)
                        join suppression s on s.person_id = wanted.id and s.connection = :connection
                        where s.person_id is not null and s.list_id = any(:lists)
                          and (s.origin <> 'campaigns' or not exists (
                            select 1 from list_member m
                            where m.list_id = s.list_id and m.person_id = s.person_id and m.taken_off))
                        """)
                .bindArray("people", Long.class, List.copyOf(people))
                .bindArray("lists", Long.class, others)
                .bind("connection", connection)
                .map((row, context) -> new Elsewhere(
                        row.getLong("person_id"),
                        row.getLong("list_id"),
                        row.getString("origin"),
                        IgnoreReason.of(row.getString("reason")),
                        Columns.instant(row, "since")))
                .list();
    }
}
