package io.consentbridge.store;

import java.util.Locale;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;

/** Somebody else's change, committed in the middle of a transaction: after it has looked and before it locks or changes. */
public final class Meanwhile implements SqlLogger {

    private final Runnable change;
    private boolean done;

    private Meanwhile(Runnable change) {
        this.change = change;
    }

    /** The change happens before the first statement of the handle that locks or changes a delivery. */
    public static void in(Handle handle, Runnable change) {
        handle.getConfig(SqlStatements.class).setSqlLogger(new Meanwhile(change));
    }

    @Override
    public void logBeforeExecution(StatementContext context) {
        String sql = context.getRawSql().toLowerCase(Locale.ROOT);
        boolean locks = sql.contains("for update") || sql.startsWith("delete from delivery");
        if (locks && !done) {
            done = true;
            change.run();
        }
    }
}
