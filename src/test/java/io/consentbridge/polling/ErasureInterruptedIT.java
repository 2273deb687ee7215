package io.consentbridge.polling;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.confirmation.AnswerEvidence;
import io.consentbridge.confirmation.DueRequest;
import io.consentbridge.consent.Person;
import io.consentbridge.crm.CrmRecord;
import io.consentbridge.outbox.Action;
import io.consentbridge.outbox.Delivery;
import io.consentbridge.outbox.Settlement;
import io.consentbridge.person.Erasures;
import io.consentbridge.proof.LogVerdict;
import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.StoppedProcess;
import io.consentbridge.store.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A person is half erased when the process dies: the next one finishes it, and in between nothing puts the person back. */
@EveryEngine
class ErasureInterruptedIT {

    private final TestDatabase engine;
    private StoreWorld world;
    private Erasures erasures;
    private StoppedProcess process;

    ErasureInterruptedIT(TestDatabase engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() {
        world = new StoreWorld(engine, true, Optional.empty());
        erasures = world.rights.erasures();
        process = StoppedProcess.of(world.database);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private static Person person(int number) {
        return new Person("zerelda" + number + "@quux.example.com");
    }

    private static String id(int number) {
        return "777" + (1000 + number);
    }

    private CrmRecord record(int number) {
        return new CrmRecord(
                id(number),
                world.clock.instant(),
                Map.of(
                        "Email",
                        person(number).address(),
                        "Email_Opt_Out",
                        false,
                        "Data_Processing_Basis",
                        "",
                        StoreWorld.GROUND,
                        true));
    }

    /** People who were asked, agreed, and are on the list. */
    private void members(int count) {
        List<CrmRecord> records =
                IntStream.range(0, count).mapToObj(this::record).toList();
        world.run(records, List.of(), true);
        int mails = 0;
        for (DueRequest due : world.requests.claims().claim(world.clock.instant(), count)) {
            String token = "token-" + mails++;
            world.requests.mails().keepMail(due.id(), token, "m" + token, "hash");
            world.requests.mails().sent(due.id(), world.clock.instant());
            world.requests
                    .links()
                    .confirm(token, new AnswerEvidence(world.clock.instant(), "en", "Browser", "192.0.2.0"));
        }
        assertThat(deliver(Action.SUBSCRIBE)).isEqualTo(count);
        world.closeRuns();
        world.ledger.finish(Duration.ofMinutes(1));
    }

    private int deliver(Action action) {
        List<Delivery> claimed = world.claim(action);
        claimed.forEach(
                delivery -> world.outbox().settle(List.of(new Settlement.Delivered(delivery, delivery.onSuccess()))));
        return claimed.size();
    }

    /** The command, while the outbox delivers. */
    private Map<String, Integer> erase(Person person) {
        long id = erasures.begin(person).id();
        erasures.advance(id);
        deliver(Action.UNSUBSCRIBE);
        return end(id);
    }

    private Map<String, Integer> end(long id) {
        Erasures.Progress progress = erasures.advance(id);
        assertThat(progress.waitsFor()).isEmpty();
        assertThat(progress.removed()).isTrue();
        return progress.rows();
    }

    private static List<String> rows(Handle handle) {
        return TestDatabase.tables(handle).stream()
                .flatMap(table -> handle.createQuery("select * from " + table).mapToMap().list().stream()
                        .map(row -> table + " " + row))
                .toList();
    }

    private long count(String what) {
        return world.database.query(handle -> handle.createQuery("select count(*) from " + what)
                .mapTo(Long.class)
                .one());
    }

    private long newest() {
        return world.database.query(handle -> handle.createQuery("select coalesce(max(id), 0) from erasure")
                .mapTo(Long.class)
                .one());
    }

    @Test
    @DisplayName(
            "after a kill between any two steps of an erasure the next process finishes it, with the same end as without a kill")
    void betweenSteps() {
        finishes(80, process::diesAfterSteps);
    }

    @Test
    @Tag("long")
    @DisplayName("the same after a kill at any statement of an erasure")
    void atStatements() {
        finishes(250, process::diesAfterStatements);
    }

    private void finishes(int most, BiPredicate<Integer, Runnable> dies) {
        members(most + 2);
        Map<String, Integer> undisturbed = erase(person(0));
        int kills = 0;
        int erased = 1;
        while (died(erased, dies)) {
            assertThat(end(newest())).as("removed after kill %d", kills).isEqualTo(undisturbed);
            erased++;
            kills++;
        }

        assertThat(kills).as("kills").isBetween(25, most);
        String stored = String.join("\n", world.database.query(ErasureInterruptedIT::rows));
        for (int number = 0; number <= erased; number++) {
            assertThat(stored).doesNotContain(person(number).address());
        }
        world.ledger.finish(Duration.ofMinutes(1));
        assertThat(count("ledger_entry e join ledger_kind k on k.id = e.kind where k.event = 'erased'"))
                .as("entries of erasures")
                .isEqualTo(erased + 1);
        assertThat(world.ledger.verify(List.of())).isInstanceOf(LogVerdict.Sound.class);
    }

    /** Erases a person with a kill after as many steps as people were erased before. */
    private boolean died(int number, BiPredicate<Integer, Runnable> dies) {
        long before = newest();
        boolean died = dies.test(number - 1, () -> erase(person(number)));
        if (died) {
            goOn(number, newest() > before);
        }
        return died;
    }

    /** The next process: the CRM brings the person again, and the daily work or the same command finishes the erasure. */
    private void goOn(int number, boolean begun) {
        world.clock.pass(StoreWorld.LEASE.plusSeconds(1));
        world.outbox().abandonAll();
        if (begun) {
            world.run(List.of(record(number)), List.of(), false);
            assertThat(world.coming()).isEmpty();
        }
        if (begun && number % 2 == 0) {
            deliver(Action.UNSUBSCRIBE);
            erasures.advance();
        } else {
            erase(person(number));
        }
        if (number % 3 == 0) {
            world.run(List.of(record(number)), List.of(), false);
            assertThat(world.coming()).isEmpty();
        }
    }
}
