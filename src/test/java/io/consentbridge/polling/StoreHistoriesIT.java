package io.consentbridge.polling;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.confirmation.AnswerEvidence;
import io.consentbridge.confirmation.Answered;
import io.consentbridge.confirmation.DueRequest;
import io.consentbridge.confirmation.MailResults;
import io.consentbridge.consent.Person;
import io.consentbridge.crm.CrmRecord;
import io.consentbridge.ledger.AnsweredRecords;
import io.consentbridge.ledger.EventKind;
import io.consentbridge.ledger.LedgerEntry;
import io.consentbridge.outbox.Action;
import io.consentbridge.outbox.Delivery;
import io.consentbridge.outbox.Settlement;
import io.consentbridge.proof.LogVerdict;
import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Random histories of a few people each, played on the store itself: pages that decide, requests, answers, deliveries,
 * suppressions, erasures and the ledger. Many are played at once in one database, each with people of its own; {@link
 * StoredHistory} says what must follow from them.
 *
 * <p>{@code -Dhistories.seed} and {@code -Dhistories.count} choose the seed of the first database and how many histories are
 * played; each further database has the next seed. A failure tells the seed and the acts of its history.
 */
@EveryEngine
@Timeout(value = 1, unit = TimeUnit.DAYS)
@DisplayName("StoreHistoriesIT: what holds of consent in every random history of the store")
class StoreHistoriesIT {

    private static final long SEED = Long.getLong("histories.seed", 12);
    private static final int COUNT = Integer.getInteger("histories.count", 2_000);
    /** A server takes longer for each of the many small transactions. */
    private static final int COUNT_ON_SERVER = Integer.getInteger("histories.count", 200);
    /** Histories of one database. */
    private static final int TOGETHER = 200;

    private static final int ROUNDS = 14;
    private static final Period VALIDITY = Period.ofDays(30);
    private static final List<Duration> PAUSES = List.of(
            Duration.ofMinutes(1),
            Duration.ofMinutes(7),
            Duration.ofHours(5),
            Duration.ofDays(1),
            Duration.ofDays(6),
            Duration.ofDays(15),
            Duration.ofDays(31),
            Duration.ofDays(100));

    private static final Set<EventKind> YES = Set.of(EventKind.GIVEN, EventKind.ALLOWED);
    private static final Set<EventKind> REFUSALS = Set.of(EventKind.REFUSED, EventKind.WITHDRAWN);
    private static final Set<String> STANDING = Set.of("requested", "sent", "given");
    private static final Map<EventKind, String> STATES = Map.of(
            EventKind.REQUESTED, "requested",
            EventKind.SENT, "sent",
            EventKind.BOUNCED, "bounced",
            EventKind.GIVEN, "given",
            EventKind.REFUSED, "refused",
            EventKind.EXPIRED, "expired",
            EventKind.WITHDRAWN, "withdrawn");

    private final TestDatabase engine;
    private StoreWorld world;
    private List<StoredHistory> histories;
    private Map<String, Person> asked;
    private Random random;
    private long seed;
    private int mails;
    private int delivered;
    private int replayed;

    StoreHistoriesIT(TestDatabase engine) {
        this.engine = engine;
    }

    @Test
    @DisplayName(
            "Nobody without consent is delivered, nothing undoes a refusal, and the ledger tells what is stored and why")
    void histories() {
        int count = engine.shared() ? COUNT_ON_SERVER : COUNT;
        int played = 0;
        for (seed = SEED; played < count; seed++) {
            int together = Math.min(TOGETHER, count - played);
            play(together);
            played += together;
        }
        System.out.printf(
                "%d histories of seed %d were played on %s: %d mails, %d deliveries, %d states replayed.%n",
                played, SEED, engine, mails, delivered, replayed);
        assertThat(delivered).as("deliveries").isGreaterThan(count / 20);
        assertThat(mails).as("mails").isGreaterThan(count / 4);
    }

