package io.consentbridge.person;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/**
 * The statements that remove what tables hold about a person. Every column of {@code MergedPeople} is in one of them.
 *
 * <p>What steers deliveries stays until the removals have left: the other rows go first, so that nothing new follows from them, and
 * once more in the end, since a page that was read before may bring some of them back.
 */
final class PersonRows {

    /** Outcomes stay, as of nobody, since runs count them. */
    static final String OUTCOMES_OF_NOBODY = """
            update outcome set person_id = null, address = null, detail = null, failure = null, fingerprint = null,
                record_id = 'erased-' || id
            where id = any(:outcomes)
            """;

    /** What is removed at once, in this order. */
    private static final Map<String, String> FIRST = new LinkedHashMap<>();

    /** What is removed besides once nothing is pending. */
    private static final Map<String, String> LAST = new LinkedHashMap<>();

    static {
        FIRST.put("consent_end", """
                delete from consent_end where (sync, record_id) in (
                    select s.sync, s.record_id from source_record s where s.person_id = :person)
                """);
        FIRST.put("changed_record", """
                delete from changed_record where (sync, record_id) in (
                    select s.sync, s.record_id from source_record s where s.person_id = :person)
                """);
        FIRST.put("remaining_record", """
                delete from remaining_record where (sync, record_id) in (
                    select s.sync, s.record_id from source_record s where s.person_id = :person)
                """);
        FIRST.put("source_record", "delete from source_record where person_id = :person");
        FIRST.put("record_update", """
                delete from record_update where id in (
                    select id from record_update
                    where record_id = any(:records) and person_id is null
                      and (connection || ' ' || record_id = any(:named) or ' ' || record_id = any(:named))
                    union select id from record_update where person_id = :person)
                """);
        FIRST.put("workflow_start", "delete from workflow_start where person_id = :person");
        FIRST.put("campaign_reaction", "delete from campaign_reaction where person_id = :person");
        FIRST.put("plan_line", """
                delete from plan_line where record_id = any(:records) and plan in (
                    select id from plan union select id from run where plan is not null)
                """);
        FIRST.put("confirmation_mail", """
                delete from confirmation_mail where request_id in (
                    select r.id from confirmation_request r where r.person_id = :person)
                """);
        FIRST.put("confirmation_request", "delete from confirmation_request where person_id = :person");
        FIRST.put("unknown_word", "delete from unknown_word where person_id = :person");
        FIRST.put("refused_address", "delete from refused_address where person_id = :person");

        LAST.put("delivery", "delete from delivery where person_id = :person");
        LAST.put("dead_letter", "delete from dead_letter where person_id = :person");
        LAST.put("list_member", """
                delete from list_member where list_id in (select id from mailing_list) and person_id = :person
                """);
        LAST.put("listed_as", "delete from listed_as where person_id = :person");
        LAST.put("suppression", "delete from suppression where person_id = :person");
        LAST.put("former_address", "delete from former_address where person_id = :person or former_id = :person");
        LAST.put("outcome", OUTCOMES_OF_NOBODY);
        LAST.put("person", "delete from person where id = :person");
    }

    private PersonRows() {}

    /** The tables about which there is a statement. */
    static Iterable<String> tables() {
        Map<String, String> all = new LinkedHashMap<>(FIRST);
        all.putAll(LAST);
        return all.keySet();
    }

    /**
     * Removes what can go at once, within the caller's transaction.
     *
     * @param records the person's records
     * @return how many rows of each table
     */
    static Map<String, Integer> first(Handle handle, long person, Collection<KnownRecord> records) {
        return run(handle, FIRST, person, records, List.of());
    }

    /**
     * Removes everything, within the caller's transaction. Outcomes stay, as of nobody, since runs count them.
     *
     * @param records the person's records
     * @param outcomes the numbers of the outcomes of the person's records
     * @return how many rows of each table
     */
    static Map<String, Integer> last(
            Handle handle, long person, Collection<KnownRecord> records, Collection<Long> outcomes) {
        Map<String, Integer> removed = new LinkedHashMap<>(run(handle, FIRST, person, records, List.of()));
        removed.putAll(run(handle, LAST, person, records, outcomes));
        return removed;
    }

    private static Map<String, Integer> run(
            Handle handle,
            Map<String, String> statements,
            long person,
            Collection<KnownRecord> records,
            Collection<Long> outcomes) {
        Map<String, Integer> removed = new LinkedHashMap<>();
        statements.forEach((table, statement) -> {
            Update update = handle.createUpdate(statement);
            if (statement.contains(":records")) {
                update.bindArray(
                        "records",
                        String.class,
                        records.stream().map(KnownRecord::id).distinct().toList());
            }
            if (statement.contains(":named")) {
                update.bindArray(
                        "named",
                        String.class,
                        records.stream()
                                .map(record -> record.connection() + " " + record.id())
                                .toList());
            }
            if (statement.contains(":outcomes")) {
                update.bindArray("outcomes", Long.class, List.copyOf(outcomes));
            }
            if (statement.contains(":person")) {
                update.bind("person", person);
            }
            int rows = update.execute();
            if (rows > 0) {
                removed.put(table, rows);
            }
        });
        return removed;
    }
}
