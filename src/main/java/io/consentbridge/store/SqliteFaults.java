package io.consentbridge.store;

import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.sqlite.NativeLibraryNotFoundException;
import org.sqlite.SQLiteException;

/** Explains the errors of SQLite, which have a code of their own and no SQL state. */
final class SqliteFaults {

    /** The low byte of an extended code is its kind. */
    private static final int KIND = 0xFF;

    private static final int ERROR = 1;
    private static final int BUSY = 5;
    private static final int LOCKED = 6;
    private static final int READONLY = 8;
    private static final int IOERR = 10;
    private static final int CORRUPT = 11;
    private static final int FULL = 13;
    private static final int CANTOPEN = 14;
    private static final int NOTADB = 26;

    private SqliteFaults() {}

    /** Whether the same transaction can succeed later: another process holds the lock of the file. */
    static boolean collision(Throwable thrown) {
        int kind = kind(thrown);
        return kind == BUSY || kind == LOCKED;
    }

    /** Whether the file does not contain what was written. */
    static boolean damage(Throwable thrown) {
        int kind = kind(thrown);
        return kind == CORRUPT || kind == NOTADB;
    }

    /** Whether a disk is full. */
    static boolean full(Throwable thrown) {
        return kind(thrown) == FULL;
    }

    static DatabaseFault of(Throwable thrown, DatabaseLocation location) {
        DatabaseFault fault = explained(thrown, location);
        fault.setStackTrace(thrown.getStackTrace());
        return fault;
    }

    private static DatabaseFault explained(Throwable thrown, DatabaseLocation location) {
        if (first(thrown, LinkageError.class).isPresent()
                || first(thrown, NativeLibraryNotFoundException.class).isPresent()) {
            return new DatabaseFault(NativeLibrary.problem(), DatabaseFault.Kind.MISFIT);
        }
        String file = location.file().toString();
        String known = switch (kind(thrown)) {
            case BUSY, LOCKED ->
                "The database file %s is locked by another process. Stop that process, or wait until it has finished."
                        .formatted(file);
            case READONLY ->
                "The database file %s is read-only. Give this user write access to it and to its folder."
                        .formatted(file);
            case FULL -> "The disk of the database file %s is full. Free space on it.".formatted(file);
            case IOERR, CANTOPEN ->
                "The database file %s cannot be read or written. Free space on its disk and give this user write access to its folder."
                        .formatted(file);
            case CORRUPT, NOTADB -> "The database file %s is damaged. Restore a backup.".formatted(file);
            default -> null;
        };
        if (known != null) {
            return new DatabaseFault(known, true);
        }
        if (first(thrown, SQLTransientConnectionException.class).isPresent()) {
            return new DatabaseFault(
                    "The database file %s has no free connection: all are in use.".formatted(file), true);
        }
        if (closed(thrown)) {
            return new DatabaseFault("The database file %s was closed: the process is ending.".formatted(file), true);
        }
        Optional<SQLException> sql = first(thrown, SQLException.class);
        if (sql.isEmpty()) {
            return new DatabaseFault("The database failed: " + thrown.getClass().getSimpleName() + ".", false);
        }
        // An error of a statement's text never contains a value of a row.
        String text = kind(thrown) == ERROR ? " " + sql.get().getMessage() : "";
        return new DatabaseFault("The database refused a statement (SQLite code " + kind(thrown) + ")." + text, false);
    }

    private static boolean closed(Throwable thrown) {
        return first(thrown, PoolInitializationException.class).isPresent()
                || causes(thrown)
                        .anyMatch(cause -> cause instanceof SQLException
                                && String.valueOf(cause.getMessage()).contains("has been closed"));
    }

    /** The kind of the error; 0 if SQLite reported none. */
    private static int kind(Throwable thrown) {
        return first(thrown, SQLiteException.class)
                .map(sqlite -> sqlite.getResultCode().code & KIND)
                .orElse(0);
    }

    private static <T extends Throwable> Optional<T> first(Throwable thrown, Class<T> type) {
        return causes(thrown).filter(type::isInstance).map(type::cast).findFirst();
    }

    private static Stream<Throwable> causes(Throwable thrown) {
        return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause);
    }
}
