package io.consentbridge.outbox;

import io.consentbridge.consent.Person;
import io.consentbridge.store.Columns;
import io.consentbridge.store.PersonNumbers;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * A removal by the product of a person who had not refused. Campaigns lists them as unsubscribed since then, as if they had.
 *
 * @param at when
 * @param sync which sync did; empty where that was not kept
 * @param cause what had happened to the record; empty where that was not kept
 * @param sure whether it had been read shortly before that they had not left by themselves
 * @param returnedAt when we put them back without Campaigns' listing them as active since; empty when we did not try
 */
public record TakenOff(
        Instant at, Optional<String> sync, Optional<Held.Cause> cause, boolean sure, Optional<Instant> returnedAt) {

    /** From the columns left_at, taken_off_by, taken_off_because, taken_off_sure and returned_at. */
    static TakenOff row(ResultSet row) throws SQLException {
        return new TakenOff(
                Columns.instant(row, "left_at"),
                Columns.optionalText(row, "taken_off_by"),
                Columns.optionalText(row, "taken_off_because").map(Held.Cause::of),
                row.getBoolean("taken_off_sure"),
                Columns.optionalInstant(row, "returned_at"));
    }

    /** Within the caller's transaction: those of these people whom we took off that list, and who are not on it. */
    public static Map<Person, TakenOff> of(Handle handle, long listId, PersonNumbers people) {
        Map<Person, TakenOff> found = new HashMap<>();
        handle.createQuery("""
                        select m.person_id, coalesce(m.left_at, m.delivered_at) as left_at, m.taken_off_by,
                            m.taken_off_because, m.taken_off_sure, m.returned_at
                        from unnest(:people) as wanted (id)
                        join list_member m on m.person_id = wanted.id and m.list_id = :list
                        where m.taken_off and not m.active
                        """)
                .bindArray("people", Long.class, people.all())
                .bind("list", listId)
                .map((row, context) -> found.put(people.person(row.getLong("person_id")), row(row)))
                .list();
        return found;
    }

    /** Whether our books say that nobody but us is the cause, and we have not tried in vain to put them back. */
    public boolean mayReturn() {
        return sure && returnedAt.isEmpty();
    }

    /** Who did it, when and why, and what can be done about it; without personal data. */
    public String text() {
        String removed =
                "Removed by ConsentBridge" + cause.map(TakenOff::because).orElse("") + " ("
                        + sync.map(name -> "sync " + name + ", ").orElse("") + second(at) + ")";
        if (returnedAt.isPresent()) {
            return removed + "; put back on " + second(returnedAt.get())
                    + ", but Campaigns has not listed the person as active since. Put them back in Campaigns.";
        }
        return removed + ". "
                + (sure
                        ? "To put such people back, write \"returning: resubscribe\" in the sync and run it with"
                                + " --full, or put them back in Campaigns."
                        : "It is not known whether the person had left before. Put them back in Campaigns if that"
                                + " is right.");
    }

    private static Instant second(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS);
    }

    private static String because(Held.Cause cause) {
        return switch (cause) {
            case DELETED -> " because the record was deleted in the CRM";
            case MOVED -> " because the record had another address";
            case UNMATCHED -> " because the record left the selection";
            case CONSENT_LOST -> " because the record no longer allowed mail";
        };
    }
}
