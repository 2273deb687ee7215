package io.consentbridge.writeback;

import io.consentbridge.consent.Person;
import io.consentbridge.store.Columns;
import io.consentbridge.store.Database;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Shows the starts of workflows for one person. */
public final class StartQueries {

    /**
     * The newest start of a workflow for the person.
     *
     * @param workflow key of the workflow
     * @param purpose name of the purpose for which they confirmed
     * @param list name of the mailing list
     * @param state what became of it
     * @param cause the last failure, or why they were not handed over; empty for none
     * @param settledAt when it was settled last; empty while it never was
     */
    public record Shown(
            String connection,
            String workflow,
            String purpose,
            String list,
            UpdateState state,
            Optional<String> cause,
            Optional<Instant> settledAt) {}

    private final Database database;

    public StartQueries(Database database) {
        this.database = database;
    }

    /** Those of the person, the oldest first. */
    public List<Shown> of(Person person) {
        return database.query(handle -> handle.createQuery("""
                        select t.connection, t.workflow, t.purpose, l.name, t.state, t.cause, t.settled_at
                        from person p join workflow_start t on t.person_id = p.id
                        join mailing_list l on l.id = t.list_id
                        where p.address = :person order by t.id
                        """)
                .bind("person", person.address())
                .map((row, context) -> new Shown(
                        row.getString("connection"),
                        row.getString("workflow"),
                        row.getString("purpose"),
                        row.getString("name"),
                        UpdateState.of(row.getString("state")),
                        Columns.optionalText(row, "cause"),
                        Columns.optionalInstant(row, "settled_at")))
                .list());
    }
}
