package io.consentbridge.run;

import io.consentbridge.store.Columns;
import io.consentbridge.zoho.Calls;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** Reads and writes rows of the table run. */
public final class RunRows {

    /** The most characters of a run's message. */
    static final int MESSAGE = 2000;

    private RunRows() {}

    static Optional<Run> find(Handle handle, String runId) {
        return handle.createQuery("select * from run where id = :id")
                .bind("id", runId)
                .map(RunRows::row)
                .findOne();
    }

    /** Makes the run delivering, because everything was read; false for a run that was not reading. */
    public static boolean endReading(Handle handle, String runId, Instant now) {
        return handle.createUpdate("""
                                update run set state = 'delivering', read_at = :now, lease_until = null
                                where id = :id and state = 'reading'
                                """).bind("now", now).bind("id", runId).execute() == 1;
    }

    /** Ends the braked state of a sync's runs and of their parent runs. */
    public static void letGo(Handle handle, String sync) {
        handle.createUpdate("""
                        update run set state = 'delivering', brake = null where state = 'braked' and id in (
                            select parent_run from run where sync = :sync and state = 'braked' and parent_run is not null)
                        """).bind("sync", sync).execute();
        handle.createUpdate("update run set state = 'delivering', brake = null where sync = :sync and state = 'braked'")
                .bind("sync", sync)
                .execute();
    }

    /** Cancels the deferred runs of a sync, which then do not follow by themselves any more, except that one. */
    public static void callOff(Handle handle, String sync, String butFor) {
        handle.createUpdate(
                        "update run set due_again = null where sync = :sync and due_again is not null and id <> :but")
                .bind("sync", sync)
                .bind("but", butFor)
                .execute();
    }

    /** A message with more text appended, clipped. */
    static String after(Optional<String> before, String more) {
        return Columns.clip(before.map(said -> said + "; " + more).orElse(more), MESSAGE);
    }

    static Run row(ResultSet row, StatementContext context) throws SQLException {
        return new Run(
                row.getString("id"),
                row.getString("sync"),
                row.getString("connection"),
                Run.Cause.valueOf(row.getString("cause").toUpperCase(Locale.ROOT)),
                row.getBoolean("full_read"),
                Columns.instant(row, "due_at"),
                RunState.of(row.getString("state")),
                row.getString("node"),
                Columns.optionalInstant(row, "lease_until"),
                Columns.instant(row, "started_at"),
                Columns.optionalInstant(row, "read_at"),
                Columns.optionalInstant(row, "finished_at"),
                Columns.optionalText(row, "message"),
                Columns.optionalText(row, "brake"),
                row.getBoolean("out_of_reach"),
                row.getLong("total"),
                new Calls(row.getLong("calls_accounts"), row.getLong("calls_crm"), row.getLong("calls_campaigns")),
                RunState.of(row.getString("ends_as")),
                Columns.optionalInstant(row, "due_again"),
                Columns.optionalText(row, "parent_run"));
    }
}
