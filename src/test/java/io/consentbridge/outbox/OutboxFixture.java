package io.consentbridge.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.audience.MailingLists;
import io.consentbridge.audience.Member;
import io.consentbridge.audience.MemberReading;
import io.consentbridge.audience.Members;
import io.consentbridge.audience.Suppressions;
import io.consentbridge.consent.Person;
import io.consentbridge.store.CountedOutcomes;
import io.consentbridge.store.Database;
import io.consentbridge.store.MovedClock;
import io.consentbridge.store.PersonNumbers;
import io.consentbridge.store.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Everything of this package over one fresh database, a list with a key, and short ways to play a delivery. */
public final class OutboxFixture implements AutoCloseable {

    public static final Duration LEASE = Duration.ofMinutes(5);

    public final MovedClock clock = new MovedClock();
    public final Database database;
    public final Outbox outbox;
    public final OutboxQueries queries;
    public final Members members;
    public final MemberReading reading;
    public final Suppressions suppressions;
    public final DeadLetters deadLetters;
    public final MailingLists lists;
    public final ConnectionBackoff backoff;
    public final long list;

    public OutboxFixture(TestDatabase engine) {
        database = engine.open();
        outbox = new Outbox(database, clock);
        queries = new OutboxQueries(database, clock);
        members = new Members(database);
        reading = new MemberReading(database);
        suppressions = new Suppressions(database, clock);
        deadLetters = new DeadLetters(database, clock);
        lists = new MailingLists(database);
        backoff = new ConnectionBackoff(database, clock, Duration.ofSeconds(10), Duration.ofMinutes(1));
        list = list("Product News");
        lists.found(list, "key");
    }

    public long list(String name) {
        return lists.remember("main", name, Optional.empty()).id();
    }

    public static Person person(int number) {
        return new Person("p" + number + "@example.com");
    }

    public Draft draft(String run, int number) {
        return draft(run, "r" + number, number, Action.SUBSCRIBE, "fp-" + run + "-" + number);
    }

    public Draft draft(String run, String record, int number, Action action, String fingerprint) {
        return new DraftBuilder(list, person(number))
                .action(action)
                .priority(action == Action.SUBSCRIBE ? 1 : 0)
                .fingerprint(fingerprint)
                .run(run)
                .record(record)
                .build();
    }

    /** A record whose delivery is pending, as a page leaves it. */
    private void pending(Draft draft) {
        database.change(handle -> pending(handle, draft));
    }

    private static void pending(Handle handle, Draft draft) {
        CountedOutcomes.pending(
                handle,
                draft.runId(),
                draft.recordId(),
                PersonNumbers.of(handle, List.of(draft.person())).of(draft.person()));
    }

    /** Drafts as a page leaves them: each with its pending record. */
    public void enqueue(Draft... drafts) {
        List.of(drafts).forEach(this::pending);
        outbox.enqueue(List.of(drafts));
    }

    /** Outcome, reason and detail of a record, as one text. */
    public String fate(String run, String record) {
        return database.query(handle -> handle.createQuery("""
                        select k.outcome, k.reason, coalesce(o.failure, o.detail, nullif(k.why, ''))
                        from outcome o join outcome_kind k on k.id = o.kind join run_number n on n.id = o.run
                        where n.run_id = :run and o.record_id = :record
                        """)
                .bind("run", run)
                .bind("record", record)
                .map((row, context) -> String.join(
                        " ", row.getString(1), String.valueOf(row.getString(2)), String.valueOf(row.getString(3))))
                .one());
    }

    public List<Delivery> claim(String owner, int max) {
        return outbox.claim("main", Action.SUBSCRIBE, owner, max, LEASE);
    }

    public Delivery claimOne() {
        List<Delivery> claimed = claim("one", 1);
        if (claimed.size() != 1) {
            throw new AssertionError("one delivery should be claimed, but it were " + claimed.size());
        }
        return claimed.get(0);
    }

    public Optional<Member> member(int number) {
        return Optional.ofNullable(members.of(list, List.of(person(number))).get(person(number)));
    }

    long waiting() {
        return queries.waiting("main").stream().mapToLong(Waiting::total).sum();
    }

    @Override
    public void close() {
        if (database.answers()) {
            CountedOutcomes.requireCounted(database);
        }
        database.close();
    }

    /** Requires that deliveries of that action can be claimed from that moment on, and not before. */
    public void requireDue(Action action, Instant from) {
        OutboxQueries before = new OutboxQueries(database, () -> from.minusMillis(1));
        assertThat(before.isDue("main", action)).as("before " + from).isFalse();
        assertThat(new OutboxQueries(database, () -> from).isDue("main", action))
                .as("from " + from)
                .isTrue();
    }
}
