package io.consentbridge.store;

/**
 * A failure of the database. The message says what to do, for the person who runs the product; it contains no personal data.
 * The driver's own exception is not its cause, since its text may quote rows.
 */
public final class DatabaseFault extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** What failed. */
    enum Kind {
        /** One statement. */
        STATEMENT,
        /** Every statement, for now: the database is unreachable, used by another process, full or closed. */
        UNREACHABLE,
        /** The database is not one that this program may use. That does not heal; a person must change something. */
        MISFIT
    }

    private final Kind kind;

    DatabaseFault(String message, Kind kind) {
        super(message);
        this.kind = kind;
    }

    DatabaseFault(String message, boolean unreachable) {
        this(message, unreachable ? Kind.UNREACHABLE : Kind.STATEMENT);
    }

    /** Whether the only cause is that the database is unreachable, which is reported once for all who need it. */
    public static boolean away(Throwable failure) {
        return failure instanceof DatabaseFault fault && fault.unreachable();
    }

    /**
     * Whether no statement can succeed for now: unreachable, used by another process, full or closed. Otherwise one
     * statement failed.
     */
    public boolean unreachable() {
        return kind == Kind.UNREACHABLE;
    }

    /** Whether it is a database that this program must not use, such as one of a newer version. */
    public boolean misfit() {
        return kind == Kind.MISFIT;
    }
}
