package io.consentbridge.outbox;

import io.consentbridge.audience.Contents;
import io.consentbridge.audience.MailingLists;
import io.consentbridge.audience.Spellings;
import io.consentbridge.consent.Person;
import io.consentbridge.store.Columns;
import io.consentbridge.store.StoredOutcome;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Reads and removes rows of the table delivery. */
final class DeliveryRows {

    private DeliveryRows() {}

    static List<Delivery> read(Handle handle, Collection<Long> ids) {
        Map<Long, List<String>> spellings = Spellings.of(handle, ids);
        return handle.createQuery("""
                        select d.id, d.version, coalesce(d.claimed_until, d.due_at) as claimed_until, d.connection, d.list_id, l.name, l.list_key, l.create_as, d.person_id,
                               p.address, d.action, d.content, d.fingerprint, d.run_id, d.record_id, d.outcome_id, d.on_success,
                               d.on_success_reason, d.on_success_updated, d.rounds, d.dead_letter, d.held_because, d.put_back,
                               (select r.sync from run r where r.id = d.run_id) as sync
                        from delivery d join mailing_list l on l.id = d.list_id join person p on p.id = d.person_id
                        where d.id = any(:ids)
                        order by d.priority, d.due_at, d.id
                        """)
                .bindArray("ids", Long.class, List.copyOf(ids))
                .map((row, context) -> row(row, spellings.getOrDefault(row.getLong("id"), List.of())))
                .list();
    }

    static void delete(Handle handle, Collection<Long> ids) {
        if (!ids.isEmpty()) {
            handle.createUpdate("delete from delivery where id = any(:ids)")
                    .bindArray("ids", Long.class, List.copyOf(ids))
                    .execute();
        }
    }

    static Action action(String word) {
        return Arrays.stream(Action.values())
                .filter(action -> action.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no such action: " + word));
    }

    private static Delivery row(ResultSet row, List<String> listedAs) throws SQLException {
        return new Delivery(
                row.getLong("id"),
                row.getInt("version"),
                Columns.instant(row, "claimed_until"),
                row.getString("connection"),
                row.getLong("list_id"),
                row.getString("name"),
                Columns.optionalText(row, "list_key"),
                MailingLists.form(row.getString("create_as")),
                row.getLong("person_id"),
                new Person(row.getString("address")),
                action(row.getString("action")),
                Contents.read(row.getString("content")),
                row.getString("fingerprint"),
                row.getString("run_id"),
                row.getString("record_id"),
                Columns.number(row, "outcome_id"),
                new StoredOutcome(
                                row.getString("on_success"),
                                row.getString("on_success_reason"),
                                row.getBoolean("on_success_updated"))
                        .outcome(),
                row.getInt("rounds"),
                Optional.ofNullable(Columns.number(row, "dead_letter")),
                because(row),
                row.getBoolean("put_back"),
                listedAs);
    }

    private static Optional<Held> because(ResultSet row) throws SQLException {
        String sync = row.getString("sync");
        return Columns.optionalText(row, "held_because").map(cause -> new Held(sync, Held.Cause.of(cause)));
    }
}
