package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.lifecycle.DailyReading;
import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists of syncs that run once a month are read whole every day. */
@EveryEngine
class DailyReadingIT extends EveryEngineFixture {

    static final HistoryClock CLOCK = new HistoryClock();

    private static final String SELDOM = "schedule: {every: month, on: 1, at: \"09:00\"}";
    private static final String MEMBERS = "getlistsubscribers";

    private static int names;

    private String list;

    @BeforeParameterizedClassInvocation
    static void open(TestDatabase engine) {
        bridge = Bridge.open(10, CLOCK, files -> files.on(engine));
    }

    @AfterEach
    void asItWas() {
        bridge.files().sync(list, "Leads", "state: inactive");
        bridge.reload();
    }

    private void begin(String... lines) {
        list = "daily" + names++;
        String[] all = IntStream.rangeClosed(0, lines.length)
                .mapToObj(i -> i == 0 ? SELDOM : lines[i - 1])
                .toArray(String[]::new);
        bridge.files().purpose(list).sync(list, "Leads", all);
        bridge.reload();
        bridge.complete(list);
    }

    private String email(String name) {
        return name + "@" + list + ".example.com";
    }

    private void happens(String event, String name) {
        bridge.zoho().happens(event, list, email(name));
    }

    private String status(String name) {
        return bridge.zoho().statuses(list).get(email(name));
    }

    private void refuses(String... names) {
        for (String name : names) {
            bridge.zoho().create("Contacts", Bridge.fields(email(name), Map.of("Email_Opt_Out", true)));
        }
        bridge.complete(list);
        secondsAreOver();
    }

    private static DailyReading reading() {
        return bridge.runtime().context().getRegistry().lookupByNameAndType("dailyReading", DailyReading.class);
    }

    /** What the trigger does once a minute. */
    private static void look() {
        var template = bridge.runtime().context().createProducerTemplate();
        reading().due().forEach(connection -> template.sendBody("direct:read-lists-between-runs", connection));
        template.send("direct:deliver-due", exchange -> {});
        bridge.awaitDeliveries();
    }

    private static void pass(Duration time) {
        CLOCK.pass(time);
        bridge.zoho().pass(time);
    }

    private static int runs() {
        return bridge.runtime()
                .components()
                .history()
                .queries()
                .list(Optional.empty(), 1_000)
                .size();
    }

    @ParameterizedTest(name = "optedOut: {0}")
    @ValueSource(strings = {"unsubscribe", "remove"})
    @DisplayName("A person who refused and is imported by a colleague leaves the list of a monthly sync after a day")
    void refusingLeaves(String optedOut) {
        begin("optedOut: " + optedOut);
        refuses("anna");
        happens("import", "anna");
        happens("import", "ben");
        int runs = runs();

        look();
        assertThat(status("anna")).as("the list was read today").isEqualTo("active");
        pass(Duration.ofHours(25));
        look();

        assertThat(status("anna")).isEqualTo("unsub");
        assertThat(status("ben")).as("nothing stands against them").isEqualTo("active");
        assertThat(runs()).as("it is no run").isEqualTo(runs);
        bridge.zoho().forgetCalls();
        look();
        assertThat(bridge.zoho().calls()).as("the list was read today").isZero();
    }

    @Test
    @DisplayName("A list is read where the sync ignores opt-outs, and a person who refused stays on it")
    void ignored() {
        begin("optedOut: ignore");
        refuses("anna");
        happens("import", "anna");
        pass(Duration.ofHours(25));
        bridge.zoho().forgetCalls();

        look();

        assertThat(status("anna")).isEqualTo("active");
        assertThat(bridge.zoho().calls(MEMBERS)).isPositive();
        assertThat(reading().due()).as("nothing more is to be done").isEmpty();
    }

    @Test
    @DisplayName("The brake does not hold opt-outs, even if everybody on the list leaves")
    void noBrake() {
        begin();
        String[] all = IntStream.range(0, 12).mapToObj(i -> "p" + i).toArray(String[]::new);
        refuses(all);
        List.of(all).forEach(name -> happens("import", name));
        pass(Duration.ofHours(25));

        look();

        assertThat(List.of(all)).allMatch(name -> "unsub".equals(status(name)));
    }

    @Test
    @DisplayName("A list that a run read today costs no call, and the list of an inactive sync is not read")
    void costsNothing() {
        begin();
        pass(Duration.ofHours(25));
        bridge.complete(list);
        bridge.zoho().forgetCalls();

        look();
        assertThat(bridge.zoho().calls()).isZero();

        pass(Duration.ofHours(25));
        bridge.files().sync(list, "Leads", "state: inactive");
        bridge.reload();
        assertThat(reading().due()).isEmpty();
    }

    @Test
    @DisplayName("A person who was found but not removed because the process ended is removed after the next look")
    void killedInBetween() {
        begin();
        refuses("anna");
        happens("import", "anna");
        pass(Duration.ofHours(25));
        bridge.runtime().database().change(handle -> {
            // As a process leaves it that ends after the reading and before the comparison.
            handle.execute(
                    "update mailing_list set members_read_at = ?, compared_at = null where name = ?",
                    CLOCK.instant(),
                    list);
            handle.execute("""
                    insert into list_member (list_id, person_id, active)
                    select l.id, p.id, true from mailing_list l, person p where l.name = ? and p.address = ?
                    """, list, email("anna"));
        });
        bridge.zoho().forgetCalls();

        look();

        assertThat(status("anna")).isEqualTo("unsub");
        assertThat(bridge.zoho().calls(MEMBERS)).isZero();
    }

    @Test
    @DisplayName("A list that is gone or cannot be read is reported once and delays no other list")
    void goneAndUnreadable() {
        begin();
        String gone = list;
        begin();
        String unreadable = list;
        begin();
        refuses("anna");
        happens("import", "anna");
        pass(Duration.ofHours(25));
        bridge.zoho().deleteList(gone);
        bridge.zoho()
                .fault(Map.of(
                        "method",
                        MEMBERS,
                        "kind",
                        "code",
                        "code",
                        "2203",
                        "email",
                        bridge.zoho().listKey(unreadable),
                        "times",
                        0));

        List<String> told;
        try (ErrorLog log = ErrorLog.listenToWarnings()) {
            look();
            pass(Duration.ofMinutes(2));
            look();
            told = log.errors();
        }

        assertThat(status("anna")).isEqualTo("unsub");
        assertThat(told)
                .filteredOn(line -> line.contains("\"" + gone + "\""))
                .singleElement()
                .asString()
                .contains("no longer has the mailing list", "next run of " + gone);
        assertThat(told)
                .filteredOn(line -> line.contains("\"" + unreadable + "\""))
                .singleElement()
                .asString()
                .contains("cannot be read between runs");
        assertThat(bridge.runtime().components().outbox().backoff().current("main"))
                .isEmpty();

        bridge.zoho().noFaults();
        pass(Duration.ofHours(1));
        bridge.zoho().forgetCalls();
        look();
        assertThat(bridge.zoho().callsOf(MEMBERS))
                .extracting(call -> call.path("params").path("listkey").asText())
                .containsOnly(bridge.zoho().listKey(unreadable));
        assertThat(reading().due()).isEmpty();
        for (String other : List.of(gone, unreadable)) {
            bridge.files().sync(other, "Leads", "state: inactive");
        }
    }
}
