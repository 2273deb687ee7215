package io.consentbridge.outbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * A subscription whose reply was lost: Campaigns may have received it.
 *
 * @param key the person and the list
 * @param fingerprint of what Campaigns then holds of the person
 */
record UnconfirmedSubscription(MemberKey key, String fingerprint) {

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
