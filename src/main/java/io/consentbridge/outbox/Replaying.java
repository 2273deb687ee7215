package io.consentbridge.outbox;

import io.consentbridge.audience.FormerAddresses;
import io.consentbridge.audience.ListFamily;
import io.consentbridge.audience.Suppression;
import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.store.Columns;
import io.consentbridge.store.PersonNumbers;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** Puts one dead letter into the outbox again, within a transaction, if nothing stands against it. */
final class Replaying {

    private static final String DISCARD = ". The dead letter can be discarded without loss";

    private record Letter(
            String connection,
            long listId,
            long personId,
            String action,
            Instant parkedAt,
            boolean flying,
            boolean putBack) {}

    private final Handle handle;
    private final Instant now;

    Replaying(Handle handle, Instant now) {
        this.handle = handle;
        this.now = now;
    }

    /** Empty when it was done, otherwise why not. */
    Optional<String> replay(long id) {
        Optional<Letter> letter = handle.createQuery("""
                        select connection, list_id, person_id, action, parked_at, replaying, put_back from dead_letter
                        where id = :id for update
                        """)
                .bind("id", id)
                .map((row, context) -> new Letter(
                        row.getString("connection"),
                        row.getLong("list_id"),
                        row.getLong("person_id"),
                        row.getString("action"),
                        Columns.instant(row, "parked_at"),
                        row.getBoolean("replaying"),
                        row.getBoolean("put_back")))
                .findOne();
        Optional<String> refused =
                letter.isEmpty() ? Optional.of("no dead letter has that number") : against(letter.get());
        if (refused.isEmpty()) {
            move(id);
        }
        return refused;
    }

    private Optional<String> against(Letter letter) {
        if (letter.flying()) {
            return Optional.of("it is already being replayed");
        }
        if (found(letter, "select 1 from delivery where list_id = :list and person_id = :person")) {
            return Optional.of("a newer delivery for this person and list is pending" + DISCARD);
        }
        if (found(
                letter,
                "select 1 from list_member where list_id = :list and person_id = :person and delivered_at > :parked")) {
            return Optional.of("a newer delivery for this person and list has been made since" + DISCARD);
        }
        return letter.action().equals(Action.SUBSCRIBE.word()) ? suppressed(letter) : Optional.empty();
    }

    /** Whom we took off the list ourselves is listed there as unsubscribed, and has not refused by that. */
    private Optional<String> suppressed(Letter letter) {
        Optional<TakenOff> takenOff = takenOff(letter);
        boolean left = false;
        boolean refused = formerly(letter);
        for (Suppressed row : suppressions(letter)) {
            boolean ours = takenOff.isPresent() && Suppression.saysThatTheyLeft(row.origin(), row.reason());
            left |= ours;
            refused |= !ours;
        }
        if (refused) {
            return Optional.of("the person must no longer be mailed" + DISCARD);
        }
        return left && !(letter.putBack() && takenOff.get().mayReturn())
                ? Optional.of("the person is not subscribed. " + takenOff.get().text())
                : Optional.empty();
    }

    private Optional<TakenOff> takenOff(Letter letter) {
        PersonNumbers person = PersonNumbers.numbered(handle, List.of(letter.personId()));
        return TakenOff.of(handle, letter.listId(), person).values().stream().findFirst();
    }

    private boolean formerly(Letter letter) {
        ListFamily family = ListFamily.of(handle, letter.listId());
        return FormerAddresses.against(handle, letter.connection(), List.of(letter.personId())).stream()
                .filter(against -> !against.second())
                .anyMatch(against -> family.counts(against.listId()));
    }

    private record Suppressed(String origin, IgnoreReason reason) {}

    private List<Suppressed> suppressions(Letter letter) {
        List<Suppressed> elsewhere =
                ListFamily.of(handle, letter.listId())
                        .elsewhere(handle, letter.connection(), List.of(letter.personId()))
                        .stream()
                        .map(against -> new Suppressed(Suppression.OTHER_LIST, against.reason()))
                        .toList();
        List<Suppressed> own = handle.createQuery("""
                        select origin, reason from suppression
                        where connection = :connection and person_id = :person and list_id in (0, :list)
                        """)
                .bind("connection", letter.connection())
                .bind("person", letter.personId())
                .bind("list", letter.listId())
                .map((row, context) ->
                        new Suppressed(row.getString("origin"), IgnoreReason.of(row.getString("reason"))))
                .list();
        return Stream.concat(own.stream(), elsewhere.stream()).toList();
    }

    private boolean found(Letter letter, String statement) {
        var query = handle.createQuery(statement).bind("list", letter.listId()).bind("person", letter.personId());
        if (statement.contains(":parked")) {
            query.bind("parked", letter.parkedAt());
        }
        return query.mapTo(Integer.class).findOne().isPresent();
    }

    private void move(long id) {
        handle.createUpdate("""
                        insert into delivery (list_id, person_id, connection, action, priority, content, fingerprint, run_id,
                            record_id, outcome_id, on_success, on_success_reason, on_success_updated, put_back, history, due_at, dead_letter)
                        select list_id, person_id, connection, action, priority, content, fingerprint, run_id, record_id, outcome_id,
                            on_success, on_success_reason, on_success_updated, put_back, history,
                            cast(:now as timestamp with time zone), id
                        from dead_letter where id = :id
                        """).bind("now", now).bind("id", id).execute();
        handle.createUpdate("update dead_letter set replaying = true where id = :id")
                .bind("id", id)
                .execute();
    }
}
