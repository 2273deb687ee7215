package io.consentbridge.audience;

import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.consent.Person;
import io.consentbridge.store.BulkInsert;
import io.consentbridge.store.Columns;
import io.consentbridge.store.PersonNumbers;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * The former addresses of records, and their second addresses. A person who refused mail at one address refused it at all of
 * theirs: a refusal at a former address counts for the later one as long as it is in force, and a refusal at one address of
 * a record counts for its others.
 *
 * <p>A bounce does not count, since it is why addresses are corrected; nor does it count that the product removed the former
 * address from a list because the record's address changed.
 */
public final class FormerAddresses {

    /** The reasons that are a refusal by the person, at any of their addresses. */
    private static final Set<IgnoreReason> REFUSALS =
            Set.of(IgnoreReason.OPTED_OUT, IgnoreReason.DO_NOT_MAIL, IgnoreReason.BLOCKED);

    private FormerAddresses() {}

    /** A record whose address was changed from one person's to another's. */
    public record Moved(String recordId, Person from, Person to) {}

    /**
     * A refusal that counts for a person because of another address.
     *
     * @param personId number of the person with the present address
     * @param listId the list for which it counts
     * @param byCrm whether a CRM record refuses
     * @param second whether it is a second address of one of their records, and not a former one
     */
    public record Against(
            long personId, long listId, IgnoreReason reason, boolean byCrm, Instant since, boolean second) {

        private static Against of(ResultSet row, StatementContext context) throws SQLException {
            return new Against(
                    row.getLong("person_id"),
                    row.getLong("list_id"),
                    IgnoreReason.of(row.getString("reason")),
                    row.getString("origin").startsWith(Suppression.CRM),
                    Columns.instant(row, "since"),
                    false);
        }

        private Against whoIsNow(long person, boolean besides) {
            return new Against(person, listId, reason, byCrm, since, besides);
        }

        /** The same as a suppression of its person. */
        Suppression suppression(String connection, Person person) {
            String origin = second ? Suppression.SECOND_ADDRESS : Suppression.FORMER_ADDRESS;
            return new Suppression(connection, person, listId, origin, reason, since);
        }
    }

    /** Whether a suppression for that reason counts for later addresses; removals by the product are handled elsewhere. */
    public static boolean follows(IgnoreReason reason) {
        return REFUSALS.contains(reason);
    }

    public static List<String> refusals() {
        return REFUSALS.stream().map(IgnoreReason::word).toList();
    }

    /** Remembers, within the caller's transaction, that the addresses of records of a sync changed. */
    public static void moved(Handle handle, String connection, String sync, Collection<Moved> moves) {
        if (moves.isEmpty()) {
            return;
        }
        List<Person> named = new ArrayList<>();
        moves.forEach(move -> named.addAll(List.of(move.from(), move.to())));
        PersonNumbers people = PersonNumbers.of(handle, named);
        Map<Long, Map<Long, Boolean>> formers = formers(handle, connection, people.all());
        PreparedBatch forget =
                handle.prepareBatch("delete from former_address where record_id = :record and sync = :sync");
        Set<Row> rows = new LinkedHashSet<>();
        for (Moved move : moves) {
            long to = people.of(move.to());
            long from = people.of(move.from());
            forget.bind("record", move.recordId()).bind("sync", sync).add();
            Set<Long> all = new HashSet<>();
            formers.getOrDefault(from, Map.of()).forEach((former, second) -> {
                if (!second) {
                    all.add(former);
                }
            });
            all.add(from);
            all.remove(to);
            all.forEach(former -> rows.add(new Row(to, former, move.recordId())));
        }
        forget.execute();
        BulkInsert.into("former_address", List.copyOf(rows))
                .numbers("person_id", Row::personId)
                .text("connection", connection)
                .numbers("former_id", Row::formerId)
                .text("sync", sync)
                .texts("record_id", Row::recordId)
                .execute(handle);
    }

    private record Row(long personId, long formerId, String recordId) {}

    /**
     * Remembers, within the caller's transaction, the addresses of records. Nothing is kept of a record with only one.
     *
     * @param addresses the people of each record, by record id
     */
    public static void besides(Handle handle, String connection, Map<String, Set<Person>> addresses) {
        if (addresses.isEmpty()) {
            return;
        }
        Map<String, Set<Person>> several = new HashMap<>(addresses);
        several.values().removeIf(people -> people.size() < 2);
        List<Person> named = several.values().stream().flatMap(Set::stream).toList();
        PersonNumbers people = PersonNumbers.of(handle, named);
        Set<Row> rows = new LinkedHashSet<>();
        several.forEach((record, of) -> of.forEach(person -> of.stream()
                .filter(other -> !other.equals(person))
                .filter(other ->
                        people.find(person).isPresent() && people.find(other).isPresent())
                .forEach(other -> rows.add(new Row(people.of(person), people.of(other), record)))));
        Set<Row> known = new HashSet<>(handle.createQuery("""
                        select f.person_id, f.former_id, f.record_id
                        from unnest(:records) as wanted (id)
                        join former_address f on f.record_id = wanted.id and f.sync = '' and f.connection = :connection
                        where f.besides
                        """)
                .bindArray("records", String.class, List.copyOf(addresses.keySet()))
                .bind("connection", connection)
                .map((row, context) ->
                        new Row(row.getLong("person_id"), row.getLong("former_id"), row.getString("record_id")))
                .list());
        PreparedBatch forget = handle.prepareBatch("""
                delete from former_address
                where record_id = :record and sync = '' and connection = :connection and person_id = :person
                  and former_id = :former
                """);
        known.stream()
                .filter(row -> !rows.contains(row))
                .forEach(row -> forget.bind("record", row.recordId())
                        .bind("connection", connection)
                        .bind("person", row.personId())
                        .bind("former", row.formerId())
                        .add());
        forget.execute();
        rows.removeAll(known);
        BulkInsert.into("former_address", List.copyOf(rows))
                .numbers("person_id", Row::personId)
                .text("connection", connection)
                .numbers("former_id", Row::formerId)
                .text("sync", "")
                .texts("record_id", Row::recordId)
                .flags("besides", row -> true)
                .execute(handle);
    }

