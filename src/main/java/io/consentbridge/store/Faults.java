package io.consentbridge.store;

import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;

/** Explains a driver's exceptions in words. */
final class Faults {

    /** Collisions after which the same transaction can succeed; a duplicate key is one if two processes insert at once. */
    private static final Set<String> COLLISIONS = Set.of("40001", "40P01", "23505", "HYT00", "55P03", "90131");

    private static final Set<String> ALREADY_THERE = Set.of("42S01", "90035");

    private static final Set<Integer> DAMAGE =
            Set.of(DataUtils.ERROR_FILE_CORRUPT, DataUtils.ERROR_CHUNK_NOT_FOUND, DataUtils.ERROR_BLOCK_NOT_FOUND);

    private Faults() {}

    static boolean collision(Throwable thrown) {
        SQLException sql = sql(thrown);
        return sql != null && COLLISIONS.contains(String.valueOf(sql.getSQLState()));
    }

    /** Whether H2 found that its file does not contain what was written. */
    static boolean damage(Throwable thrown) {
        SQLException sql = sql(thrown);
        return sql != null && "90030".equals(sql.getSQLState())
                || causes(thrown)
                        .anyMatch(cause ->
                                cause instanceof MVStoreException store && DAMAGE.contains(store.getErrorCode()));
    }

    /** Whether the only problem is that no connection was free. */
    static boolean busy(Throwable thrown) {
        return causes(thrown).anyMatch(SQLTransientConnectionException.class::isInstance)
                && causes(thrown).noneMatch(cause -> cause instanceof MVStoreException || cause instanceof IOException);
    }

    /** Whether H2 was to create a table or sequence that exists. */
    static boolean alreadyThere(Throwable thrown) {
        SQLException sql = sql(thrown);
        return sql != null && ALREADY_THERE.contains(String.valueOf(sql.getSQLState()));
    }

    private static Stream<Throwable> causes(Throwable thrown) {
        return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause);
    }

    static DatabaseFault of(Throwable thrown, DatabaseLocation location) {
        SQLException sql = sql(thrown);
        DatabaseFault fault = sql == null
                ? new DatabaseFault("The database failed: " + thrown.getClass().getSimpleName() + ".", false)
                : of(sql, location);
        fault.setStackTrace(thrown.getStackTrace());
        return fault;
    }

    private static DatabaseFault of(SQLException sql, DatabaseLocation location) {
        String state = String.valueOf(sql.getSQLState());
        String known = location.embedded() ? embedded(state, sql, location) : server(state, location);
        if (known != null) {
            return new DatabaseFault(known, true);
        }
        // Class 42 concerns the statement's text, which never contains a value of a row.
        String text = state.startsWith("42") ? " " + sql.getMessage() : "";
        return new DatabaseFault("The database refused a statement (SQL state %s).%s".formatted(state, text), false);
    }

    private static String embedded(String state, SQLException sql, DatabaseLocation location) {
        return switch (state) {
            case "90020" ->
                "The database file %s is in use by another process of ConsentBridge. Use that one, stop it, or set database.url to PostgreSQL to run several."
                        .formatted(location.file());
            case "28000" ->
                "The database file %s has another user or password. Set database.user and database.password to those it was made with."
                        .formatted(location.file());
            case "90028", "90031", "90024", "90025", "90026", "90029" -> unwritable(location);
            case "HY000" -> storage(sql) ? unwritable(location) : null;
            case "90097" ->
                "The database file %s is read-only. Give this user write access to it and to its folder."
                        .formatted(location.file());
            case "90098", "90121", "90067", "08003", "null" ->
                ("The database file %s was closed: the process is ending, or its disk is full. If the process is"
                                + " not ending, free disk space and start again.")
                        .formatted(location.file());
            case "90030" -> "The database file %s is damaged. Restore a backup.".formatted(location.file());
            default ->
                sql.getClass().getSimpleName().startsWith("SQLTransientConnection")
                        ? "The database file %s has no free connection: all are in use, or it was closed."
                                .formatted(location.file())
                        : null;
        };
    }

    private static String unwritable(DatabaseLocation location) {
        return "The database file %s cannot be read or written. Free space on its disk and give this user write access to its folder."
                .formatted(location.file());
    }

    /** Whether H2's general error comes from its file: the first statement that a full disk fails has no state of its own. */
    private static boolean storage(SQLException sql) {
        return causes(sql).anyMatch(cause -> cause instanceof MVStoreException || cause instanceof IOException);
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
