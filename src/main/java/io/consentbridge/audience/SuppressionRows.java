package io.consentbridge.audience;

import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.store.PersonNumbers;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementContext;

/** Writes rows of the table suppression. */
final class SuppressionRows {

    private record Key(String connection, long personId, long listId, String origin) {

        static Key of(Suppression suppression, PersonNumbers people) {
            return new Key(
                    suppression.connection(),
                    people.of(suppression.person()),
                    suppression.listId(),
                    suppression.origin());
        }

        static Key read(ResultSet row, StatementContext context) throws SQLException {
            return new Key(
                    row.getString("connection"),
                    row.getLong("person_id"),
                    row.getLong("list_id"),
                    row.getString("origin"));
        }
    }

    private static final BinaryOperator<Suppression> GRAVER =
            BinaryOperator.minBy(Comparator.comparingInt(one -> Suppressions.gravity(one.reason())));

    private SuppressionRows() {}

    /**
     * Of two words of Campaigns the graver stays: a person who unsubscribed has refused, even if their address bounces
     * later. Campaigns' word about people whom the product removed is no refusal of theirs and does not count. Of two words
     * of a CRM record that of its later modification stays.
     *
     * @param seen the reading that found them; null for none
     * @return those of which nothing was known before, or nothing as grave
     */
    static List<Suppression> write(Handle handle, Collection<Suppression> suppressions, Instant seen) {
        return write(handle, suppressions, seen, Map.of());
    }

    private static List<Suppression> write(
            Handle handle, Collection<Suppression> suppressions, Instant seen, Map<String, Instant> modified) {
        if (suppressions.isEmpty()) {
            return List.of();
        }
        // In the caller's order, so that two transactions that write the same people at once wait for each other in
        // turn.
        Map<Key, Suppression> last = new LinkedHashMap<>();
        PersonNumbers people = people(handle, suppressions);
        suppressions.forEach(suppression -> last.merge(
                Key.of(suppression, people), suppression, modified.isEmpty() ? GRAVER : (one, other) -> other));
        Map<Key, IgnoreReason> known = known(handle, people);
        PreparedBatch update = handle.prepareBatch("""
                update suppression
                set reason = case when said_by > :said then reason
                                  when reason = any(:graver) and not exists (
                                    select 1 from list_member m
                                    where m.list_id = :list and m.person_id = :person and m.taken_off)
                                  then reason else :reason end,
                    seen_at = case when seen_at > :seen then seen_at else coalesce(:seen, seen_at) end,
                    said_by = case when said_by > :said then said_by else coalesce(:said, said_by) end
                where connection = :connection and person_id = :person and list_id = :list and origin = :origin
                """);
        PreparedBatch insert = handle.prepareBatch("""
                insert into suppression (connection, person_id, list_id, origin, reason, since, seen_at, said_by)
                values (:connection, :person, :list, :origin, :reason, :since, :seen, :said)
                """);
        last.forEach((key, suppression) -> {
            PreparedBatch batch = known.containsKey(key) ? update : insert;
            if (batch == insert) {
                batch.bind("since", suppression.since());
            } else {
                batch.bindArray(
                        "graver",
                        String.class,
                        modified.isEmpty() ? Suppressions.graverThan(suppression.reason()) : List.of());
            }
            batch.bind("reason", suppression.reason().word())
                    .bindByType("seen", seen, Instant.class)
                    .bindByType("said", modified.get(suppression.origin()), Instant.class);
            bind(batch, key);
        });
        update.execute();
        insert.execute();
        return last.entrySet().stream()
                .filter(entry -> isNews(entry.getValue().reason(), known.get(entry.getKey())))
                .map(Map.Entry::getValue)
                .toList();
    }

    private static boolean isNews(IgnoreReason said, IgnoreReason before) {
        return before == null || Suppressions.gravity(said) < Suppressions.gravity(before);
    }

    static void remove(Handle handle, Collection<Suppression> ended) {
        PersonNumbers people = people(handle, ended);
        PreparedBatch delete = handle.prepareBatch("""
                delete from suppression
                where connection = :connection and person_id = :person and list_id = :list and origin = :origin
                """);
        ended.forEach(suppression -> bind(delete, Key.of(suppression, people)));
        delete.execute();
    }

    private static void bind(PreparedBatch batch, Key key) {
        batch.bind("connection", key.connection())
                .bind("person", key.personId())
                .bind("list", key.listId())
                .bind("origin", key.origin())
                .add();
    }

    private static PersonNumbers people(Handle handle, Collection<Suppression> suppressions) {
        return PersonNumbers.of(
                handle, suppressions.stream().map(Suppression::person).toList());
    }

    private static Map<Key, IgnoreReason> known(Handle handle, PersonNumbers people) {
        Map<Key, IgnoreReason> known = new HashMap<>();
        handle.createQuery("""
                        select s.connection, s.person_id, s.list_id, s.origin, s.reason
                        from unnest(:people) as wanted (id)
                        join suppression s on s.person_id = wanted.id
                        where s.person_id is not null
                        """)
                .bindArray("people", Long.class, people.all())
                .map((row, context) -> known.put(Key.read(row, context), IgnoreReason.of(row.getString("reason"))))
                .list();
        return known;
    }

    static Set<String> speaking(Handle handle, String connection, Collection<String> origins) {
        return said(handle, connection, origins).stream().map(Key::origin).collect(Collectors.toSet());
    }

    private static Set<Key> said(Handle handle, String connection, Collection<String> origins) {
        return new HashSet<>(handle.createQuery("""
                        select s.connection, s.person_id, s.list_id, s.origin
                        from unnest(:origins) as wanted (origin)
                        join suppression s on s.origin = wanted.origin and s.connection = :connection
                        where s.origin is not null
                        """)
                .bind("connection", connection)
                .bindArray("origins", String.class, List.copyOf(origins))
                .map(Key::read)
                .list());
    }

    /**
     * A record that still refuses takes nothing back, even if its address is another one now: it ends all of its refusals at
     * once.
     *
     * @param origins all origins, with the modification of the record that they have read
     */
    static void replace(
            Handle handle, String connection, Map<String, Instant> origins, Collection<Suppression> suppressions) {
        if (origins.isEmpty()) {
            return;
        }
        Set<Key> said = said(handle, connection, origins.keySet());
        Set<String> refuse = suppressions.stream().map(Suppression::origin).collect(Collectors.toSet());
        said.removeIf(key -> refuse.contains(key.origin()));
        // A reading of the record before its change does not take back what a later reading said.
        PreparedBatch delete = handle.prepareBatch("""
                delete from suppression
                where connection = :connection and person_id = :person and list_id = :list and origin = :origin
                  and (said_by is null or said_by <= :modified)
                """);
        said.forEach(key -> bind(delete.bind("modified", origins.get(key.origin())), key));
        delete.execute();
        write(handle, suppressions, null, origins);
    }
}
