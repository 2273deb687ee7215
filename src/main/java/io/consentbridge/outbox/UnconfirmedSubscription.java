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
record UnconfirmedSubscription(MemberKey place, String fingerprint) {

    /** Reads list_id, person_id and fingerprint. */
    static UnconfirmedSubscription read(ResultSet row, StatementContext context) throws SQLException {
        return new UnconfirmedSubscription(
                new MemberKey(row.getLong("list_id"), row.getLong("person_id")), row.getString("fingerprint"));
    }

    static UnconfirmedSubscription of(Delivery delivery) {
        return new UnconfirmedSubscription(
                new MemberKey(delivery.listId(), delivery.personId()), delivery.fingerprint());
    }
}
