package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.consentbridge.api.RunView;
import io.consentbridge.lifecycle.ConnectionSweep;
import io.consentbridge.store.Earlier;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A check has a lifetime: what was true when a delivery was decided may not be when it leaves, or between runs. */
class RecheckIT {

    private static final int OFTEN_MILLIS = 200;

    private final HistoryClock clock = new HistoryClock();
    private Bridge bridge;

    @AfterEach
    void close() {
        bridge.close();
    }

    private void open(boolean triggers, String setting, String value, String... lines) {
        java.util.function.Consumer<TestConfig> files = workshop -> workshop.set(setting, value)
                .purpose("news")
                .sync("news", "Leads", lines)
                .letters("members", "Memberships");
        bridge = triggers
                ? Bridge.openWithTriggers(10, files.andThen(RecheckIT::lookOften))
                : Bridge.open(10, clock, files);
    }

    /** The timer looks more often for what is due than the route as it ships. */
    private static void lookOften(TestConfig files) {
        String file = "routes/schedules.camel.yaml";
        String before = files.read(file);
        String after = before.replaceFirst("(timerName: opt-outs\\s+period: )\"\\d+\"", "$1\"" + OFTEN_MILLIS + "\"");
        assertThat(after).isNotEqualTo(before);
        files.write(file, after);
    }

    private static String email() {
        return "p" + UUID.randomUUID().toString().substring(0, 12) + "@c1.example.com";
    }

    private String create(String module, String email) {
        String name = module.equals("Memberships") ? "Name" : "Last_Name";
        return bridge.zoho().create(module, Map.of(name, "Doe", "Email", email));
    }

    private String status(String email) {
        return bridge.zoho().statuses("news").get(email);
    }

