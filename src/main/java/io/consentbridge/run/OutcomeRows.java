package io.consentbridge.run;

import io.consentbridge.consent.Person;
import io.consentbridge.store.Columns;
import io.consentbridge.store.StoredOutcome;
import io.consentbridge.sync.Outcome;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;

/** Reads rows of the table outcome. */
final class OutcomeRows {

    private OutcomeRows() {}

    static RecordOutcome row(ResultSet row, StatementContext context) throws SQLException {
        Outcome outcome = StoredOutcome.read(row).outcome();
        return new RecordOutcome(
                row.getString("record_id"),
                Columns.optionalText(row, "address").map(Person::new),
                row.getString("decision"),
                outcome,
                why(row, outcome),
                Columns.optionalText(row, "unusable"),
                Optional.empty());
    }

    /** The reason: for a dead-lettered record what failed, for any other why it was decided so. */
    private static Optional<String> why(ResultSet row, Outcome outcome) throws SQLException {
        Optional<String> decided = Columns.optionalText(row, "detail").filter(why -> !why.isEmpty());
        return outcome instanceof Outcome.DeadLettered
                ? Columns.optionalText(row, "failure").or(() -> decided)
                : decided;
    }
}
