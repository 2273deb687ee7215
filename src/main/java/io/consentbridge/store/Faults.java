package io.consentbridge.store;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.sqlite.SQLiteException;

/** Explains a driver's exceptions in words. */
final class Faults {

    /** Collisions after which the same transaction can succeed; a duplicate key is one if two processes insert at once. */
    private static final Set<String> COLLISIONS = Set.of("40001", "40P01", "23505", "55P03");

    private Faults() {}

    static boolean collision(Throwable thrown) {
        SQLException sql = sql(thrown);
        return sql != null && COLLISIONS.contains(String.valueOf(sql.getSQLState())) || SqliteFaults.collision(thrown);
    }

    /** Whether the embedded database found that its file does not contain what was written. */
    static boolean damage(Throwable thrown) {
        return SqliteFaults.damage(thrown);
    }

    /** Whether the only problem is that no connection was free. */
    static boolean busy(Throwable thrown) {
        return causes(thrown).anyMatch(SQLTransientConnectionException.class::isInstance)
                && causes(thrown).noneMatch(SQLiteException.class::isInstance);
    }

    private static Stream<Throwable> causes(Throwable thrown) {
        return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause);
    }

    static DatabaseFault of(Throwable thrown, DatabaseLocation location) {
        if (location.engine() == Engine.SQLITE) {
            return SqliteFaults.of(thrown, location);
        }
        SQLException sql = sql(thrown);
        DatabaseFault fault = sql == null
                ? new DatabaseFault("The database failed: " + thrown.getClass().getSimpleName() + ".", false)
                : of(sql, location);
        fault.setStackTrace(thrown.getStackTrace());
        return fault;
    }

    private static DatabaseFault of(SQLException sql, DatabaseLocation location) {
        String state = String.valueOf(sql.getSQLState());
        String known = server(state, location);
        if (known != null) {
            return new DatabaseFault(known, true);
        }
        // Class 42 concerns the statement's text, which never contains a value of a row.
        String text = state.startsWith("42") ? " " + sql.getMessage() : "";
        return new DatabaseFault("The database refused a statement (SQL state %s).%s".formatted(state, text), false);
    }

    private static String server(String state, DatabaseLocation location) {
        return switch (state) {
            case "28P01", "28000" ->
                "PostgreSQL at %s refuses the user or the password. Check database.user and database.password."
                        .formatted(location.server());
            case "3D000" ->
                "PostgreSQL at %s has no such database. Create it, or correct database.url."
                        .formatted(location.server());
            case "53100" -> "The disk of PostgreSQL at %s is full. Free space on it.".formatted(location.server());
            case "25006" ->
                "PostgreSQL at %s is read-only. Point database.url at the server that takes writes."
                        .formatted(location.server());
            case "42501" ->
                "PostgreSQL at %s does not let this user create or change tables. Grant it the schema."
                        .formatted(location.server());
            case "53300" ->
                "PostgreSQL at %s has no connection left. Raise max_connections or stop other clients."
                        .formatted(location.server());
            case "08000", "08001", "08003", "08004", "08006", "08P01", "57P01", "57P02", "57P03", "null" ->
                "PostgreSQL at %s cannot be reached. Check database.url, the server and the network."
                        .formatted(location.server());
            default -> null;
        };
    }

    /** The innermost exception: a pool wraps the driver's. */
    private static SQLException sql(Throwable thrown) {
        SQLException found = null;
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && (found == null || sql.getSQLState() != null)) {
                found = sql;
            }
        }
        return found;
    }
}
