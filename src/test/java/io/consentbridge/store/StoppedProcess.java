package io.consentbridge.store;

import java.sql.Connection;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * A process that dies, as its database sees it: after some statements no other one follows, and what was not committed is rolled
 * back.
 */
public final class StoppedProcess implements SqlLogger {

    private static final int NEVER = Integer.MAX_VALUE;

    private int steps = NEVER;
    private int statements = NEVER;
    private Connection step;

    /** The process died. */
    public static final class Stop extends RuntimeException {
        private static final long serialVersionUID = 1;

        Stop() {
            super("the process is stopped");
        }
    }

    private StoppedProcess() {}

    /** Watches the statements of a database. */
    public static StoppedProcess of(Database database) {
        StoppedProcess process = new StoppedProcess();
        List.of(database.query(Handle::getJdbi), database.transaction(Handle::getJdbi))
                .forEach(jdbi -> jdbi.getConfig(SqlStatements.class).setSqlLogger(process));
        return process;
    }

    /**
     * Does some work in the process, which dies after a number of transactions and queries, before the next one.
     *
     * @return whether it died; otherwise the work is done
     */
    public boolean diesAfterSteps(int number, Runnable work) {
        return dies(number, NEVER, work);
    }

    /** {@link #diesAfterSteps} after a number of statements, in the middle of a transaction as well. */
    public boolean diesAfterStatements(int number, Runnable work) {
        return dies(NEVER, number, work);
    }

    private boolean dies(int afterSteps, int afterStatements, Runnable work) {
        steps = afterSteps;
        statements = afterStatements;
        step = null;
        try {
            work.run();
            return false;
        } catch (Stop stop) {
            return true;
        } finally {
            steps = NEVER;
            statements = NEVER;
        }
    }

    @Override
    public void logBeforeExecution(StatementContext context) {
        boolean next = context.getConnection() != step;
        if (statements == 0 || next && steps == 0) {
            throw new Stop();
        }
        if (next && steps != NEVER) {
            steps--;
        }
        step = context.getConnection();
    }

    @Override
    public void logAfterExecution(StatementContext context) {
        if (statements != NEVER) {
            statements--;
        }
        if (statements == 0) {
            throw new Stop();
        }
    }
}
