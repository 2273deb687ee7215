package io.consentbridge.store;

import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.sync.Outcome;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * An outcome as it is stored in columns.
 *
 * @param word its word
 * @param reason word of the reason, if it is ignored; null otherwise
 * @param updated whether a value of a duplicate changed
 */
public record StoredOutcome(String word, String reason, boolean updated) {

    /** The columns of an outcome. */
    public static StoredOutcome of(Outcome outcome) {
        return new StoredOutcome(
                outcome.word(),
                outcome instanceof Outcome.Ignored ignored ? ignored.reason().word() : null,
                outcome instanceof Outcome.Duplicate duplicate && duplicate.updated());
    }

    /** The columns outcome, reason and updated of a row. */
    public static StoredOutcome read(ResultSet row) throws SQLException {
        return new StoredOutcome(row.getString("outcome"), row.getString("reason"), row.getBoolean("updated"));
    }

    /** The outcome of these columns. */
    public Outcome outcome() {
        return switch (word) {
            case Outcome.PENDING -> new Outcome.Pending();
            case Outcome.NEW -> new Outcome.New();
            case Outcome.READDED -> new Outcome.Readded();
            case Outcome.DUPLICATE -> new Outcome.Duplicate(updated);
            case Outcome.DELETED -> new Outcome.Deleted();
            case Outcome.IGNORED -> new Outcome.Ignored(IgnoreReason.of(reason));
            case Outcome.DEAD_LETTERED -> new Outcome.DeadLettered();
            default -> throw new IllegalStateException("no such outcome: " + word);
        };
    }
}
