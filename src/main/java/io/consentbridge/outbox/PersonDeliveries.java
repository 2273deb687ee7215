package io.consentbridge.outbox;

import io.consentbridge.audience.Contents;
import io.consentbridge.consent.Person;
import io.consentbridge.store.Columns;
import io.consentbridge.store.Database;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jdbi.v3.core.mapper.RowMapper;

/** What lists and outbox know of one person; for explanations. */
public final class PersonDeliveries {

    private final Database database;

    public PersonDeliveries(Database database) {
        this.database = database;
    }

    /**
     * What is known of the person on one list.
     *
     * @param unsure whether a subscription was sent of which nobody heard what became
     * @param askedAt when Campaigns asked the person to confirm, which they are not known to have done
     * @param takenOff that we took them off it though they had not refused; empty while that is not so
     * @param listedAs under which spellings of the address Campaigns lists them, where one is not its one form; empty otherwise
     * @param content what was delivered last, by field; empty when nothing was, or nobody knows
     */
    public record Membership(
            String connection,
            String list,
            boolean active,
            boolean unsure,
            Optional<Instant> askedAt,
            Optional<Instant> deliveredAt,
            Optional<Instant> seenAt,
            Optional<TakenOff> takenOff,
            List<String> listedAs,
            Map<String, String> content) {
        @Override
        public String toString() {
            return "membership of " + list;
        }
    }

    /**
     * A delivery that waits or flies.
     *
     * @param held whether it waits until the reading of its sync has ended, or for the review of a campaign
     * @param campaign the campaign whose review a subscription waits for; empty for none
     */
    public record Waiting(
            String connection,
            String list,
            String action,
            Instant due,
            boolean held,
            Optional<String> campaign,
            int rounds,
            String runId,
            String recordId) {}

    /** A delivery that waits for a person's help, or is in replay. */
    public record Letter(
            String connection,
            long id,
            String list,
            String action,
            String cause,
            Instant parkedAt,
            boolean replaying) {}

    /** The lists on which the person is known, by name. */
    public List<Membership> memberships(Person person) {
        Map<Long, List<String>> spellings = spellings(person);
        return list(
                person,
                """
                select l.connection, l.id as list_id, l.name, m.active, m.unsure, m.asked_at, m.delivered_at, m.seen_at, m.content,
                    m.taken_off, m.taken_off_by, m.taken_off_because, m.taken_off_sure, m.returned_at,
                    coalesce(m.left_at, m.delivered_at) as left_at
                from person p join mailing_list l on true join list_member m on m.list_id = l.id and m.person_id = p.id
                where p.address = :person order by l.connection, l.name
                """,
                (row, context) -> new Membership(
                        row.getString("connection"),
                        row.getString("name"),
                        row.getBoolean("active"),
                        row.getBoolean("unsure") && row.getObject("asked_at") == null,
                        row.getBoolean("active") ? Optional.empty() : Columns.optionalInstant(row, "asked_at"),
                        Columns.optionalInstant(row, "delivered_at"),
                        Columns.optionalInstant(row, "seen_at"),
                        row.getBoolean("taken_off") && !row.getBoolean("active")
                                ? Optional.of(TakenOff.row(row))
                                : Optional.empty(),
                        spellings.getOrDefault(row.getLong("list_id"), List.of()),
                        Columns.optionalText(row, "content")
                                .map(content -> Contents.read(content).contactInfo())
                                .orElse(Map.of())));
    }

    private Map<Long, List<String>> spellings(Person person) {
        Map<Long, List<String>> spellings = new HashMap<>();
        list(
                person,
                """
                select a.list_id, a.spelling from person p join listed_as a on a.person_id = p.id
                where p.address = :person and a.active order by a.list_id, a.spelling
                """,
                (row, context) -> spellings
                        .computeIfAbsent(row.getLong("list_id"), list -> new ArrayList<>())
                        .add(row.getString("spelling")));
        return spellings;
    }

