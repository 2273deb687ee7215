package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.consentbridge.store.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Any sequence of edits, runs and failures against the sandbox, which counts everybody who was subscribed against the CRM's word
 * or their own; the model beside it knows who refused under an address that the person had before.
 */
class NobodyOptedOutIT {

    private static final int PEOPLE = 4;
    private static final String[] SYNCS = {"mixed-leads", "mixed-contacts"};

    private static final Map<TestDatabase, Bridge> BRIDGES = new EnumMap<>(TestDatabase.class);

    private static int tries;

    private Bridge bridge;

    private final Map<Integer, String> records = new HashMap<>();
    private final Map<Integer, List<String>> addresses = new HashMap<>();
    private final Set<Integer> optedOut = new TreeSet<>();
    private final Set<String> left = new TreeSet<>();

    /** One thing that happens to one of a few people. */
    record Step(Kind kind, int person, int choice) {}

    enum Kind {
        EDIT,
        CHANGE_ADDRESS,
        OPT_OUT,
        OPT_IN,
        LEAVE_IN_CAMPAIGNS,
        DELETE,
        RUN,
        RUN_AND_KEEP_WAITING,
        FAIL_READING,
        FAIL_DELIVERING,
        RUN_IN_FULL
    }

    @BeforeContainer
    static void open() {
        for (TestDatabase engine : TestDatabase.chosen()) {
            Bridge bridge = Bridge.open(
                    10,
                    files -> files.on(engine)
                            .purpose("mixed")
                            .sync("mixed-leads", "Leads", "purpose: mixed", "unmatched: unsubscribe")
                            .sync("mixed-contacts", "Contacts", "purpose: mixed"));
            BRIDGES.put(engine, bridge);
            List.of(SYNCS).forEach(bridge::complete);
        }
    }

    @AfterContainer
    static void close() {
        BRIDGES.values().forEach(Bridge::close);
        BRIDGES.clear();
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Kind> kinds = Arbitraries.of(Kind.class);
        return Combinators.combine(
                        kinds,
                        Arbitraries.integers().between(0, PEOPLE - 1),
                        Arbitraries.integers().between(0, 5))
                .as(Step::new)
                .list()
                .ofMinSize(6)
                .ofMaxSize(14);
    }

    @Property(tries = 12, shrinking = ShrinkingMode.OFF)
    @Label("B51: no sequence of edits, runs and failures ever subscribes an opted-out person (B52, B76, B78)")
    void neverSubscribed(@ForAll("steps") List<Step> steps) {
        // The engines take turns.
        List<TestDatabase> engines = TestDatabase.chosen();
        TestDatabase engine = engines.get(tries++ % engines.size());
        bridge = BRIDGES.get(engine);
        records.clear();
        addresses.clear();
        optedOut.clear();
        left.clear();
        for (int person = 0; person < PEOPLE; person++) {
            String email = address(person, 0);
            addresses.put(person, new ArrayList<>(List.of(email)));
            records.put(person, bridge.zoho().create(module(person), Bridge.fields(email, Map.of())));
        }
        steps.forEach(this::take);
        run(0);
        run(1);

        assertThat(bridge.zoho().violations()).as("on %s: %s", engine, steps).isEmpty();
        Map<String, String> statuses = bridge.zoho().statuses("mixed");
        for (int person : records.keySet()) {
            List<String> all = addresses.get(person);
            String now = all.get(all.size() - 1);
            boolean refused = optedOut.contains(person) || all.stream().anyMatch(left::contains);
            if (refused) {
                assertThat(statuses.get(now))
                        .as("%s of %s on %s", now, steps, engine)
                        .isNotEqualTo("active");
            }
        }
    }

    // Leads and contacts by turns; the first two share the second address, the others have addresses of their own.
    private static String module(int person) {
        return person % 2 == 0 ? "Leads" : "Contacts";
    }

    private static String address(int person, int choice) {
        return "t" + tries + "-" + (choice == 1 ? "shared" + person / 2 : person + "x" + choice) + "@c3.example.com";
    }

    private void take(Step step) {
        String id = records.get(step.person());
        switch (step.kind()) {
            case RUN -> run(step.choice() % 2);
            case RUN_IN_FULL ->
                settled(bridge.operations()
                        .startRun(SYNCS[step.choice() % 2], true)
                        .run());
            case RUN_AND_KEEP_WAITING -> {
                bridge.runtime()
                        .components()
                        .outbox()
                        .backoff()
                        .beginUntil("main", Instant.now().plusSeconds(600), "a test");
                read(bridge.begin(SYNCS[step.choice() % 2]));
            }
            case FAIL_READING -> {
                String method = step.choice() < 3 ? "deleted" : "coql";
                bridge.zoho().fault(Map.of("method", method, "kind", "status", "status", 400, "times", 1));
                run(step.choice() % 2);
                bridge.zoho().noFaults();
            }
            case FAIL_DELIVERING -> {
                // For a while only: an outage that does not end parks nobody, and nothing would ever settle.
                String kind = step.choice() % 2 == 0 ? "lost-reply" : "status";
                bridge.zoho()
                        .fault(Map.of(
                                "method",
                                BridgeFixture.SUBSCRIBE,
                                "kind",
                                kind,
                                "status",
                                503,
                                "times",
                                1 + step.choice()));
                run(step.choice() % 2);
                bridge.zoho().noFaults();
            }
            default -> {
                if (id != null) {
                    change(step, id);
                }
            }
        }
    }

    private void change(Step step, String id) {
        int person = step.person();
        switch (step.kind()) {
            case EDIT -> edit(person, id, Map.of("Last_Name", "N" + step.choice()));
            case CHANGE_ADDRESS -> {
                String next = address(person, step.choice());
                if (!addresses.get(person).contains(next)) {
                    edit(person, id, Map.of("Email", next));
                    addresses.get(person).add(next);
                }
            }
            case OPT_OUT -> {
                edit(person, id, Map.of("Email_Opt_Out", true));
                optedOut.add(person);
            }
            case OPT_IN -> {
                edit(person, id, Map.of("Email_Opt_Out", false));
                optedOut.remove(person);
            }
            case LEAVE_IN_CAMPAIGNS -> {
                List<String> all = addresses.get(person);
                String now = all.get(all.size() - 1);
                if ("active".equals(bridge.zoho().statuses("mixed").get(now))) {
                    bridge.zoho().happens("unsubscribe", "mixed", now);
                    left.add(now);
                }
            }
            case DELETE -> {
                bridge.zoho().delete(module(person), id);
                records.remove(person);
            }
            default -> throw new IllegalStateException(step.kind().name());
        }
    }

    private void edit(int person, String id, Map<String, Object> fields) {
        bridge.zoho().change(module(person), id, fields);
    }

    private void run(int sync) {
        settled(bridge.begin(SYNCS[sync]));
    }

    // What waited is let go only once the next reading knows who refused meanwhile: nobody can promise more.
    private void settled(String run) {
        read(run);
        bridge.runtime().components().outbox().backoff().succeeded("main");
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> bridge.waiting() == 0);
    }

    private void read(String run) {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> !bridge.operations().run(run).state().equals("reading"));
    }
}
