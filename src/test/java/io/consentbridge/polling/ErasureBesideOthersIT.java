package io.consentbridge.polling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.consentbridge.audience.Suppression;
import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.consent.Person;
import io.consentbridge.crm.CrmRecord;
import io.consentbridge.outbox.Action;
import io.consentbridge.outbox.Delivery;
import io.consentbridge.outbox.Settlement;
import io.consentbridge.person.Erasures;
import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.PersonNumbers;
import io.consentbridge.store.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A person is erased while others store something about them. */
@EveryEngine
class ErasureBesideOthersIT {

    private static final Person ANN = new Person("ann@quux.example.com");

    private final TestDatabase engine;
    private final ExecutorService other = Executors.newSingleThreadExecutor();
    private final CountDownLatch there = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);
    private StoreWorld world;
    private Erasures erasures;

    ErasureBesideOthersIT(TestDatabase engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() {
        world = new StoreWorld(engine, true, Optional.empty());
        erasures = world.rights.erasures();
    }

    @AfterEach
    void close() {
        go.countDown();
        other.shutdownNow();
        world.close();
    }

    private CrmRecord record(String id) {
        return record(id, true);
    }

    private CrmRecord record(String id, boolean ground) {
        return new CrmRecord(
                id,
                world.clock.instant(),
                Map.of(
                        "Email",
                        ANN.address(),
                        "Email_Opt_Out",
                        false,
                        "Data_Processing_Basis",
                        "",
                        StoreWorld.GROUND,
                        ground));
    }

    private void deliver() {
        List<Delivery> claimed = world.claim(Action.UNSUBSCRIBE);
        claimed.forEach(
                delivery -> world.outbox().settle(List.of(new Settlement.Delivered(delivery, delivery.onSuccess()))));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The erasure comes to its end, and no table holds anything of the person, or of somebody without an address. */
    private void ends(long erasure) {
        deliver();
        Erasures.Progress progress = erasures.advance(erasure);
        assertThat(progress.waitsFor()).isEmpty();
        assertThat(progress.removed()).isTrue();
        nothingLeft();
    }

    @Test
    @DisplayName(
            "who is stored again after the erasure, by a list that was read before it, is erased anew by the daily work")
    void storedAgain() {
        world.run(List.of(record("7771")), List.of(), true);
        ends(erasures.begin(ANN).id());
        assertThat(erasures.eraseAgain()).isZero();
        world.left(ANN);

        assertThat(erasures.eraseAgain()).isOne();
        assertThat(erasures.eraseAgain()).as("while it is under way").isZero();
        deliver();

        assertThat(erasures.advance()).isZero();
        nothingLeft();
    }

    private void nothingLeft() {
        world.database.query(handle -> {
            for (String table : TestDatabase.tables(handle)) {
                assertThat(handle.createQuery("select * from " + table)
                                .mapToMap()
                                .list())
                        .as(table)
                        .noneMatch(row -> row.toString().contains(ANN.address()));
            }
            TestDatabase.columns(handle).stream()
                    .filter(column -> column.endsWith("person_id") || column.endsWith("former_id"))
                    .map(column -> column.split("\\."))
                    .forEach(column -> assertThat(orphans(handle, column[0], column[1]))
                            .as("rows of nobody in " + column[0])
                            .isEmpty());
            return null;
        });
    }

    private static List<Map<String, Object>> orphans(Handle handle, String table, String column) {
        return handle.createQuery("select * from %s where %s is not null and %s not in (select id from person)"
                        .formatted(table, column, column))
                .mapToMap()
                .list();
    }

    @Test
    @DisplayName("a page that was decided before the erasure began and is stored after it leaves nothing")
    void decidedBefore() {
        world.run(List.of(record("7771", false)), List.of(), true);
        long[] erasure = new long[1];

        world.run(List.of(record("7771"), record("7772")), () -> {
            erasure[0] = erasures.begin(ANN).id();
            assertThat(erasures.advance(erasure[0]).waitsFor())
                    .anySatisfy(reason -> assertThat(reason).contains("still reading"));
        });

        assertThat(world.coming()).isEmpty();
        ends(erasure[0]);
    }

    @Test
    @DisplayName("a record that such a page brought first is recognised later under another address")
    void recordOfThePage() {
        world.run(List.of(record("7771")), List.of(), true);
        long[] erasure = new long[1];
        world.run(
                List.of(record("7771"), record("7772")),
                () -> erasure[0] = erasures.begin(ANN).id());
        ends(erasure[0]);

        CrmRecord moved = new CrmRecord(
                "7772",
                world.clock.instant().plusSeconds(1),
                Map.of("Email", "later@quux.example.com", "Email_Opt_Out", false, "Data_Processing_Basis", ""));
        world.run(List.of(moved), List.of(), true);

        assertThat(world.texts("select address from person")).isEmpty();
    }

    @Test
    @DisplayName("a run that began while the erasure began, and did not know of it, is waited for")
    void beganMeanwhile() throws Exception {
        assumeFalse(world.database.embedded(), "an embedded database has one writer at a time");
        world.run(List.of(record("7771")), List.of(), true);
        Future<?>[] run = new Future<?>[1];
        world.database
                .transaction(Handle::getJdbi)
                .getConfig(SqlStatements.class)
                .setSqlLogger(new SqlLogger() {
                    private boolean done;

                    @Override
                    public void logBeforeExecution(StatementContext context) {
                        if (!done && context.getRawSql().contains("into erased_subject")) {
                            done = true;
                            run[0] = other.submit(() -> world.run(List.of(record("7771")), () -> {
                                there.countDown();
                                await(go);
                            }));
                            await(there);
                        }
                    }
                });

        long erasure = erasures.begin(ANN).id();
        deliver();

        assertThat(erasures.advance(erasure).removed())
                .as("while the run reads")
                .isFalse();
        go.countDown();
        run[0].get();
        ends(erasure);
    }

    @Test
    @DisplayName("a transaction that has looked the person up before they are removed leaves no rows of nobody")
    void lookedUpBefore() throws Exception {
        world.run(List.of(record("7771")), List.of(), true);
        long erasure = erasures.begin(ANN).id();
        deliver();
        Future<?> refusal = other.submit(() -> world.database.change(handle -> {
            PersonNumbers.of(handle, List.of(ANN));
            there.countDown();
            await(go);
            world.suppressions.add(
                    handle,
                    List.of(new Suppression(
                            "main",
                            ANN,
                            Suppression.EVERY_LIST,
                            "campaigns",
                            IgnoreReason.OPTED_OUT,
                            world.clock.instant())));
        }));
        await(there);
        if (!world.database.embedded()) {
            assertThat(erasures.advance(erasure).removed()).isFalse();
        }
        go.countDown();
        refusal.get();

        ends(erasure);
    }

    @Test
    @DisplayName("who is erased while an operator suppresses them is not stored again")
    void suppressedMeanwhile() {
        world.run(List.of(record("7771")), List.of(), true);
        ends(erasures.begin(ANN).id());

        assertThat(world.rights.suppressions().suppress(ANN, Optional.empty(), "a letter"))
                .isEmpty();
        nothingLeft();
    }
}