    /** First and last name of people, by address, as they were delivered; absent of whom none was. */
    public Map<String, String> names(Collection<String> addresses) {
        Map<String, String> names = new HashMap<>();
        database.query(handle -> handle.createQuery("""
                        select p.address, m.content from unnest(:addresses) as wanted (address)
                        join person p on p.address = wanted.address join mailing_list l on true
                        join list_member m on m.list_id = l.id and m.person_id = p.id
                        where m.content is not null
                        """)
                        .bindArray("addresses", String.class, List.copyOf(addresses))
                        .map((row, context) -> Map.entry(
                                row.getString("address"),
                                Contents.read(row.getString("content")).contactInfo()))
                        .list())
                .forEach(known -> {
                    Map<String, String> said = known.getValue();
                    String name = said.getOrDefault("First Name", "") + " " + said.getOrDefault("Last Name", "");
                    if (!name.isBlank()) {
                        names.put(known.getKey(), name.strip());
                    }
                });
        return names;
    }

    /**
     * The addresses of people of whom that name was delivered, in their order: each of its words is one of their first or last name.
     *
     * @param most how many at most
     */
    public List<String> called(String name, int most) {
        Set<String> words = words(name);
        String longest = words.stream()
                .max(Comparator.comparingInt(String::length))
                .orElse("")
                .replaceAll("[\\\\%_]", "\\\\$0");
        return database.query(handle -> {
            Set<String> found = new TreeSet<>();
            handle
                    .createQuery("""
                            select p.address, m.content from list_member m join person p on p.id = m.person_id
                            where m.content is not null and lower(m.content) like :word
                            """)
                    .bind("word", "%" + longest + "%")
                    .map((row, context) -> Map.entry(
                            row.getString("address"),
                            Contents.read(row.getString("content")).contactInfo()))
                    .stream()
                    .filter(entry -> words(entry.getValue().getOrDefault("First Name", "") + " "
                                    + entry.getValue().getOrDefault("Last Name", ""))
                            .containsAll(words))
                    .map(Map.Entry::getKey)
                    .takeWhile(address -> found.size() < most)
                    .forEach(found::add);
            return List.copyOf(found);
        });
    }

    private static Set<String> words(String name) {
        return Arrays.stream(name.strip().toLowerCase(Locale.ROOT).split("\\s+"))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toSet());
    }

    /** What is about to be done to the person, by list. */
    public List<Waiting> waiting(Person person) {
        return list(
                person,
                """
                select l.connection, l.name, d.action, d.due_at, d.held_for, d.rounds, d.run_id, d.record_id,
                    (select min(k.campaign) from list_lock k where k.list_id = d.list_id and d.action = 'subscribe') as campaign
                from person p join delivery d on d.person_id = p.id join mailing_list l on l.id = d.list_id
                where p.address = :person order by l.name
                """,
                (row, context) -> new Waiting(
                        row.getString("connection"),
                        row.getString("name"),
                        row.getString("action"),
                        Columns.instant(row, "due_at"),
                        row.getString("held_for") != null || row.getString("campaign") != null,
                        Columns.optionalText(row, "campaign"),
                        row.getInt("rounds"),
                        row.getString("run_id"),
                        row.getString("record_id")));
    }

    /** What could not be done to the person, by number. */
    public List<Letter> deadLetters(Person person) {
        return list(
                person,
                """
                select l.connection, d.id, l.name, d.action, d.cause, d.parked_at, d.replaying
                from person p join dead_letter d on d.person_id = p.id join mailing_list l on l.id = d.list_id
                where p.address = :person order by d.id
                """,
                (row, context) -> new Letter(
                        row.getString("connection"),
                        row.getLong("id"),
                        row.getString("name"),
                        row.getString("action"),
                        row.getString("cause"),
                        Columns.instant(row, "parked_at"),
                        row.getBoolean("replaying")));
    }

    private <T> List<T> list(Person person, String query, RowMapper<T> row) {
        return database.query(handle -> handle.createQuery(query)
                .bind("person", person.address())
                .map(row)
                .list());
    }
}
