package io.consentbridge.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.consentbridge.audience.LastDelivered;
import io.consentbridge.audience.Member;
import io.consentbridge.audience.Suppression;
import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.store.Database;
import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.TestDatabase;
import io.consentbridge.sync.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the outbox promises of deliveries that wait, fly and are settled, on every engine. */
@EveryEngine
class OutboxIT extends DeliveriesFixture {

    OutboxIT(TestDatabase engine) {
        super(engine);
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
            "A person who has just come with the same content is not subscribed again, and the record counts at once")
    void comesOnce() {
        String content = "fp-run1-1";
        deliver(scene.draft("run1", 1));

        scene.enqueue(scene.draft("run2", "r2", 1, Action.SUBSCRIBE, content));
        assertThat(scene.waiting()).isZero();
        assertThat(scene.fate("run2", "r2")).startsWith("new");

        scene.enqueue(scene.draft("run3", "r3", 1, Action.SUBSCRIBE, "another"));
        assertThat(scene.waiting()).as("other content").isEqualTo(1);
        scene.outbox.settle(List.of(new Settlement.Delivered(scene.claimOne(), new Outcome.Duplicate(true))));
        scene.clock.pass(Duration.ofMinutes(2));
        scene.enqueue(scene.draft("run4", "r4", 1, Action.SUBSCRIBE, "another"));
        assertThat(scene.waiting()).as("long ago").isEqualTo(1);
    }

    @Test
    @DisplayName(
            "The last sent values of a person are remembered, even while they leave, until nobody knows what arrived")
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
    @DisplayName("B71, B73: a person's state at their first subscription by a run stays for that run, and for no other")
    void countedOnce() {
        deliver(scene.draft("run1", 1));
        deliver(new DraftBuilder(scene.list, OutboxFixture.person(1))
                .priority(2)
                .fingerprint("changed")
                .record("r2")
                .onSuccess(new Outcome.Duplicate(true))
                .build());
        assertThat(scene.member(1)).hasValueSatisfying(member -> {
            assertThat(member.last().map(LastDelivered::fingerprint)).contains("changed");
            assertThat(member.countedBy("run1")).contains(new Outcome.New());
            assertThat(member.countedBy("run2")).isEmpty();
        });
    }

    @Test
    @DisplayName("Two workers that claim at the same time never both get one delivery")
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
        scene.requireDue(Action.SUBSCRIBE, scene.clock.instant().plus(OutboxFixture.LEASE));
        scene.clock.pass(OutboxFixture.LEASE);
        assertThat(scene.claim("two", 5)).hasSize(1);
    }

    @Test
    @DisplayName("A clean shutdown gives back every claim, and another worker's claims stay")
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
        scene.enqueue(new DraftBuilder(scene.list, OutboxFixture.person(2))
                .priority(2)
                .record("r2")
                .build());
        scene.clock.pass(Duration.ofSeconds(1));
        scene.enqueue(scene.draft("run1", 1), scene.draft("run1", 3));
        assertThat(numbers(scene.claim("one", 5))).containsExactly(1, 3, 2);
    }

    @Test
    @DisplayName("The newest decision per person and list replaces the waiting one, whose record is settled")
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
    @DisplayName("A delivery that is given back after an attempt waits behind those without one")
    void behindTheOthers() {
        scene.enqueue(scene.draft("run", 1), scene.draft("run", 2));
        Delivery tried = scene.claimOne();
        scene.clock.pass(Duration.ofSeconds(1));
        scene.outbox.settle(List.of(new Settlement.Released(tried, "everybody is refused", false)));

        assertThat(scene.claimOne().recordId()).isNotEqualTo(tried.recordId());
        assertThat(scene.claimOne().recordId()).isEqualTo(tried.recordId());
    }

    @Test
    @DisplayName("A delivery that is replaced in flight is remembered, and the newer one follows it")
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
    @DisplayName("A late settlement after the lease ended releases nobody else's claim")
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
    @DisplayName("A person suppressed after the decision is not handed out, and the claim continues behind them")
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
    @DisplayName("B12: a person whose record now names an unknown word is not handed out either")
    void withheldAtClaim() {
        scene.enqueue(scene.draft("run1", 1), scene.draft("run1", 2));
        scene.database.change(handle -> handle.createUpdate("""
                        insert into unknown_word (connection, person_id, origin, said_by)
                        select 'main', id, 'crm:Contacts:7', :time from person where address = :address
                        """)
                .bind("time", scene.clock.instant())
                .bind("address", OutboxFixture.person(1).address())
                .execute());
        assertThat(numbers(scene.claim("one", 2))).containsExactly(2);
        assertThat(scene.fate("run1", "r1")).isEqualTo("ignored consent-withheld suppressed before it was sent");
        assertThat(scene.waiting()).isOne();
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
        scene.requireDue(Action.SUBSCRIBE, later);
        scene.clock.pass(Duration.ofSeconds(10));
        assertThat(scene.claimOne().rounds()).isEqualTo(1);
    }

    @Test
    @DisplayName("Of two batches in flight one at a time is settled")
    void oneSettles() throws Exception {
        scene.enqueue(scene.draft("run", 1), scene.draft("run", 2));
        List<Settlement> first = List.of(new Settlement.Delivered(scene.claimOne(), new Outcome.New()));
        List<Settlement> second = List.of(new Settlement.Delivered(scene.claimOne(), new Outcome.New()));
        Thread one = new Thread(() -> scene.outbox.settle(first));
        Thread other = new Thread(() -> scene.outbox.settle(second));
        scene.database.change(handle -> {
            handle.createQuery("select id from delivery where id = :id for update")
                    .bind("id", first.get(0).delivery().id())
                    .mapTo(Long.class)
                    .one();
            one.start();
            await().until(() -> isIn(one, Database.class));
            other.start();
            await().until(() -> other.getState() == Thread.State.TERMINATED
                    || other.getState() == Thread.State.WAITING && !isIn(other, Database.class));
            assertThat(other.isAlive()).as("it waits for the first one").isTrue();
        });
        one.join();
        other.join();
        assertThat(scene.waiting()).isZero();
    }

    private static boolean isIn(Thread thread, Class<?> type) {
        return Arrays.stream(thread.getStackTrace())
                .anyMatch(frame -> frame.getClassName().equals(type.getName()));
    }
}