    private void play(int together) {
        random = new Random(seed);
        histories = IntStream.range(0, together)
                .mapToObj(number -> new StoredHistory(number, seed))
                .toList();
        asked = new HashMap<>();
        Optional<Period> validity = seed % 2 == 0 ? Optional.of(VALIDITY) : Optional.empty();
        try (StoreWorld one = new StoreWorld(engine, seed % 4 != 3, validity)) {
            world = one;
            histories.forEach(history -> history.create(now()));
            for (int round = 0; round < ROUNDS; round++) {
                round();
            }
            run(true);
            deliver(true);
            world.rights.erasures().advance();
            check();
        }
    }

    private Instant now() {
        return world.clock.instant();
    }

    private boolean once(int in) {
        return random.nextInt(in) == 0;
    }

    private void round() {
        world.clock.pass(PAUSES.get(random.nextInt(PAUSES.size())));
        histories.forEach(this::act);
        if (once(12)) {
            world.reword();
            histories.forEach(history -> history.note(now(), "the purpose is worded anew"));
            run(true);
        } else if (!once(3)) {
            run(once(2));
        }
        if (!once(4)) {
            mail();
        }
        if (!once(3)) {
            histories.stream().filter(history -> history.random.nextInt(2) == 0).forEach(this::answer);
        }
        if (once(2)) {
            adds(() -> world.requests.expiry().expire(now()), "what expired", null);
        }
        if (once(4)) {
            scan();
        }
        if (!once(3)) {
            deliver(false);
        }
        if (once(3)) {
            world.ledger.finish(Duration.ofMinutes(1));
        }
        world.rights.erasures().advance();
    }

    private void act(StoredHistory history) {
        Person person = history.anybody();
        switch (history.random.nextInt(24)) {
            case 0, 1, 2, 3, 4 -> history.change(now());
            case 5 -> {
                history.note(now(), "an operator suppresses " + person.address());
                adds(
                        () -> world.rights.suppressions().suppress(person, purpose(history), "asked"),
                        "a suppression",
                        history);
                history.byHand(person, true);
                if (history.random.nextInt(3) == 0) {
                    release(history, person);
                }
            }
            case 6 -> release(history, person);
            case 7 -> {
                if (history.hasLeft(person)) {
                    history.note(now(), person.address() + " is on the list in Campaigns again");
                    adds(
                            () -> {
                                if (world.cameBack(person)) {
                                    history.cameBack(person);
                                }
                            },
                            "who came back",
                            history);
                    return;
                }
                history.note(now(), person.address() + " left the list in Campaigns");
                if (!history.erased.contains(person)) {
                    adds(() -> world.left(person), "who left", history);
                    history.left(person);
                }
            }
            case 8 -> {
                if (history.random.nextInt(3) == 0) {
                    history.note(now(), person.address() + " is erased");
                    adds(() -> world.rights.erasures().begin(person), "an erasure", history);
                    history.erased(person);
                }
            }
            case 9, 10 -> answer(history);
            default -> {}
        }
    }

    private void release(StoredHistory history, Person person) {
        history.note(now(), "an operator releases " + person.address());
        adds(() -> world.rights.suppressions().release(person, Optional.empty(), "asked"), "a release", history);
        history.byHand(person, false);
    }

    private static Optional<String> purpose(StoredHistory history) {
        return history.random.nextBoolean() ? Optional.of("news") : Optional.empty();
    }

    private void run(boolean full) {
        List<CrmRecord> page = new ArrayList<>();
        List<String> deleted = new ArrayList<>();
        List<StoredHistory> read = histories.stream()
                .filter(history -> full || history.random.nextInt(4) > 0)
                .toList();
        read.forEach(history -> {
            page.addAll(history.page());
            deleted.addAll(history.deletions());
        });
        world.run(page, deleted, full);
        read.forEach(history -> history.wasRead(now()));
    }

    private StoredHistory of(Person person) {
        return histories.get(StoredHistory.numberOf(person));
    }

