package io.consentbridge.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.audience.FormerAddresses;
import io.consentbridge.audience.LastDelivered;
import io.consentbridge.audience.Member;
import io.consentbridge.audience.Suppression;
import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.store.TestDatabase;
import io.consentbridge.sync.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the outbox promises on either engine. */
abstract class OutboxContract {

    private final TestDatabase engine;
    private OutboxFixture scene;

    OutboxContract(TestDatabase engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() {
        scene = new OutboxFixture(engine);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private List<Integer> numbers(List<Delivery> deliveries) {
        return deliveries.stream()
                .map(delivery -> Integer.parseInt(delivery.recordId().substring(1)))
                .toList();
    }

    @Test
    @DisplayName(
            "A delivered person is a member, the record has its outcome, and nothing waits; settling twice changes nothing")
    void delivered() {
        scene.enqueue(scene.draft("run1", 1));
        Delivery delivery = scene.claimOne();
        assertThat(delivery.listName()).isEqualTo("Product News");
        assertThat(delivery.listKey()).contains("key");
        assertThat(delivery.content().topics()).containsExactly("Product news");
        List<Settlement> settled = List.of(new Settlement.Delivered(delivery, new Outcome.New()));
        scene.outbox.settle(settled);
        var first = scene.members.of(scene.list, List.of(OutboxFixture.person(1)));
        scene.clock.pass(Duration.ofMinutes(1));
        scene.outbox.settle(settled);

        assertThat(scene.members.of(scene.list, List.of(OutboxFixture.person(1))))
                .isEqualTo(first);
        Member member = first.get(OutboxFixture.person(1));
        assertThat(member.active()).isTrue();
        assertThat(member.last().map(LastDelivered::fingerprint)).contains("fp-run1-1");
        assertThat(member.countedBy("run1")).contains(new Outcome.New());
        assertThat(scene.fate("run1", "r1")).startsWith("new");
        assertThat(scene.waiting()).isZero();
    }

    @Test
    @DisplayName(
            "What was last said of a person is remembered, through their leaving too, until nobody knows what arrived")
    void lastContent() {
        deliver(scene.draft("run1", 1));
        assertThat(content(1)).contains("p1@example.com", "Product news");

        Draft leaving = Draft.leaving(scene.list, OutboxFixture.person(1), "run2", "r1", new Outcome.Deleted());
        scene.enqueue(leaving);
        Delivery gone = scene.outbox
                .claim("main", Action.UNSUBSCRIBE, "one", 1, OutboxFixture.LEASE)
                .get(0);
        scene.outbox.settle(List.of(new Settlement.Delivered(gone, new Outcome.Deleted())));
        assertThat(content(1)).contains("p1@example.com", "Product news");

        scene.enqueue(scene.draft("run3", 1));
        Delivery lost = scene.claimOne();
        scene.outbox.settle(List.of(new Settlement.Released(lost, "no reply", true)));
        assertThat(content(1)).isNull();
    }

    private String content(int number) {
        return scene.database.query(handle -> handle.createQuery("""
                        select m.content from list_member m join person p on p.id = m.person_id
                        where p.address = :address
                        """)
                .bind("address", OutboxFixture.person(number).address())
                .map((row, context) -> Optional.ofNullable(row.getString("content")))
                .one()
                .orElse(null));
    }

    @Test
    @DisplayName("B71, B73: what a person was when a run first subscribed them they stay to that run, and to no other")
    void countedOnce() {
        deliver(scene.draft("run1", 1));
        deliver(new Draft(
                scene.list,
                OutboxFixture.person(1),
                Action.SUBSCRIBE,
                2,
                scene.draft("run1", 1).content(),
                "changed",
                "run1",
                "r2",
                new Outcome.Duplicate(true),
                "deliver"));
        assertThat(scene.member(1)).hasValueSatisfying(member -> {
            assertThat(member.last().map(LastDelivered::fingerprint)).contains("changed");
            assertThat(member.countedBy("run1")).contains(new Outcome.New());
            assertThat(member.countedBy("run2")).isEmpty();
        });
    }

    @Test
    @DisplayName(
            "B53: somebody who has just left because they refused is not asked to leave once more, and the record counts at once")
    void leavesOnce() {
        deliver(scene.draft("run1", 1));
        scene.outbox.enqueue(List.of(refusing(1)));
        Delivery sent = claimLeaving();
        scene.outbox.settle(List.of(new Settlement.Delivered(sent, sent.onSuccess())));

        scene.enqueue(refusing(1));

        assertThat(scene.waiting()).isZero();
        assertThat(scene.fate("run2", "r1")).startsWith("ignored opted-out");
        // A person who is on the list again, or perhaps is, leaves it again.
        deliver(scene.draft("run3", 1));
        scene.outbox.enqueue(List.of(refusing(1)));
        assertThat(scene.waiting()).isEqualTo(1);
    }

    @Test
    @DisplayName(
            "B53: a removal that flies is not made once more, and its end is that of the record that asks for it meanwhile")
    void leavesOnceInFlight() {
        deliver(scene.draft("run1", 1));
        scene.outbox.enqueue(List.of(refusing(1)));
        Delivery sent = claimLeaving();

        scene.enqueue(refusing(1));
        scene.outbox.enqueue(List.of(refusing(1)));
        assertThat(scene.fate("run2", "r1")).startsWith("pending");
        scene.outbox.settle(List.of(new Settlement.Delivered(sent, sent.onSuccess())));

        assertThat(scene.waiting()).isZero();
        assertThat(scene.fate("run2", "r1")).startsWith("ignored opted-out");
    }

    @Test
    @DisplayName(
            "B53: a removal that flies and fails is made again, and counts for the record that asks for it meanwhile")
    void leavesAfterFailure() {
        deliver(scene.draft("run1", 1));
        scene.outbox.enqueue(List.of(refusing(1)));
        Delivery sent = claimLeaving();
        scene.enqueue(refusing(1));
        scene.outbox.settle(List.of(new Settlement.Released(sent, "no reply", true)));

        Delivery again = claimLeaving();
        scene.outbox.settle(List.of(new Settlement.Parked(again, "9999", "refused", false)));

        assertThat(scene.waiting()).isZero();
        assertThat(scene.fate("run2", "r1")).startsWith("dead-lettered");
    }

    private Draft refusing(int number) {
        return Draft.leaving(
                scene.list,
                OutboxFixture.person(number),
                "run2",
                "r" + number,
                new Outcome.Ignored(IgnoreReason.OPTED_OUT));
    }

    private Delivery claimLeaving() {
        return scene.outbox
                .claim("main", Action.UNSUBSCRIBE, "one", 1, OutboxFixture.LEASE)
                .get(0);
    }

    private void deliver(Draft draft) {
        scene.enqueue(draft);
        scene.outbox.settle(List.of(new Settlement.Delivered(scene.claimOne(), draft.onSuccess())));
    }

    @Test
    @DisplayName("Two workers who claim at the same time never get one delivery both")
    void noDeliveryTwice() throws Exception {
        List<Draft> drafts =
                IntStream.range(0, 400).mapToObj(i -> scene.draft("run1", i)).toList();
        scene.outbox.enqueue(drafts);
        ExecutorService workers = Executors.newFixedThreadPool(4);
        List<Future<List<Long>>> claims = new ArrayList<>();
        for (int worker = 0; worker < 4; worker++) {
            String owner = "worker-" + worker;
            Callable<List<Long>> all = () -> {
                List<Long> mine = new ArrayList<>();
                for (List<Delivery> some = scene.claim(owner, 7); !some.isEmpty(); some = scene.claim(owner, 7)) {
                    some.forEach(delivery -> mine.add(delivery.id()));
                }
                return mine;
            };
            claims.add(workers.submit(all));
        }
        List<Long> together = new ArrayList<>();
        for (Future<List<Long>> claim : claims) {
            together.addAll(claim.get());
        }
        workers.shutdown();
        // One worker may stop early while another holds the last rows; what is left can be claimed afterwards.
        scene.claim("late", 400).forEach(delivery -> together.add(delivery.id()));
        Set<Long> distinct = new HashSet<>(together);
        assertThat(together).hasSize(400);
        assertThat(distinct).hasSize(400);
    }

    @Test
    @DisplayName("A claim that was never settled comes back when its lease ends, and not before")
    void leaseEnds() {
        scene.enqueue(scene.draft("run1", 1));
        assertThat(scene.claim("one", 5)).hasSize(1);
        assertThat(scene.claim("two", 5)).isEmpty();
        assertThat(scene.outbox.nextDue("main", Action.SUBSCRIBE))
                .contains(scene.clock.instant().plus(OutboxFixture.LEASE));
        scene.clock.pass(OutboxFixture.LEASE);
        assertThat(scene.claim("two", 5)).hasSize(1);
    }

    @Test
    @DisplayName("At an orderly end everything claimed is handed back, and another worker's claims stay")
    void handBack() {
        scene.enqueue(scene.draft("run1", 1), scene.draft("run1", 2));
        scene.claim("one", 1);
        scene.claim("two", 1);
        assertThat(scene.outbox.handBack("one")).isEqualTo(1);
        assertThat(scene.claim("three", 5)).hasSize(1);
    }

    @Test
    @DisplayName("Claims go by priority, then by age")
    void order() {
        Draft later = scene.draft("run1", 1);
        Draft update = new Draft(
                later.listId(),
                OutboxFixture.person(2),
                later.action(),
                2,
                later.content(),
                "f",
                "run1",
                "r2",
                later.onSuccess(),
                "deliver");
        scene.enqueue(update);
        scene.clock.pass(Duration.ofSeconds(1));
        scene.enqueue(later, scene.draft("run1", 3));
        assertThat(numbers(scene.claim("one", 5))).containsExactly(1, 3, 2);
    }

    @Test
    @DisplayName("The newest decision per person and list replaces the one that waits, whose record is settled")
    void replacedWhileWaiting() {
        scene.enqueue(scene.draft("run1", 1));
        scene.enqueue(scene.draft("run2", 1));
        assertThat(scene.fate("run1", "r1")).isEqualTo("ignored other replaced by run run2");
        List<Delivery> claimed = scene.claim("one", 5);
        assertThat(claimed).extracting(Delivery::runId).containsExactly("run2");
    }

    @Test
    @DisplayName("B80: within one run the later record of a person wins and the earlier one is a file duplicate")
    void replacedWithinRun() {
        scene.enqueue(scene.draft("run1", 1), scene.draft("run1", "r1b", 1, Action.SUBSCRIBE, "other"));
        assertThat(scene.fate("run1", "r1")).startsWith("ignored file-duplicate");
        assertThat(scene.claimOne().recordId()).isEqualTo("r1b");
    }

    @Test
    @DisplayName("B52: of two records of one run that take a person off a list, each keeps its own reason")
    void bothLeave() {
        Outcome optedOut = new Outcome.Ignored(IgnoreReason.OPTED_OUT);
        scene.enqueue(Draft.leaving(scene.list, OutboxFixture.person(1), "run1", "r1", optedOut));
        scene.enqueue(Draft.leaving(scene.list, OutboxFixture.person(1), "run1", "r1b", optedOut));
        assertThat(scene.fate("run1", "r1")).isEqualTo("ignored opted-out null");
        assertThat(scene.fate("run1", "r1b")).startsWith("pending");
        assertThat(scene.outbox.claim("main", Action.UNSUBSCRIBE, "one", 5, OutboxFixture.LEASE))
                .extracting(Delivery::recordId)
                .containsExactly("r1b");
    }

    @Test
    @DisplayName(
            "B52: a removal that no record is counted for, and that overtakes one of the same record and run, settles its outcome")
    void uncountedOvertakes() {
        Outcome optedOut = new Outcome.Ignored(IgnoreReason.OPTED_OUT);
        Draft counted = Draft.leaving(scene.list, OutboxFixture.person(1), "run1", "r1", new Outcome.Deleted());
        scene.enqueue(counted);
        scene.outbox.enqueue(List.of(Draft.leaving(scene.list, OutboxFixture.person(1), "run1", "r1", optedOut)
                .uncounted()));

        assertThat(scene.fate("run1", "r1")).startsWith("deleted");
        assertThat(scene.outbox.claim("main", Action.UNSUBSCRIBE, "one", 5, OutboxFixture.LEASE))
                .extracting(Delivery::recordId)
                .containsExactly("r1");
    }

    @Test
    @DisplayName("A delivery that is given back after a try waits behind those that were not tried")
    void behindTheOthers() {
        scene.enqueue(scene.draft("run", 1), scene.draft("run", 2));
        Delivery tried = scene.claimOne();
        scene.clock.pass(Duration.ofSeconds(1));
        scene.outbox.settle(List.of(new Settlement.Released(tried, "everybody is refused", false)));

        assertThat(scene.claimOne().recordId()).isNotEqualTo(tried.recordId());
        assertThat(scene.claimOne().recordId()).isEqualTo(tried.recordId());
    }

    @Test
    @DisplayName("A delivery that is replaced while it flies is remembered, and the newer one follows it")
    void replacedInFlight() {
        scene.enqueue(scene.draft("run1", 1));
        Delivery old = scene.claimOne();
        scene.enqueue(scene.draft("run2", 1));
        assertThat(scene.claim("two", 5)).isEmpty();
        scene.outbox.settle(List.of(new Settlement.Delivered(old, new Outcome.New())));

        assertThat(scene.member(1).orElseThrow().last().map(LastDelivered::fingerprint))
                .contains("fp-run1-1");
        Delivery next = scene.claimOne();
        assertThat(next.runId()).isEqualTo("run2");
        scene.outbox.settle(List.of(new Settlement.Delivered(next, new Outcome.Duplicate(true))));
        Member member =
                scene.members.of(scene.list, List.of(OutboxFixture.person(1))).get(OutboxFixture.person(1));
        assertThat(member.last().map(LastDelivered::fingerprint)).contains("fp-run2-1");
        assertThat(member.countedBy("run2")).contains(next.onSuccess());
        assertThat(member.countedBy("run1")).isEmpty();
        assertThat(scene.fate("run2", "r1")).startsWith("duplicate");
    }

    @Test
    @DisplayName("A late settlement after the lease ended gives nobody else's claim free")
    void lateSettlement() {
        scene.enqueue(scene.draft("run1", 1));
        Delivery old = scene.claimOne();
        scene.enqueue(scene.draft("run2", 1));
        scene.clock.pass(OutboxFixture.LEASE);
        assertThat(scene.claim("two", 1)).hasSize(1);
        scene.outbox.settle(List.of(new Settlement.Released(old, "late", false)));
        assertThat(scene.claim("three", 1)).isEmpty();
    }

    @Test
    @DisplayName("B76-B78: a refused person is remembered for the whole connection, and never claimed again")
    void refused() {
        scene.enqueue(scene.draft("run1", 1));
        Settlement refused = new Settlement.Refused(
                scene.claimOne(), new Outcome.Ignored(IgnoreReason.DO_NOT_MAIL), true, true, "2006", false);
        scene.outbox.settle(List.of(refused));
        scene.outbox.settle(List.of(refused));
        assertThat(scene.fate("run1", "r1"))
                .isEqualTo("ignored do-not-mail Campaigns refuses the address: do-not-mail (code 2006).");
        assertThat(scene.suppressions
                        .of("main", 999, List.of(OutboxFixture.person(1)))
                        .get(OutboxFixture.person(1)))
                .extracting(Suppression::origin)
                .containsExactly("reply");
        scene.enqueue(scene.draft("run2", 1));
        assertThat(scene.claim("one", 5)).isEmpty();
        assertThat(scene.fate("run2", "r1")).startsWith("ignored do-not-mail");
        assertThat(scene.waiting()).isZero();
    }

    @Test
    @DisplayName("Somebody suppressed after the decision is not handed out, and the claim goes on behind them")
    void suppressedAtClaim() {
        scene.enqueue(scene.draft("run1", 1), scene.draft("run1", 2), scene.draft("run1", 3));
        scene.suppressions.add(List.of(new Suppression(
                "main",
                OutboxFixture.person(1),
                scene.list,
                "crm:Leads:1",
                IgnoreReason.OPTED_OUT,
                scene.clock.instant())));
        scene.suppressions.add(List.of(new Suppression(
                "main", OutboxFixture.person(2), 4711, "campaigns", IgnoreReason.OPTED_OUT, scene.clock.instant())));
        assertThat(numbers(scene.claim("one", 2))).containsExactly(2, 3);
        assertThat(scene.fate("run1", "r1")).isEqualTo("ignored opted-out suppressed before it was sent");
    }

    @Test
    @DisplayName("B12: somebody of whom a record came to name an unknown word is not handed out either")
    void withheldAtClaim() {
        scene.enqueue(scene.draft("run1", 1), scene.draft("run1", 2));
        scene.database.change(handle -> handle.createUpdate("""
                        insert into unknown_word (connection, person_id, origin, said_by)
                        select 'main', id, 'crm:Contacts:7', current_timestamp from person where address = :address
                        """)
                .bind("address", OutboxFixture.person(1).address())
                .execute());
        assertThat(numbers(scene.claim("one", 2))).containsExactly(2);
        assertThat(scene.fate("run1", "r1")).isEqualTo("ignored consent-withheld suppressed before it was sent");
        assertThat(scene.waiting()).isOne();
    }

    @Test
    @DisplayName("An unsubscription of a suppressed person is handed out all the same")
    void leaversAreNotHeldBack() {
        scene.enqueue(scene.draft("run1", "r1", 1, Action.UNSUBSCRIBE, "gone"));
        scene.suppressions.add(List.of(new Suppression(
                "main", OutboxFixture.person(1), 0, "reply", IgnoreReason.BOUNCED, scene.clock.instant())));
        List<Delivery> claimed = scene.outbox.claim("main", Action.UNSUBSCRIBE, "one", 5, OutboxFixture.LEASE);
        assertThat(claimed).hasSize(1);
        scene.outbox.settle(List.of(new Settlement.Delivered(claimed.get(0), new Outcome.Deleted())));
        assertThat(scene.members
                        .of(scene.list, List.of(OutboxFixture.person(1)))
                        .get(OutboxFixture.person(1))
                        .active())
                .isFalse();
    }

    @Test
    @DisplayName("A list without a key gives out one delivery at a time, and does not stop other lists")
    void listWithoutKey() {
        scene.enqueue(scene.draft("run1", 1), scene.draft("run1", 2));
        scene.enqueue(scene.draft("run1", 11));
        scene.lists.missing(
                scene.list, scene.lists.find(scene.list).orElseThrow().key());
        long other = scene.list("Other");
        scene.lists.found(other, "other");
        Draft there = scene.draft("run1", 3);
        scene.outbox.enqueue(List.of(new Draft(
                other,
                there.person(),
                there.action(),
                1,
                there.content(),
                "f",
                "run1",
                "r3",
                there.onSuccess(),
                "deliver")));
        assertThat(numbers(scene.claim("one", 10))).containsExactly(1, 3);
        assertThat(scene.claim("two", 10)).isEmpty();
        scene.lists.found(scene.list, "made");
        assertThat(numbers(scene.claim("two", 10))).containsExactly(2, 11);
    }

    @Test
    @DisplayName("To a list that waits nobody is subscribed before its time; who leaves it, and other lists, go on")
    void postponedList() {
        long other = scene.list("Other");
        scene.lists.found(other, "other");
        Draft there = scene.draft("run1", 2);
        scene.enqueue(
                scene.draft("run1", 1),
                new Draft(
                        other,
                        there.person(),
                        there.action(),
                        1,
                        there.content(),
                        "f",
                        "run1",
                        "r2",
                        there.onSuccess(),
                        "deliver"),
                scene.draft("run1", "r3", 3, Action.UNSUBSCRIBE, "f"));
        Instant free = scene.clock.instant().plusSeconds(1800);
        scene.lists.postpone(scene.list, free);
        scene.lists.postpone(scene.list, free.minusSeconds(60));

        assertThat(numbers(scene.claim("one", 10))).containsExactly(2);
        assertThat(scene.outbox.claim("main", Action.UNSUBSCRIBE, "one", 10, OutboxFixture.LEASE))
                .hasSize(1);
        assertThat(scene.outbox.nextDue("main", Action.SUBSCRIBE))
                .hasValueSatisfying(due -> assertThat(due).isAfter(scene.clock.instant()));
        scene.lists.missing(
                scene.list, scene.lists.find(scene.list).orElseThrow().key());
        assertThat(scene.claim("one", 10)).isEmpty();

        scene.clock.pass(Duration.ofSeconds(1800));
        assertThat(numbers(scene.claim("one", 1))).containsExactly(1);
    }

    @Test
    @DisplayName(
            "A list that has to be found first and waits gives nobody out who leaves it; once it has a key they leave at once")
    void postponedRemovals() {
        scene.enqueue(
                scene.draft("run1", "r1", 1, Action.UNSUBSCRIBE, "f"),
                scene.draft("run1", "r2", 2, Action.DO_NOT_MAIL, "f"));
        scene.lists.missing(
                scene.list, scene.lists.find(scene.list).orElseThrow().key());
        Instant free = scene.clock.instant().plusSeconds(60);
        scene.lists.postpone(scene.list, free);

        assertThat(scene.outbox.claim("main", Action.UNSUBSCRIBE, "one", 10, OutboxFixture.LEASE))
                .isEmpty();
        assertThat(scene.outbox.nextDue("main", Action.UNSUBSCRIBE)).contains(free);
        assertThat(scene.outbox.claim("main", Action.DO_NOT_MAIL, "one", 10, OutboxFixture.LEASE))
                .as("it needs no list")
                .hasSize(1);
        scene.lists.found(scene.list, "made");
        assertThat(scene.outbox.claim("main", Action.UNSUBSCRIBE, "one", 10, OutboxFixture.LEASE))
                .hasSize(1);
    }

    @Test
    @DisplayName(
            "A removal is settled while a page of its run is being kept, whose transaction holds the row of the run")
    void settlesBesideAPage() throws Exception {
        scene.database.change(handle -> handle.execute("""
                insert into run (id, sync, connection, cause, full_read, due_at, state, started_at)
                values ('run1', 'leads', 'main', 'command', false, current_timestamp, 'reading', current_timestamp)
                """));
        deliver(scene.draft("run1", 1));
        scene.enqueue(scene.draft("run1", "r1b", 1, Action.UNSUBSCRIBE, "f"));
        Delivery leaving = scene.outbox
                .claim("main", Action.UNSUBSCRIBE, "one", 1, OutboxFixture.LEASE)
                .get(0);

        scene.database.change(handle -> {
            handle.execute("update run set lease_until = current_timestamp where id = 'run1'");
            CompletableFuture<Void> settled = CompletableFuture.runAsync(
                    () -> scene.outbox.settle(List.of(new Settlement.Delivered(leaving, leaving.onSuccess()))));
            assertThat(settled).succeedsWithin(Duration.ofSeconds(5));
        });

        assertThat(left("run1")).isEqualTo(1);
    }

    @Test
    @DisplayName(
            "Only members count as people who left: not who was perhaps on the list, and nobody of a list that is gone")
    void whoLeft() {
        deliver(scene.draft("run1", 1));
        deliver(scene.draft("run1", 2));
        scene.enqueue(scene.draft("run1", 3));
        scene.outbox.settle(List.of(new Settlement.Parked(scene.claimOne(), null, "no reply", true)));
        scene.enqueue(
                scene.draft("run2", "r1", 1, Action.UNSUBSCRIBE, "f"),
                scene.draft("run2", "r2", 2, Action.UNSUBSCRIBE, "f"),
                scene.draft("run2", "r3", 3, Action.UNSUBSCRIBE, "f"));
        scene.outbox
                .claim("main", Action.UNSUBSCRIBE, "one", 3, OutboxFixture.LEASE)
                .forEach(leaving -> scene.outbox.settle(List.of(new Settlement.Delivered(
                        leaving, leaving.onSuccess(), !leaving.person().equals(OutboxFixture.person(2))))));

        assertThat(left("run2")).isEqualTo(1);
    }

    @Test
    @DisplayName("Somebody whose removal is overtaken by another one while it flies counts once as a person who left")
    void leftOnce() {
        deliver(scene.draft("run1", 1));
        scene.enqueue(scene.draft("run2", "r1", 1, Action.UNSUBSCRIBE, "f"));
        Delivery first = leaving();
        scene.enqueue(scene.draft("run2", "r2", 1, Action.UNSUBSCRIBE, "f"));
        scene.outbox.settle(List.of(new Settlement.Delivered(first, first.onSuccess(), true)));
        Delivery second = leaving();
        scene.outbox.settle(List.of(new Settlement.Delivered(second, second.onSuccess(), true)));

        assertThat(left("run2")).isEqualTo(1);
    }

    private Delivery leaving() {
        return scene.outbox
                .claim("main", Action.UNSUBSCRIBE, "one", 1, OutboxFixture.LEASE)
                .get(0);
    }

    private long left(String run) {
        return scene.database.query(
                handle -> handle.createQuery("select coalesce(sum(people), 0) from run_left where run_id = :run")
                        .bind("run", run)
                        .mapTo(Long.class)
                        .one());
    }

    @Test
    @DisplayName("While a connection is held nothing of it is claimed")
    void held() {
        scene.enqueue(scene.draft("run1", 1));
        scene.holds.hold("main", "Zoho is out of reach");
        assertThat(scene.claim("one", 5)).isEmpty();
        assertThat(scene.outbox.nextDue("main", Action.SUBSCRIBE))
                .contains(scene.clock.instant().plusSeconds(10));
        scene.holds.succeeded("main");
        assertThat(scene.claim("one", 5)).hasSize(1);
    }

    @Test
    @DisplayName(
            "A postponed delivery is claimed again after its pause and counts its rounds; one that is released counts none")
    void released() {
        scene.enqueue(scene.draft("run1", 1));
        scene.outbox.settle(List.of(new Settlement.Released(scene.claimOne(), "locked", false)));
        Delivery again = scene.claimOne();
        assertThat(again.rounds()).isZero();

        Instant later = scene.clock.instant().plusSeconds(10);
        scene.outbox.settle(List.of(new Settlement.Postponed(again, "no reply", true, later)));
        assertThat(scene.claim("one", 5)).isEmpty();
        assertThat(scene.outbox.nextDue("main", Action.SUBSCRIBE)).contains(later);
        scene.clock.pass(Duration.ofSeconds(10));
        assertThat(scene.claimOne().rounds()).isEqualTo(1);
    }

    @Test
    @DisplayName("When a list is gone everything that waits for it becomes a dead letter without a call")
    void parkAll() {
        scene.enqueue(
                IntStream.range(0, 1500).mapToObj(i -> scene.draft("run1", i)).toArray(Draft[]::new));
        Delivery flying = scene.claimOne();
        assertThat(scene.outbox.parkAll(scene.list, "2501", "the list is gone")).isEqualTo(1499);
        scene.outbox.settle(List.of(new Settlement.Parked(flying, "2501", "the list is gone", false)));
        assertThat(scene.deadLetters.count()).isEqualTo(1500);
        assertThat(scene.waiting()).isZero();
        assertThat(scene.fate("run1", "r7")).startsWith("dead-lettered");
    }

    @Test
    @DisplayName(
            "B51: somebody whose other address refuses mail while their subscription flies leaves, unless the sync ignores that")
    void otherAddressRefuses() {
        Outbox ignoring = new Outbox(
                scene.database, scene.clock, sync -> sync.equals("ignoring"), connection -> java.time.ZoneOffset.UTC);
        scene.database.change(handle -> handle.execute("""
                insert into run (id, sync, connection, cause, full_read, due_at, state, started_at)
                values ('run2', 'ignoring', 'main', 'command', false, current_timestamp, 'delivering', current_timestamp)
                """));
        scene.enqueue(scene.draft("run1", 1), scene.draft("run2", 2));
        List<Delivery> flying = scene.claim("one", 2);
        scene.database.change(handle -> FormerAddresses.besides(
                handle,
                "main",
                Map.of(
                        "c1", Set.of(OutboxFixture.person(1), OutboxFixture.person(11)),
                        "c2", Set.of(OutboxFixture.person(2), OutboxFixture.person(12)))));
        for (int other : List.of(11, 12)) {
            scene.suppressions.add(List.of(new Suppression(
                    "main",
                    OutboxFixture.person(other),
                    Suppression.EVERY_LIST,
                    Suppression.CRM + "Contacts:c" + other,
                    IgnoreReason.OPTED_OUT,
                    scene.clock.instant())));
        }

        ignoring.settle(flying.stream()
                .<Settlement>map(delivery -> new Settlement.Delivered(delivery, delivery.onSuccess()))
                .toList());

        assertThat(scene.outbox.claim("main", Action.UNSUBSCRIBE, "one", 10, OutboxFixture.LEASE))
                .extracting(Delivery::person)
                .containsExactly(OutboxFixture.person(1));
    }

    @Test
    @DisplayName(
            "A person who was to leave a list that is gone has left, also where the brake held them; Do-Not-Mail waits")
    void leaversOfAGoneList() {
        scene.enqueue(
                scene.draft("run1", 1),
                Draft.leaving(scene.list, OutboxFixture.person(2), "run1", "r2", new Outcome.Deleted()),
                Draft.leaving(scene.list, OutboxFixture.person(3), "run1", "r3", new Outcome.Deleted()),
                scene.draft("run1", "r4", 4, Action.DO_NOT_MAIL, "fp4"));
        scene.database.change(handle -> handle.execute("update delivery set held_for = 'run1',"
                + " due_at = timestamp with time zone '9999-01-01 00:00:00+00' where record_id = 'r3'"));
        scene.lists.missing(scene.list, Optional.of("key"));

        assertThat(scene.outbox.parkAll(scene.list, "2501", "the list is gone")).isEqualTo(1);

        assertThat(scene.deadLetters.count()).isEqualTo(1);
        assertThat(scene.fate("run1", "r2")).startsWith("deleted");
        assertThat(scene.fate("run1", "r3")).startsWith("deleted");
        assertThat(scene.waiting()).as("Do-Not-Mail needs no list").isEqualTo(1);
    }

    @Test
    @DisplayName("A claim for some lists gives nothing of others, of which it was not read who left")
    void forSomeLists() {
        long other = scene.list("Events");
        scene.lists.found(other, "key2");
        scene.enqueue(scene.draft("run1", 1));

        assertThat(scene.outbox.nextLists("main", 10)).containsExactly(scene.list);
        assertThat(scene.outbox.claimFor("main", Set.of(other), "one", 10, OutboxFixture.LEASE))
                .isEmpty();
        assertThat(scene.outbox.claimFor("main", Set.of(scene.list), "one", 10, OutboxFixture.LEASE))
                .hasSize(1);
        assertThat(scene.outbox.nextLists("main", 10)).as("nothing is due").isEmpty();
    }

    @Test
    @DisplayName("A list that was found after the reading gives nothing before it was read itself")
    void foundMeanwhile() {
        scene.lists.missing(scene.list, Optional.of("key"));
        scene.enqueue(scene.draft("run1", 1));
        Set<Long> read = scene.outbox.nextLists("main", 10);
        assertThat(read).isEmpty();
        scene.lists.found(scene.list, "another");

        assertThat(scene.outbox.claimFor("main", read, "one", 10, OutboxFixture.LEASE))
                .isEmpty();

        Set<Long> again = scene.outbox.nextLists("main", 10);
        assertThat(scene.outbox.claimFor("main", again, "one", 10, OutboxFixture.LEASE))
                .hasSize(1);
    }
}