    /** Decides everybody, and keeps the deliveries waiting. */
    private String waiting() {
        bridge.runtime()
                .components()
                .outbox()
                .backoff()
                .beginUntil("main", Instant.now().plusSeconds(600), "a test");
        String run = bridge.begin("news");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> bridge.operations().run(run).state().equals("delivering"));
        return run;
    }

    private void letGo() {
        bridge.runtime().components().outbox().backoff().succeeded("main");
    }

    private void passRecheck() {
        clock.pass(Duration.ofMillis(1_200));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Leads", "Contacts", "Memberships"})
    @DisplayName("B51: a person who opts out in any module while their delivery waits is not delivered")
    void optsOutWhileWaiting(String module) {
        open(false, "DELIVERY_RECHECK", "1s");
        String email = email();
        String lead = create("Leads", email);
        String record = module.equals("Leads") ? lead : create(module, email);
        String run = waiting();

        bridge.zoho().change(module, record, Map.of("Email_Opt_Out", true));
        passRecheck();
        letGo();

        RunView view = bridge.end(run);
        assertThat(view.state()).isEqualTo("completed");
        assertThat(view.ignored().get("opted-out")).isPositive();
        assertThat(status(email)).isNull();
    }

    @Test
    @DisplayName("B76: a person who leaves the list in Campaigns while their update waits is not subscribed again")
    void leavesWhileWaiting() {
        open(false, "DELIVERY_RECHECK", "1s");
        String email = email();
        String lead = create("Leads", email);
        bridge.complete("news");
        bridge.zoho().change("Leads", lead, Map.of("Last_Name", "Other"));
        String run = waiting();

        bridge.zoho().happens("unsubscribe", "news", email);
        passRecheck();
        letGo();

        bridge.end(run);
        assertThat(status(email)).isEqualTo("unsub");
    }

    @Test
    @DisplayName("Only lists with due subscriptions are read again before the subscriptions leave")
    void onlyWhatIsDue() {
        open(false, "DELIVERY_RECHECK", "1s");
        create("Memberships", email());
        bridge.complete("members");
        bridge.complete("news");
        create("Leads", email());
        String run = waiting();
        passRecheck();
        bridge.zoho().forgetCalls();
        letGo();

        bridge.end(run);

        assertThat(bridge.zoho().callsOf("getlistsubscribers"))
                .isNotEmpty()
                .extracting(call -> call.path("params").path("listkey").asText())
                .containsOnly(bridge.zoho().listKey("news"));
    }

    @Test
    @DisplayName("Nobody is subscribed while the CRM is out of reach, and people who leave still leave")
    void crmAway() {
        open(false, "DELIVERY_RECHECK", "1s");
        String leaver = email();
        String leaving = create("Leads", leaver);
        bridge.complete("news");
        String newcomer = email();
        create("Leads", newcomer);
        bridge.zoho().change("Leads", leaving, Map.of("Email_Opt_Out", true));
        String run = waiting();
        passRecheck();
        bridge.zoho().fault(Map.of("method", "coql", "kind", "status", "status", 503, "times", 0));
        bridge.zoho().forgetCalls();
        letGo();

        await().atMost(Duration.ofSeconds(30)).until(() -> "unsub".equals(status(leaver)));
        await().atMost(Duration.ofSeconds(30)).until(() -> bridge.zoho().calls("POST /crm/v8/coql") > 0);
        assertThat(status(newcomer)).isNull();
        assertThat(bridge.zoho().calls("getlistsubscribers"))
                .as("who left is not read while nobody may be subscribed anyway")
                .isZero();
        assertThat(bridge.operations().run(run).state()).isEqualTo("delivering");

        bridge.zoho().noFaults();
        // What could not be read is left alone for half a minute.
        clock.pass(Duration.ofSeconds(31));
        bridge.end(run);
        assertThat(status(newcomer)).isEqualTo("active");
    }

    @Test
    @DisplayName(
            "B51: after a run that cannot read the refusals of one module, nobody is subscribed until all are read, however recent the last sweep is")
    void unreadByAnotherRun() {
        open(false, "DELIVERY_RECHECK", "5m");
        String email = email();
        String lead = create("Leads", email);
        String run = waiting();
        bridge.zoho().change("Leads", lead, Map.of("Email_Opt_Out", true));
        bridge.zoho().fault(Map.of("method", "coql", "kind", "status", "status", 400, "times", 1));
        String other = bridge.begin("members");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> bridge.operations().run(other).over());
        assertThat(bridge.operations().run(other).message())
                .containsIgnoringCase("nobody is delivered until it can be read");

        letGo();

        assertThat(bridge.end(run).ignored().get("opted-out")).isPositive();
        assertThat(status(email)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2203", "2501"})
    @DisplayName(
            "A list whose leavers cannot be read is held alone, even if one reply calls it gone; people who leave still leave, and nothing is created or parked")
    void cannotBeRead(String code) {
        open(false, "DELIVERY_RECHECK", "1s");
        create("Leads", email());
        bridge.complete("news");
        String newcomer = email();
        create("Leads", newcomer);
        String run = waiting();
        passRecheck();
        bridge.zoho().forgetCalls();
        bridge.zoho().fault(Map.of("method", "getlistsubscribers", "kind", "code", "code", code, "times", 0));
        letGo();

        await().atMost(Duration.ofSeconds(30))
                .until(() -> bridge.runtime().components().audience().heldLists().of("main").stream()
                        .anyMatch(held -> held.list().equals("news")));
        assertThat(bridge.runtime().components().outbox().backoff().current("main"))
                .isEmpty();
        assertThat(status(newcomer)).isNull();
        assertThat(bridge.zoho().calls("addlistandcontacts")).isZero();

        bridge.zoho().noFaults();
        assertThat(bridge.end(run).deadLettered()).isZero();
        assertThat(status(newcomer)).isEqualTo("active");
    }

    @Test
    @DisplayName("B76: nobody is tried on a list whose leavers cannot be read, even if its pause ends before the claim")
    void notTriedUnread() {
        bridge = Bridge.open(
                10,
                clock,
                files -> files.set("DELIVERY_RECHECK", "1s")
                        .set("HOLD_FIRST", "1ms")
                        .set("HOLD_MOST", "1ms")
                        .purpose("news")
                        .sync("news", "Leads"));
        create("Leads", email());
        bridge.complete("news");
        String newcomer = email();
        create("Leads", newcomer);
        String run = waiting();
        passRecheck();
        bridge.zoho().fault(Map.of("method", "getlistsubscribers", "kind", "code", "code", "2203", "times", 0));
        bridge.zoho().forgetCalls();
        letGo();

        await().atMost(Duration.ofSeconds(30))
                .until(() -> bridge.zoho().calls("getlistsubscribers") >= 5 || status(newcomer) != null);
        assertThat(status(newcomer)).isNull();

        bridge.zoho().noFaults();
        bridge.end(run);
        assertThat(status(newcomer)).isEqualTo("active");
    }

    @Test
    @DisplayName("B52: a member who opts out in any module leaves the list between runs, without a run")
    void betweenRuns() {
        open(true, "OPT_OUTS_EVERY", "1s");
        Map<String, String> emails = Map.of("Leads", email(), "Contacts", email(), "Memberships", email());
        Map<String, String> records = new HashMap<>();
        emails.forEach((module, email) -> {
            String lead = create("Leads", email);
            records.put(module, module.equals("Leads") ? lead : create(module, email));
        });
        bridge.complete("news");
        assertThat(emails.values()).allMatch(email -> "active".equals(status(email)));
        int runs = bridge.runtime()
                .components()
                .history()
                .queries()
                .list(Optional.empty(), 100)
                .size();

        records.forEach((module, record) -> bridge.zoho().change(module, record, Map.of("Email_Opt_Out", true)));

        await().atMost(Duration.ofSeconds(40))
                .until(() -> emails.values().stream().allMatch(email -> "unsub".equals(status(email))));
        assertThat(bridge.runtime().components().history().queries().list(Optional.empty(), 100))
                .hasSize(runs);
        bridge.complete("news");
        assertThat(bridge.zoho().callsOf("json/listunsubscribe")).hasSize(3);
    }

    @Test
    @DisplayName("B52: a member leaves a list between runs even after the purpose changed the case of its name")
    void betweenRunsInOtherCase() {
        open(true, "OPT_OUTS_EVERY", "1s");
        String email = email();
        String lead = create("Leads", email);
        bridge.complete("news");
        bridge.files().purpose("news", "list: NEWS");
        bridge.reload();

        bridge.zoho().change("Leads", lead, Map.of("Email_Opt_Out", true));

        await().atMost(Duration.ofSeconds(40)).until(() -> "unsub".equals(status(email)));
    }

    /** As a sweep leaves the place of a module that was interrupted behind its last record, an hour ago. */
    private void interrupted(String sync) {
        bridge.runtime().database().change(handle -> {
            Instant since = handle.select("select since from sweep_cursor where sync = ? and module = 'Contacts'", sync)
                    .mapTo(Instant.class)
                    .one();
            handle.execute("""
                            update sweep_cursor set next_since = ?, modified_at = ?, record_id = '1'
                            where sync = ? and module = 'Contacts'
                            """, since.minus(Duration.ofHours(1)), since.plus(Duration.ofDays(1)), sync);
        });
    }

    @Test
    @DisplayName("B52: an interrupted sweep between runs continues and reads again what it read before")
    void interruptedBetweenRuns() {
        open(false, "OPT_OUTS_EVERY", "15m");
        String email = email();
        create("Leads", email);
        String contact = create("Contacts", email);
        bridge.complete("news");
        bridge.zoho().change("Contacts", contact, Map.of("Email_Opt_Out", true));
        interrupted("between runs of main");
        bridge.runtime()
                .database()
                .change(handle -> Earlier.by(handle, Duration.ofHours(1), "refusal_state", "swept_at"));
        ConnectionSweep sweep =
                bridge.runtime().context().getRegistry().lookupByNameAndType("connectionSweep", ConnectionSweep.class);

        sweep.due().forEach(sweep::sweep);

        assertThat(sweep.due()).isEmpty();
        await().atMost(Duration.ofSeconds(30)).until(() -> "unsub".equals(status(email)));
    }

    @Test
    @DisplayName("B52: a run that continues an interrupted sweep does not mark its first pages as fresh")
    void interruptedInRun() {
        open(false, "DELIVERY_RECHECK", "5m");
        String email = email();
        String contact = create("Contacts", email);
        bridge.complete("news");
        create("Leads", email);
        bridge.zoho().change("Contacts", contact, Map.of("Email_Opt_Out", true));
        interrupted("news");
        bridge.runtime()
                .database()
                .change(handle -> Earlier.by(handle, Duration.ofHours(1), "refusal_state", "swept_at"));

        bridge.complete("news");

        assertThat(status(email)).isNull();
    }

    @Test
    @DisplayName("B51: each run still sweeps the modules of other syncs where without-modules names all")
    void modulesOfOtherSyncs() {
        open(false, "ZOHO_MAIN_WITHOUT_MODULES", "*");
        String email = email();
        create("Leads", email);
        String membership = create("Memberships", email);
        bridge.zoho().change("Memberships", membership, Map.of("Email_Opt_Out", true));

        RunView run = bridge.complete("news");

        assertThat(run.ignored().get("opted-out")).isPositive();
        assertThat(status(email)).isNull();
    }

    @Test
    @DisplayName("B51: a member stays on the list of a sync with optedOut: ignore between runs")
    void ignored() {
        open(true, "OPT_OUTS_EVERY", "1s", "optedOut: ignore");
        String email = email();
        String lead = create("Leads", email);
        bridge.complete("news");
        bridge.zoho().change("Leads", lead, Map.of("Email_Opt_Out", true));
        bridge.zoho().forgetCalls();

        await().atMost(Duration.ofSeconds(40)).until(() -> bridge.zoho().calls("POST /crm/v8/coql") >= 6);
        assertThat(status(email)).isEqualTo("active");
        assertThat(bridge.zoho().callsOf("json/listunsubscribe")).isEmpty();
    }
}
