package io.consentbridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.sandbox.Sandbox;
import io.consentbridge.sandbox.SandboxOptions;
import io.consentbridge.store.Database;
import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The process of {@code person erase} is killed, as {@code kill -9} does it, at random instants. {@code -Dcrash.seed} and
 * {@code -Dcrash.kills} choose others.
 */
@EveryEngine
@Tag("long")
class ErasureKilledIT {

    private static final String SYNC = "customer-contacts";
    private static final int CALL_MILLIS = 15;

    @TempDir
    private Path folder;

    private final TestDatabase engine;

    ErasureKilledIT(TestDatabase engine) {
        this.engine = engine;
    }

    private static String[] erase(String person) {
        return new String[] {"person", "erase", person, "--yes"};
    }

    private static List<String> members(Database database) {
        return database.query(handle -> handle.createQuery(
                        "select p.address from person p join list_member m on m.person_id = p.id where m.active order by p.id")
                .mapTo(String.class)
                .list());
    }

    private static String everything(Handle handle) {
        StringBuilder all = new StringBuilder();
        TestDatabase.tables(handle)
                .forEach(table -> handle.createQuery("select * from " + table)
                        .mapToMap()
                        .forEach(row -> all.append(row).append('\n')));
        return all.toString();
    }

    @Test
    @DisplayName(
            "A person whose erasure is killed is erased by the next one, leaves the list, and is not put back meanwhile")
    void killed() throws Exception {
        int kills = Integer.getInteger("crash.kills", 10);
        Random random = new Random(Long.getLong("crash.seed", 20261128));
        try (Sandbox sandbox =
                Sandbox.start(SandboxOptions.defaults().withPeople(100).withoutQuotas())) {
            EndState.fault(sandbox, Map.of("kind", "delay", "delayMillis", CALL_MILLIS, "times", 0));
            InterruptedConnector connector = new InterruptedConnector(sandbox, folder.resolve("home"), engine);
            connector.complete(SYNC);
            List<String> people;
            try (Database database = connector.open()) {
                people = members(database).subList(0, 3 * kills);
            }
            long began = System.nanoTime();
            assertThat(connector.run(erase(people.get(0)))).as(connector.said()).isZero();
            int takes = (int) ((System.nanoTime() - began) / 1_000_000);

            int erased = 1;
            int killed = 0;
            while (killed < kills) {
                String person = people.get(erased++);
                if (connector.killAfter(0, takes / 3 + random.nextInt(takes), erase(person))) {
                    killed++;
                    if (random.nextBoolean()) {
                        connector.complete(SYNC);
                    }
                    assertThat(connector.run(erase(person)))
                            .as("%s after kill %d on %s", connector.said(), killed, engine)
                            .isZero();
                }
            }
            connector.complete(SYNC);

            assertThat(connector.run("ledger", "verify")).as(connector.said()).isZero();
            try (Database database = connector.open()) {
                String stored = database.query(ErasureKilledIT::everything);
                assertThat(people.subList(0, erased)).noneMatch(stored::contains);
            }
            Map<String, String> facts =
                    EndState.of(sandbox, connector, List.of()).facts();
            for (String person : people.subList(0, erased)) {
                assertThat(facts.entrySet())
                        .as("nobody who was erased is on a list")
                        .noneMatch(fact -> fact.getKey().endsWith(", " + person)
                                && fact.getValue().contains("\"active\""));
            }
        }
    }
}
