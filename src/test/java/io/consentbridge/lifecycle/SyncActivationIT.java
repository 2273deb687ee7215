package io.consentbridge.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.lifecycle.SyncActivation.State;
import io.consentbridge.outbox.Integrations;
import io.consentbridge.store.Database;
import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.MovedClock;
import io.consentbridge.store.TestDatabase;
import io.consentbridge.sync.Admission;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Which syncs are active, on every engine. */
@EveryEngine
class SyncActivationIT {

    private final TestDatabase engine;
    private final MovedClock clock = new MovedClock();
    private Database database;
    private SyncActivation states;

    SyncActivationIT(TestDatabase engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() {
        database = engine.open();
        states = new SyncActivation(database, clock);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static ConnectionSyncs syncs(String credential, int most, String... names) {
        Map<String, Boolean> fileStates = new LinkedHashMap<>();
        for (String name : names) {
            fileStates.put(name.replace("(off)", ""), !name.endsWith("(off)"));
        }
        return new ConnectionSyncs("main", credential, most, fileStates);
    }

    private static String[] numbered(int many) {
        return IntStream.range(0, many)
                .mapToObj(i -> "sync-" + (char) ('a' + i))
                .toArray(String[]::new);
    }

    private List<String> active(ConnectionSyncs syncs) {
        return states.of(syncs).entrySet().stream()
                .filter(entry -> entry.getValue().active())
                .map(Map.Entry::getKey)
                .toList();
    }

    private Admission activate(ConnectionSyncs syncs, String sync) {
        clock.pass(Duration.ofSeconds(1));
        return states.activate(
                syncs,
                sync,
                "by command",
                active -> active < syncs.most() ? new Admission.Admitted() : new Admission.Refused("full"));
    }

    private List<String> settle(ConnectionSyncs syncs) {
        clock.pass(Duration.ofSeconds(1));
        return states.settle(syncs);
    }

    @Test
    @DisplayName("B85, B86: another credential switches the connection's syncs off until each is activated again")
    void credential() {
        ConnectionSyncs before = syncs("first", 10, "leads", "members", "idle(off)");
        assertThat(settle(before)).isEmpty();
        assertThat(settle(before)).isEmpty();
        ConnectionSyncs after = syncs("second", 10, "leads", "members", "idle(off)");

        assertThat(active(after)).as("before anybody settles it").isEmpty();
        assertThat(settle(after))
                .extracting(line -> line.substring(0, line.indexOf(':')))
                .containsExactly("leads", "members");
        assertThat(settle(after)).isEmpty();
        assertThat(states.of(after).get("leads").because()).contains("credential of connection main changed");

        assertThat(activate(after, "leads")).isInstanceOf(Admission.Admitted.class);
        assertThat(settle(after)).isEmpty();
        assertThat(active(after)).containsExactly("leads");
        activate(after, "members");
        assertThat(active(after)).containsExactly("leads", "members");
    }

    @Test
    @DisplayName("B85: a sync that is activated before the changed credential is noticed stays active")
    void activatedFirst() {
        settle(syncs("first", 10, "leads", "members"));
        ConnectionSyncs after = syncs("second", 10, "leads", "members");

        activate(after, "leads");

        assertThat(settle(after)).isEmpty();
        assertThat(active(after)).containsExactly("leads");
    }

    @Test
    @DisplayName("An override by command applies until the file's own state changes")
    void override() {
        settle(syncs("c", 10, "leads"));
        states.deactivate(syncs("c", 10, "leads"), "leads", "by command");
        assertThat(active(syncs("c", 10, "leads"))).isEmpty();
        assertThat(settle(syncs("c", 10, "leads"))).isEmpty();
        assertThat(active(syncs("c", 10, "leads(off)"))).isEmpty();
        settle(syncs("c", 10, "leads(off)"));
        activate(syncs("c", 10, "leads(off)"), "leads");
        assertThat(states.of(syncs("c", 10, "leads(off)")).get("leads"))
                .isEqualTo(new State(true, "by command", false));
        assertThat(states.of(syncs("c", 10, "leads")).get("leads")).isEqualTo(new State(true, "", false));
    }

    @Test
    @DisplayName("B58: ten of twelve active files are active, and the other two stay inactive and say why")
    void twelveFiles() {
        ConnectionSyncs twelve = syncs("c", 10, numbered(12));

        assertThat(active(twelve)).as("before anybody settles it").hasSize(10);
        assertThat(settle(twelve))
                .containsExactly(
                        "sync-k: 10 of 10 syncs of this connection are active (limits.active-syncs). Deactivate"
                                + " one first, then activate this one",
                        "sync-l: 10 of 10 syncs of this connection are active (limits.active-syncs). Deactivate"
                                + " one first, then activate this one");
        assertThat(active(twelve)).containsExactly(numbered(10));
        assertThat(states.of(twelve).get("sync-l").surplus()).isTrue();
        assertThat(activate(twelve, "sync-l")).isInstanceOf(Admission.Refused.class);
    }

    @Test
    @DisplayName("B58: an active sync stays active when a file earlier in the alphabet is added")
    void placesAreKept() {
        settle(syncs("c", 2, "m", "n"));
        ConnectionSyncs three = syncs("c", 2, "a", "m", "n");

        assertThat(settle(three)).hasSize(1);
        assertThat(active(three)).containsExactly("m", "n");
    }

    @Test
    @DisplayName("B60: a freed slot is assigned by command, or with the next reading of the files")
    void freed() {
        ConnectionSyncs three = syncs("c", 2, "a", "b", "c");
        settle(three);

        states.deactivate(three, "a", "by command");
        assertThat(active(three)).containsExactly("b");
        assertThat(activate(three, "c")).isInstanceOf(Admission.Admitted.class);
        assertThat(active(three)).containsExactly("b", "c");

        states.deactivate(three, "c", "by command");
        settle(three);
        assertThat(active(three)).containsExactly("b");
        ConnectionSyncs four = syncs("c", 2, "a", "b", "c", "d", "e");
        assertThat(settle(four)).hasSize(1);
        assertThat(active(four)).containsExactly("b", "d");
        states.deactivate(four, "d", "by command");
        assertThat(settle(four)).isEmpty();
        assertThat(active(four)).containsExactly("b", "e");
    }

    @Test
    @DisplayName("B58: with limits.active-syncs = 0 every sync may be active, and a lower limit lets the oldest stay")
    void otherLimits() {
        ConnectionSyncs many = syncs("c", 0, numbered(12));
        settle(many);
        assertThat(active(many)).hasSize(12);

        ConnectionSyncs few = syncs("c", 3, numbered(12));
        assertThat(settle(few)).hasSize(9);
        assertThat(active(few)).containsExactly("sync-a", "sync-b", "sync-c");
    }

    @Test
    @DisplayName("No sync of a connection that is switched off is active; switching it on restores the state of each")
    void switchedOff() {
        ConnectionSyncs three = syncs("c", 10, "leads", "members", "idle(off)");
        settle(three);
        states.deactivate(three, "members", "by command");
        Integrations integrations = new Integrations(database, clock);

        integrations.switchOff("main", Integrations.Kind.DEACTIVATED);

        assertThat(active(three)).isEmpty();
        assertThat(states.of(three).get("idle").because())
                .isEqualTo("connection main is deactivated since " + clock.instant()
                        + ". Activate it with: consentbridge integration activate main");
        assertThat(settle(three)).isEmpty();
        assertThat(activate(three, "idle"))
                .isEqualTo(new Admission.Refused(
                        "idle: " + states.of(three).get("idle").because()));
        assertThat(integrations.switchOn("main")).isTrue();
        assertThat(active(three)).containsExactly("leads");
        assertThat(states.of(three).get("members").because()).isEqualTo("by command");
        assertThat(integrations.switchOn("main")).isFalse();
    }

    @Test
    @DisplayName("A connection that is disabled stays so and keeps its time, whatever else switches it off")
    void disabledStays() {
        Integrations integrations = new Integrations(database, clock);
        integrations.switchOff("main", Integrations.Kind.DEACTIVATED);
        clock.pass(Duration.ofHours(1));

        Integrations.Off disabled = integrations.switchOff("main", Integrations.Kind.DISABLED);

        assertThat(disabled.since()).isEqualTo(clock.instant());
        clock.pass(Duration.ofHours(1));
        assertThat(integrations.switchOff("main", Integrations.Kind.DEACTIVATED))
                .isEqualTo(disabled);
        assertThat(integrations.switchOff("main", Integrations.Kind.DISABLED)).isEqualTo(disabled);
        assertThat(integrations.off("main")).contains(disabled);
        assertThat(integrations.off("other")).isEmpty();
    }

    @Test
    @DisplayName("A removed sync leaves no override behind")
    void forgotten() {
        ConnectionSyncs one = syncs("c", 10, "leads");
        settle(one);
        states.deactivate(one, "leads", "by command");

        states.forget("leads");

        assertThat(active(one)).containsExactly("leads");
    }
}