    /** By person: the other addresses, and whether they are only second ones. */
    private static Map<Long, Map<Long, Boolean>> formers(Handle handle, String connection, List<Long> people) {
        Map<Long, Map<Long, Boolean>> formers = new HashMap<>();
        handle.createQuery("""
                        select f.person_id, f.former_id, f.besides from unnest(:people) as wanted (id)
                        join former_address f on f.person_id = wanted.id and f.connection = :connection
                        where f.person_id is not null
                        """)
                .bindArray("people", Long.class, people)
                .bind("connection", connection)
                .map((row, context) -> formers.computeIfAbsent(row.getLong("person_id"), id -> new HashMap<>())
                        .merge(row.getLong("former_id"), row.getBoolean("besides"), Boolean::logicalAnd))
                .list();
        return formers;
    }

    /** The names of the connections on which other addresses of these people are known, within the caller's transaction. */
    static List<String> connections(Handle handle, List<Long> people) {
        return handle.createQuery("""
                        select distinct f.connection from unnest(:people) as wanted (id)
                        join former_address f on f.person_id = wanted.id
                        where f.person_id is not null order by f.connection
                        """)
                .bindArray("people", Long.class, people)
                .mapTo(String.class)
                .list();
    }

    /** The suppressions of these people because of other addresses, on any list of the connection. */
    public static List<Against> against(Handle handle, String connection, List<Long> people) {
        Map<Long, Map<Long, Boolean>> formers = formers(handle, connection, people);
        if (formers.isEmpty()) {
            return List.of();
        }
        Set<Long> wanted = new HashSet<>();
        formers.values().forEach(before -> wanted.addAll(before.keySet()));
        Map<Long, List<Against>> byFormer = refusals(handle, connection, wanted);
        List<Against> against = new ArrayList<>();
        formers.forEach((person, before) -> before.forEach((former, second) -> byFormer.getOrDefault(former, List.of())
                .forEach(refusal -> against.add(refusal.whoIsNow(person, second)))));
        return against;
    }

    private static Map<Long, List<Against>> refusals(Handle handle, String connection, Set<Long> people) {
        return handle
                .createQuery("""
                        select s.person_id, s.list_id, s.reason, s.origin, s.since
                        from unnest(:people) as wanted (id)
                        join suppression s on s.person_id = wanted.id and s.connection = :connection
                        where s.person_id is not null
                          and (s.origin <> 'campaigns' or not exists (
                            select 1 from list_member m
                            where m.list_id = s.list_id and m.person_id = s.person_id and m.taken_off))
                        """)
                .bindArray("people", Long.class, List.copyOf(people))
                .bind("connection", connection)
                .map(Against::of)
                .stream()
                .filter(against -> REFUSALS.contains(against.reason()))
                .collect(Collectors.groupingBy(Against::personId));
    }

    /**
     * The people of whom these are former addresses, by former address, within the caller's transaction.
     *
     * @param besides whether people also count who have one of these addresses as a second one
     */
    public static Map<Person, Set<Person>> successors(
            Handle handle, String connection, Collection<Person> earlier, boolean besides) {
        PersonNumbers people = PersonNumbers.known(handle, earlier);
        Map<Long, Set<Long>> found = new HashMap<>();
        handle.createQuery("""
                        select f.former_id, f.person_id from unnest(:people) as wanted (id)
                        join former_address f on f.former_id = wanted.id and f.connection = :connection
                        where f.person_id is not null and (:besides or not f.besides)
                        """)
                .bind("besides", besides)
                .bindArray("people", Long.class, people.all())
                .bind("connection", connection)
                .map((row, context) -> found.computeIfAbsent(row.getLong("former_id"), id -> new HashSet<>())
                        .add(row.getLong("person_id")))
                .list();
        if (found.isEmpty()) {
            return Map.of();
        }
        Set<Long> later = new HashSet<>();
        found.values().forEach(later::addAll);
        PersonNumbers names = PersonNumbers.numbered(handle, later);
        Map<Person, Set<Person>> successors = new HashMap<>();
        found.forEach((former, now) -> successors.put(
                people.person(former), now.stream().map(names::person).collect(Collectors.toSet())));
        return successors;
    }
}
