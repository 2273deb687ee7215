package io.consentbridge.store;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.statement.StatementBuilder;
import org.jdbi.v3.core.statement.StatementBuilderFactory;
import org.jdbi.v3.core.statement.StatementContext;
import org.sqlite.SQLiteConnection;

/**
 * Keeps the prepared statements of connections to SQLite for their next use. To prepare one takes longer than to run most of
 * them, and neither the driver nor the pool keeps any. One that failed, or is in use by an outer loop, is not used again.
 *
 * <p>Safe for many threads, of which each has a connection of its own.
 */
final class KeptStatements implements StatementBuilderFactory {

    /** More than the runtime uses again and again; what was not used for the longest time gives way. */
    private static final int MOST = 256;

    private final Map<SQLiteConnection, OfConnection> connections = new ConcurrentHashMap<>();

    @Override
    public StatementBuilder createStatementBuilder(Connection connection) {
        try {
            SQLiteConnection file = connection.unwrap(SQLiteConnection.class);
            return connections.computeIfAbsent(file, this::begin);
        } catch (SQLException e) {
            throw new IllegalStateException("the pool has a connection that is none of SQLite", e);
        }
    }

    private OfConnection begin(SQLiteConnection file) {
        connections.keySet().removeIf(KeptStatements::isClosed);
        return new OfConnection(file);
    }

    // The driver has closed its statements then.
    private static boolean isClosed(SQLiteConnection file) {
        try {
            return file.isClosed();
        } catch (SQLException e) {
            return true;
        }
    }

    /** The statements of one connection, by their texts. */
    private static final class OfConnection implements StatementBuilder {

        private record Use(String text, StatementContext context) {}

        private final SQLiteConnection file;
        private final Map<String, PreparedStatement> free = new LinkedHashMap<>(16, 0.75f, true);
        private final Map<Statement, Use> used = new IdentityHashMap<>();

        OfConnection(SQLiteConnection file) {
            this.file = file;
        }

        @Override
        public Statement create(Connection connection, StatementContext context) throws SQLException {
            return connection.createStatement();
        }

        @Override
        public CallableStatement createCall(Connection connection, String text, StatementContext context)
                throws SQLException {
            return connection.prepareCall(text);
        }

        @Override
        public PreparedStatement create(Connection connection, String text, StatementContext context)
                throws SQLException {
            PreparedStatement kept = free.remove(text);
            // By the driver itself, since the pool closes what was prepared by its own connections.
            PreparedStatement statement = kept == null ? file.prepareStatement(text) : kept;
            used.put(statement, new Use(text, context));
            return statement;
        }

        @Override
        public void close(Connection connection, String text, Statement statement) throws SQLException {
            Use use = used.remove(statement);
            if (use == null || use.context().getExceptionMoment() != null || free.containsKey(use.text())) {
                statement.close();
                return;
            }
            PreparedStatement prepared = (PreparedStatement) statement;
            prepared.clearParameters();
            free.put(use.text(), prepared);
            if (free.size() > MOST) {
                String oldest = free.keySet().iterator().next();
                free.remove(oldest).close();
            }
        }
    }
}
