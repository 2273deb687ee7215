package io.consentbridge.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.audience.MailingList;
import io.consentbridge.audience.Suppression;
import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.consent.Person;
import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.Meanwhile;
import io.consentbridge.store.TestDatabase;
import io.consentbridge.sync.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What two threads or nodes do to the same people at once, on every engine. */
@EveryEngine
class ConcurrencyIT {

    private final TestDatabase engine;
    private OutboxFixture scene;

    ConcurrencyIT(TestDatabase engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() {
        scene = new OutboxFixture(engine);
        run("mine", "leads");
        run("theirs", "contacts");
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private void run(String id, String sync) {
        scene.database.change(handle -> handle.createUpdate("""
                        insert into run (id, sync, connection, cause, full_read, due_at, state, started_at)
                        values (:id, :sync, 'main', 'command', false, :now, 'reading', :now)
                        """)
                .bind("id", id)
                .bind("sync", sync)
                .bind("now", scene.clock.instant())
                .execute());
    }

    private void within(Runnable meanwhile, Consumer<Handle> work) {
        scene.database.change(handle -> {
            Meanwhile.in(handle, meanwhile);
            work.accept(handle);
        });
    }

    private Draft leaving(String run, Outcome outcome) {
        return Draft.leaving(scene.list, OutboxFixture.person(1), run, "r1", outcome);
    }

    /** What waits for the person: its action and its run. */
    private List<String> waits() {
        return scene.database.query(handle -> handle.createQuery("select action, run_id from delivery")
                .map((row, context) -> row.getString(1) + " " + row.getString(2))
                .list());
    }

    private void knows(String sync, String record) {
        scene.database.change(handle -> handle.createUpdate("""
                        insert into source_record (sync, record_id, modified_at, settled, decision)
                        values (:sync, :record, :now, true, 'deliver')
                        """)
                .bind("sync", sync)
                .bind("record", record)
                .bind("now", scene.clock.instant())
                .execute());
    }

    @Test
    @DisplayName("A delivery that another sync requests while a record's subscription is withdrawn stays requested")
    void withdrawn() {
        scene.enqueue(scene.draft("mine", 1));
        knows("contacts", "r1");

        within(
                () -> scene.enqueue(scene.draft("theirs", 1)),
                handle -> scene.outbox.withdraw(handle, "leads", List.of("r1"), "mine"));

        assertThat(waits()).containsExactly("subscribe theirs");
        assertThat(scene.fate("theirs", "r1")).startsWith("pending");
        assertThat(scene.fate("mine", "r1")).startsWith("ignored other replaced");
    }

    @Test
    @DisplayName("B52: a subscription that is claimed during its withdrawal may have left, and is remembered as such")
    void withdrawnWhileClaimed() {
        scene.enqueue(scene.draft("mine", 1));

        within(() -> scene.claimOne(), handle -> scene.outbox.withdraw(handle, "leads", List.of("r1"), "mine"));

        assertThat(waits()).isEmpty();
        assertThat(scene.member(1))
                .hasValueSatisfying(member -> assertThat(member.unsure()).isTrue());
    }

    @Test
    @DisplayName(
            "A delivery that another sync requests while a deleted sync's subscriptions are withdrawn stays requested")
    void withdrawnWithItsSync() {
        scene.enqueue(scene.draft("mine", 1), scene.draft("mine", 2));

        within(
                () -> scene.enqueue(scene.draft("theirs", 1)),
                handle -> assertThat(new WithdrawingAll(handle, "leads", "withdrawn", scene.clock.instant())
                                .some(List.of("contacts"), Set.of()))
                        .isEqualTo(2));

        assertThat(waits()).containsExactly("subscribe theirs");
        assertThat(scene.fate("mine", "r2")).startsWith("ignored other withdrawn");
    }

    @Test
    @DisplayName("B52: a person who refuses while another record cancels their removal leaves")
    void refusesWhileStaying() {
        scene.enqueue(leaving("mine", new Outcome.Deleted()).heldBack("leads", Held.Cause.DELETED));

        within(
                () -> scene.enqueue(leaving("theirs", new Outcome.Ignored(IgnoreReason.OPTED_OUT))),
                handle -> scene.outbox.stay(handle, scene.list, List.of(OutboxFixture.person(1)), "mine"));

        assertThat(waits()).containsExactly("unsubscribe theirs");
    }

    @Test
    @DisplayName("A person who is requested while another record cancels their removal comes")
    void comesWhileStaying() {
        scene.enqueue(leaving("mine", new Outcome.Deleted()).heldBack("leads", Held.Cause.DELETED));

        within(
                () -> scene.enqueue(scene.draft("theirs", 1)),
                handle -> scene.outbox.stay(handle, scene.list, List.of(OutboxFixture.person(1)), "mine"));

        assertThat(waits()).containsExactly("subscribe theirs");
    }

    @Test
    @DisplayName("B52: a person who refuses while the end of a reading cancels their removal leaves")
    void refusesWhileDropped() {
        scene.enqueue(leaving("mine", new Outcome.Deleted()).heldBack("leads", Held.Cause.DELETED));

        within(() -> scene.enqueue(leaving("theirs", new Outcome.Ignored(IgnoreReason.OPTED_OUT))), handle -> {
            HeldDeliveries held = new HeldDeliveries(handle, "main", "leads");
            held.drop(held.leavers(0), IgnoreReason.FILE_DUPLICATE, "another record stands");
        });

        assertThat(waits()).containsExactly("unsubscribe theirs");
        assertThat(scene.fate("mine", "r1")).startsWith("ignored other replaced");
    }

    private List<Long> claim(Handle handle, Action action) {
        Instant now = scene.clock.instant();
        return new Claiming(
                        handle,
                        "main",
                        action,
                        new ClaimLease("one", now, now.plus(OutboxFixture.LEASE)),
                        1,
                        new ClaimScreening(
                                handle,
                                "main",
                                now,
                                LocalDate.ofInstant(now, ZoneOffset.UTC),
                                new Heeding(handle, sync -> false),
                                io.consentbridge.audience.ErasedPeople.none(scene.database),
                                sync -> Optional.empty()),
                        Optional.empty())
                .claim(1);
    }

    @Test
    @DisplayName("B76: a person who must not be mailed is never claimed instead of a person to remove")
    void screenedAsClaimed() {
        scene.enqueue(leaving("mine", new Outcome.Deleted()));
        scene.suppressions.add(List.of(new Suppression(
                "main", OutboxFixture.person(1), scene.list, Suppression.REPLY, IgnoreReason.BLOCKED, Instant.EPOCH)));

        within(
                () -> scene.enqueue(scene.draft("theirs", 1)),
                handle -> assertThat(claim(handle, Action.UNSUBSCRIBE)).isEmpty());

        assertThat(waits()).containsExactly("subscribe theirs");
        assertThat(scene.claim("one", 1)).isEmpty();
        assertThat(scene.fate("theirs", "r1")).startsWith("ignored blocked");
    }

    @Test
    @DisplayName("A delivery that is held during its claim is not claimed")
    void heldAsClaimed() {
        scene.enqueue(scene.draft("mine", 1));

        within(
                () -> scene.enqueue(scene.draft("theirs", 1).heldBack("contacts", Held.Cause.MOVED)),
                handle -> assertThat(claim(handle, Action.SUBSCRIBE)).isEmpty());
    }

    @Test
    @DisplayName("B52: a person who is settled as subscribed while their refusal is stored is removed")
    void settledWhileRefusing() {
        scene.enqueue(scene.draft("theirs", "r9", 1, Action.SUBSCRIBE, "fp"));
        Delivery flying = scene.claimOne();
        Suppression refusal = new Suppression(
                "main",
                OutboxFixture.person(1),
                Suppression.EVERY_LIST,
                Suppression.crm("Leads", "r1"),
                IgnoreReason.OPTED_OUT,
                scene.clock.instant());

        within(
                () -> scene.outbox.settle(List.of(new Settlement.Delivered(flying, new Outcome.New()))),
                handle -> scene.outbox.expelJustSubscribed(
                        handle, "main", List.of(refusal), Set.of(), "mine", OptionalLong.empty()));

        assertThat(waits()).containsExactly("unsubscribe mine");
    }

    @Test
    @DisplayName(
            "B76: a person who left the list while their subscription was in flight is removed again, and still counts as gone")
    void leftWhileFlying() {
        scene.enqueue(scene.draft("mine", 1));
        Delivery flying = scene.claimOne();
        scene.clock.pass(Duration.ofSeconds(1));
        Instant reading = scene.suppressions.beginReading();
        scene.suppressions.listed(scene.list, reading, IgnoreReason.OPTED_OUT, List.of(OutboxFixture.person(1)));
        scene.suppressions.finishReading(scene.list, reading);

        scene.outbox.settle(List.of(new Settlement.Delivered(flying, new Outcome.New())));

        assertThat(waits()).containsExactly("unsubscribe mine");
        assertThat(scene.fate("mine", "r1")).startsWith("new");
    }

    @Test
    @DisplayName("A claim that another worker took over after its lease ended is not released by the first worker")
    void releasedByTheFirst() {
        scene.enqueue(scene.draft("mine", 1));
        Delivery first = scene.claimOne();
        scene.clock.pass(OutboxFixture.LEASE.plusSeconds(1));
        Delivery second = scene.claim("two", 1).get(0);

        scene.outbox.settle(List.of(new Settlement.Released(first, "busy", false)));

        assertThat(scene.claim("three", 1)).as("it is the second's").isEmpty();
        scene.outbox.settle(List.of(new Settlement.Delivered(second, new Outcome.New())));
        assertThat(scene.fate("mine", "r1")).startsWith("new");
    }

    @Test
    @DisplayName("A list that was found under another key meanwhile is not forgotten when the old key is gone")
    void listIsFoundAgain() {
        DeletedLists gone = new DeletedLists(scene.lists, scene.outbox);
        scene.enqueue(scene.draft("mine", 1), scene.draft("mine", 2));
        Delivery flying = scene.claimOne();
        scene.lists.found(scene.list, "key of the new one");

        gone.takeAlong(List.of(new Settlement.Parked(flying, "2501", "no such list", false)));

        assertThat(scene.lists.find(scene.list).orElseThrow().key()).contains("key of the new one");
        assertThat(waits()).hasSize(2);
    }

    @Test
    @DisplayName("B76: the readings of a list do not apply to the list that replaces it")
    void anotherListOfTheName() {
        Person left = OutboxFixture.person(1);
        Instant reading = scene.suppressions.beginReading();
        scene.suppressions.listed(scene.list, reading, IgnoreReason.OPTED_OUT, List.of(left));
        scene.suppressions.finishReading(scene.list, reading);
        scene.reading.finishReading(scene.list, scene.suppressions.beginReading(), 0);
        scene.lists.counted(scene.list, new MailingList.Counts(1, 1, 0));

        scene.lists.found(scene.list, "key of the new one");

        MailingList anew = scene.lists.find(scene.list).orElseThrow();
        assertThat(anew.membersReadAt()).isEmpty();
        assertThat(anew.refusalsReadAt()).isEmpty();
        assertThat(anew.counts()).isEmpty();
        Instant next = scene.suppressions.beginReading();
        scene.suppressions.finishReading(scene.list, next);
        assertThat(scene.suppressions.of("main", scene.list, List.of(left)))
                .as("the new list does not know who left the old one")
                .containsOnlyKeys(left);
        scene.lists.found(scene.list, "key of the new one");
        assertThat(scene.lists.find(scene.list).orElseThrow().refusalsReadAt()).isNotEqualTo(Optional.empty());
    }
}