    private void mail() {
        for (DueRequest due : world.requests.claims().claim(now(), 10_000)) {
            StoredHistory history = of(due.person());
            String against = history.againstAsking(due.person());
            require(history, against.isEmpty(), due.person().address() + " is asked and " + against);
            mails++;
            String token = "token-" + mails;
            world.requests.mails().keepMail(due.id(), token, "m" + token, "hash");
            int fate = history.random.nextInt(12);
            if (fate == 0) {
                world.requests.mails().failed(due.id(), MailResults.Failure.TEMPORARY, "450");
                history.note(now(), "the mail of " + due.id() + " is refused for now");
            } else if (fate == 1) {
                adds(
                        () -> world.requests.mails().failed(due.id(), MailResults.Failure.PERMANENT, "550"),
                        "a bounce",
                        history);
                history.note(now(), "the mail of " + due.id() + " is refused for good");
            } else if (fate > 2) {
                world.requests.mails().sent(due.id(), now());
                history.note(
                        now(), "the mail of " + due.id() + " to " + due.person().address() + " is sent");
                if (fate == 3) {
                    world.requests.mails().bouncedMessage("m" + token, "5.1.1", now());
                    history.note(now(), "the mail of " + due.id() + " comes back");
                }
            } else {
                history.note(now(), "the process dies with the mail of " + due.id());
            }
            history.tokens.add(token);
            asked.put(token, due.person());
        }
    }

    private void answer(StoredHistory history) {
        if (history.tokens.isEmpty()) {
            return;
        }
        boolean last = history.random.nextInt(4) > 0;
        String token =
                history.tokens.get(last ? history.tokens.size() - 1 : history.random.nextInt(history.tokens.size()));
        Person person = asked.get(token);
        AnswerEvidence evidence = new AnswerEvidence(now(), "en", "Browser", "192.0.2.0");
        if (history.random.nextInt(4) == 0) {
            Answered[] answered = new Answered[1];
            history.note(now(), person.address() + " refuses with " + token);
            adds(() -> answered[0] = world.requests.links().refuse(token, evidence), "a refusal", history);
            history.note(now(), "which is " + answered[0].getClass().getSimpleName());
            if (answered[0] instanceof Answered.Done) {
                history.refused(person);
            }
            return;
        }
        Answered answered = world.requests.links().confirm(token, evidence);
        history.note(
                now(),
                person.address() + " confirms with " + token + ", which is "
                        + answered.getClass().getSimpleName());
        if (answered instanceof Answered.Done done) {
            String against = history.against(person);
            require(
                    history,
                    against.isEmpty() || against.contains("record"),
                    person.address() + " could confirm and " + against);
            Instant ends = world.purpose()
                    .disclosure()
                    .validity()
                    .map(period -> LocalDate.ofInstant(now(), StoreWorld.ZONE)
                            .plus(period)
                            .plusDays(1)
                            .atStartOfDay(StoreWorld.ZONE)
                            .toInstant())
                    .orElse(null);
            history.confirmed(person, done.request().statementVersion(), ends);
        }
    }

    private void scan() {
        List<String> before = world.everything();
        histories.forEach(history -> history.tokens.forEach(world.requests.links()::byToken));
        assertThat(world.everything()).as("after all links were opened").isEqualTo(before);
    }

    private void deliver(boolean all) {
        for (Delivery delivery : world.claim(Action.SUBSCRIBE)) {
            StoredHistory history = of(delivery.person());
            String against = history.againstDelivery(
                    delivery.person(), world.asks, world.purpose().statementVersion(), now());
            require(history, against.isEmpty(), delivery.person().address() + " is delivered and " + against);
            history.note(now(), delivery.person().address() + " is delivered");
            settle(delivery, all || history.random.nextInt(8) > 0);
            delivered++;
        }
        for (Action action : List.of(Action.UNSUBSCRIBE, Action.DO_NOT_MAIL)) {
            world.claim(action).forEach(delivery -> {
                of(delivery.person()).note(now(), delivery.person().address() + " is removed");
                settle(delivery, all || random.nextInt(8) > 0);
            });
        }
        world.closeRuns();
    }

