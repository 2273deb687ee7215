package io.consentbridge.person;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** What an erasure waits for, within the transaction that would finish it. */
final class Pending {

    /**
     * A run that begins while an erasure is committed does not know of it, and other nodes have other clocks. It is waited for,
     * too.
     */
    private static final Duration MARGIN = Duration.ofMinutes(1);

    private Pending() {}

    /**
     * The reasons in sentences without personal data; empty when nothing is pending.
     *
     * @param asked when the erasure began
     * @param connections the connections of the files; nothing is ever delivered to another one
     */
    static List<String> of(Handle handle, long person, Instant asked, Set<String> connections) {
        List<String> reasons = new ArrayList<>();
        deliveries(handle, person, connections, reasons);
        deadLetters(handle, person, reasons);
        ledger(handle, person, reasons);
        runs(handle, asked, reasons);
        return reasons;
    }

    private static void deliveries(Handle handle, long person, Set<String> connections, List<String> reasons) {
        handle.createQuery("""
                        select d.action, l.name, d.connection, d.claimed_by from delivery d join mailing_list l on l.id = d.list_id
                        where d.person_id = :person and (d.connection = any(:connections) or d.claimed_by is not null)
                        order by d.id
                        """)
                .bind("person", person)
                .bindArray("connections", String.class, List.copyOf(connections))
                .map((row, context) -> reasons.add("The delivery %s to the list \"%s\" of %s %s."
                        .formatted(
                                row.getString("action"),
                                row.getString("name"),
                                row.getString("connection"),
                                row.getString("claimed_by") == null
                                        ? "waits in the outbox; consentbridge status says why"
                                        : "is under way")))
                .list();
    }

    private static void deadLetters(Handle handle, long person, List<String> reasons) {
        handle.createQuery("""
                        select d.id, d.action, l.name from dead_letter d join mailing_list l on l.id = d.list_id
                        where d.person_id = :person and d.action <> 'subscribe' order by d.id
                        """)
                .bind("person", person)
                .map((row, context) -> reasons.add(
                        ("The delivery %s to the list \"%s\" failed for good. Send it again with: dead-letters replay %s, or do it"
                                        + " by hand in Zoho Campaigns and then: dead-letters discard %s.")
                                .formatted(
                                        row.getString("action"),
                                        row.getString("name"),
                                        row.getString("id"),
                                        row.getString("id"))))
                .list();
    }

    private static void ledger(Handle handle, long person, List<String> reasons) {
        boolean open = handle.createQuery("""
                        select 1 from ledger_event where person_id = :person
                        union all select 1 from consent_ledger where person_id = :person
                        """)
                .bind("person", person)
                .mapTo(Integer.class)
                .findFirst()
                .isPresent();
        if (open) {
            reasons.add("The ledger has not sealed its last entries about the person yet.");
        }
    }

    /** A page that was read before the erasure began may still be stored after it. */
    private static void runs(Handle handle, Instant asked, List<String> reasons) {
        handle.createQuery("select id from run where state = 'reading' and started_at <= :asked order by id")
                .bind("asked", asked.plus(MARGIN))
                .mapTo(String.class)
                .forEach(run -> reasons.add("The run " + run + " is still reading the CRM."));
    }
}
