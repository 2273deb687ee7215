package io.consentbridge.run;

import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.crm.UnusableRecord;
import io.consentbridge.cursor.SourceRecord;
import io.consentbridge.store.Database;
import io.consentbridge.sync.Outcome;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Records whose own values cannot be used: the run counts them as ignored (other) and names them, while all other records
 * are read.
 */
public final class UnusableRecords {

    private static final int SHOWN = 5;
    private static final String BEGINS = "The value of ";
    private static final String ENDS = " cannot be used.";

    private final Database database;

    /** @param database the database of the outcomes */
    public UnusableRecords(Database database) {
        this.database = database;
    }

    /** The outcome that a run counts for such a record; what was known of the record before stays. */
    public static RecordOutcome outcome(UnusableRecord record) {
        return new RecordOutcome(
                record.id(),
                Optional.empty(),
                SourceRecord.IGNORED,
                new Outcome.Ignored(IgnoreReason.OTHER),
                Optional.of(BEGINS + record.field() + ENDS));
    }

    /** The message of a run about such records; empty when there were none. */
    public Optional<String> of(String runId, String module) {
        return database.query(handle -> {
            long count = count(handle, runId);
            if (count == 0) {
                return Optional.<String>empty();
            }
            List<String> named = named(handle, runId, Math.min(count, SHOWN));
            return Optional.of(count + " of the records of " + module
                    + " cannot be used, so their people stay as they were: "
                    + String.join(", ", named)
                    + (count > named.size() ? " and others" : "") + ". Correct them in Zoho CRM");
        });
    }

    /** The first ones; the search ends with the last of them. */
    private static List<String> named(Handle handle, String runId, long most) {
        return handle.createQuery("""
                        select o.record_id, k.why from outcome o join outcome_kind k on k.id = o.kind
                        where o.run = (select id from run_number where run_id = :run) and k.why like :detail
                        order by o.run, o.record_id fetch first :most rows only
                        """)
                .bind("run", runId)
                .bind("detail", BEGINS + "%" + ENDS)
                .bind("most", most)
                .map((row, context) -> {
                    String detail = row.getString("why");
                    return row.getString("record_id") + " ("
                            + detail.substring(BEGINS.length(), detail.length() - ENDS.length()) + ")";
                })
                .list();
    }

    private static long count(Handle handle, String runId) {
        return handle.createQuery("""
                        select coalesce(sum(c.records), 0) from outcome_count c join outcome_kind k on k.id = c.kind
                        where c.run = (select id from run_number where run_id = :run) and k.why like :detail
                        """)
                .bind("run", runId)
                .bind("detail", BEGINS + "%" + ENDS)
                .mapTo(Long.class)
                .one();
    }
}
