package io.consentbridge.store;

/**
 * The database could not do what was asked. The message says what to do about it, for the person who runs the product;
 * it holds no personal data, which is why the driver's own exception, whose text may quote rows, is not its cause.
 */
public final class DatabaseFault extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** What failed. */
    enum Kind {
        /** One statement. */
        STATEMENT,
        /** Every statement, for now: not there, not ours, full or closed. */
        UNREACHABLE,
        /** It is none that this program may use. That does not heal; somebody must change something. */
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

    /** Whether the failure is only that the database is away, which is told once for all who miss it. */
    public static boolean away(Throwable failure) {
        return failure instanceof DatabaseFault fault && fault.unreachable();
    }

    /** Whether no statement can succeed for now: not there, not ours, full or closed. Otherwise one statement failed. */
    public boolean unreachable() {
        return kind == Kind.UNREACHABLE;
    }

    /** Whether it is a database that this program must not use, such as one of a newer version. */
    public boolean misfit() {
        return kind == Kind.MISFIT;
    }
}
