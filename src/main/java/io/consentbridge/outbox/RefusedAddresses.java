package io.consentbridge.outbox;

import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.consent.Person;
import io.consentbridge.store.Columns;
import io.consentbridge.store.PersonNumbers;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Keeps which addresses Campaigns does not take, so that they cost no further call. */
public final class RefusedAddresses {

    private RefusedAddresses() {}

    /** Those of these people whose address was refused and is not asked about again yet. */
    public static Map<Person, RefusedAddress> among(
            Handle handle, String connection, PersonNumbers people, Instant now) {
        Map<Person, RefusedAddress> found = new HashMap<>();
        handle.createQuery("""
                        select a.person_id, a.reason, a.code, a.since
                        from unnest(:people) as wanted (id)
                        join refused_address a on a.person_id = wanted.id and a.connection = :connection
                        where a.since > :oldest
                        """)
                .bind("connection", connection)
                .bindArray("people", Long.class, people.all())
                .bind("oldest", now.minus(RefusedAddress.LIFETIME))
                .map((row, context) -> found.put(
                        people.person(row.getLong("person_id")),
                        new RefusedAddress(
                                IgnoreReason.of(row.getString("reason")),
                                row.getString("code"),
                                Columns.instant(row, "since"))))
                .list();
        return found;
    }

    static void refused(Handle handle, Collection<Settlement.Refused> refusals, Instant now) {
        if (refusals.isEmpty()) {
            return;
        }
        PreparedBatch delete = handle.prepareBatch(
                "delete from refused_address where person_id = :person and connection = :connection");
        refusals.forEach(refusal -> delete.bind("person", refusal.delivery().personId())
                .bind("connection", refusal.delivery().connection())
                .add());
        delete.execute();
        PreparedBatch insert = handle.prepareBatch("""
                insert into refused_address (person_id, connection, reason, code, since)
                values (:person, :connection, :reason, :code, :now) on conflict do nothing
                """);
        refusals.forEach(refusal -> insert.bind("person", refusal.delivery().personId())
                .bind("connection", refusal.delivery().connection())
                .bind("reason", refusal.outcome().reason().word())
                .bind("code", refusal.code())
                .bind("now", now)
                .add());
        insert.execute();
    }
}
