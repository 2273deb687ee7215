package io.consentbridge.run;

import io.consentbridge.consent.Person;
import io.consentbridge.store.Columns;
import io.consentbridge.store.StoredOutcome;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;

/** Reads rows of the table outcome. */
final class OutcomeRows {

    /** Why a record ended as it did: of a dead-lettered one what failed, else why it was decided. The table is {@code o}. */
    static final String WHY =
            "case when o.outcome = 'dead-lettered' then coalesce(o.failure, o.detail) else o.detail end as detail";

    private OutcomeRows() {}

    static RecordOutcome row(ResultSet row, StatementContext context) throws SQLException {
        return new RecordOutcome(
                row.getString("record_id"),
                Columns.optionalText(row, "address").map(Person::new),
                row.getString("decision"),
                new StoredOutcome(row.getString("outcome"), row.getString("reason"), row.getBoolean("updated"))
                        .outcome(),
                Columns.optionalText(row, "detail"),
                Columns.optionalText(row, "unusable"),
                Optional.empty());
    }
}