    // Otherwise the process ends, and somebody claims it again.
    private void settle(Delivery delivery, boolean done) {
        if (done) {
            world.outbox().settle(List.of(new Settlement.Delivered(delivery, delivery.onSuccess())));
        } else if (random.nextBoolean()) {
            world.outbox().settle(List.of(new Settlement.Unsent(delivery, true)));
        }
    }

    /** Does something that may put nobody on the list. */
    private void adds(Runnable act, String what, StoredHistory history) {
        Set<String> before = world.coming();
        act.run();
        Set<String> added = new HashSet<>(world.coming());
        added.removeAll(before);
        for (String address : added) {
            require(
                    history == null ? of(new Person(address)) : history,
                    false,
                    what + " adds a delivery of " + address);
        }
    }

    private void require(StoredHistory history, boolean holds, String wrong) {
        if (!holds) {
            throw new AssertionError("history %d of the database of seed %d on %s\n%s\n%s %s"
                    .formatted(history.number, seed, engine, history.log(), now(), wrong));
        }
    }

    private void check() {
        assertThat(world.ledger.verify(List.of())).isInstanceOf(LogVerdict.Sound.class);
        for (StoredHistory history : histories) {
            for (Person person : history.people) {
                check(history, person);
            }
        }
    }

    private void check(StoredHistory history, Person person) {
        Map<String, LedgerEntry> decided = new HashMap<>();
        Map<String, String> decisions = new HashMap<>();
        Map<String, String> requests = new HashMap<>();
        for (LedgerEntry entry : world.entries.of(person)) {
            String record = entry.recordId();
            if (entry.event() == EventKind.DELIVERED) {
                require(
                        history,
                        decided.values().stream().anyMatch(said -> YES.contains(said.event())),
                        "nothing justifies the delivery of " + person.address() + " at " + entry.at());
            } else if (!entry.decision().isEmpty() && !entry.sync().isEmpty()) {
                decided.put(record, entry);
                decisions.put(record, entry.decision());
            } else if (!record.isEmpty() && STATES.containsKey(entry.event())) {
                String request = entry.statementVersion() + " " + record + " " + entry.runId();
                require(
                        history,
                        entry.event() != EventKind.REQUESTED
                                || requests.values().stream().noneMatch(STANDING::contains),
                        person.address() + " is asked at " + entry.at() + " while a request is open or given: "
                                + requests);
                String before = requests.get(request);
                boolean late = entry.event() == EventKind.SENT && !"requested".equals(before);
                requests.put(request, late ? before : STATES.get(entry.event()));
                decisions.computeIfPresent(record, (same, decision) -> AnsweredRecords.after(entry, decision));
                // An earlier request of the record may end after a later one was answered, so each stands for itself.
                if (entry.event() != EventKind.SENT) {
                    decided.put(request, entry);
                }
                if (REFUSALS.contains(entry.event())) {
                    decided.put(record, entry);
                }
            }
        }
        if (history.erased.contains(person)) {
            return;
        }
        List<String> replayedRequests = requests.entrySet().stream()
                .map(request -> request.getKey() + " " + request.getValue())
                .sorted()
                .toList();
        List<String> stored = world.requests(person).stream().sorted().toList();
        require(
                history,
                replayedRequests.equals(stored),
                "the ledger tells of " + person.address() + " the requests " + replayedRequests + ", and stored are "
                        + stored);
        for (String decision : world.decisions(person)) {
            String[] of = decision.split(" ");
            require(
                    history,
                    of[1].equals(decisions.get(of[0])),
                    "the ledger tells of record " + of[0] + " of " + person.address() + " the decision "
                            + decisions.get(of[0]) + ", and stored is " + of[1]);
            replayed++;
        }
        replayed += stored.size();
    }
}
