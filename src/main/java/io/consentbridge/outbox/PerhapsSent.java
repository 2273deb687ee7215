package io.consentbridge.outbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * A subscription that may have reached Campaigns without our hearing of it.
 *
 * @param place whose, and on which list
 * @param fingerprint of what Campaigns then holds of the person
 */
record PerhapsSent(Place place, String fingerprint) {

    /** Reads list_id, person_id and fingerprint. */
    static PerhapsSent read(ResultSet row, StatementContext context) throws SQLException {
        return new PerhapsSent(
                new Place(row.getLong("list_id"), row.getLong("person_id")), row.getString("fingerprint"));
    }

    static PerhapsSent of(Delivery delivery) {
        return new PerhapsSent(new Place(delivery.listId(), delivery.personId()), delivery.fingerprint());
    }
}
