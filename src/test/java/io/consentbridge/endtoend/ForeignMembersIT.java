package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.api.RunView;
import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.TestDatabase;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** People on a list whom this product did not bring there. */
@EveryEngine
class ForeignMembersIT extends EveryEngineFixture {

    private static int names;

    private String list;

    @BeforeParameterizedClassInvocation
    static void open(TestDatabase engine) {
        bridge = Bridge.open(10, files -> files.on(engine));
    }

    @AfterEach
    void asItWas() {
        bridge.zoho().listing(Map.of("order", "joined", "late", "PT0S", "rejoin", "person"));
        bridge.files().sync(list, "Leads", "state: inactive");
        bridge.reload();
    }

    private void begin(String... lines) {
        list = "foreign" + names++;
        bridge.files().purpose(list).sync(list, "Leads", lines);
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

    private void refuses(String name) {
        bridge.zoho().create("Contacts", Bridge.fields(email(name), Map.of("Email_Opt_Out", true)));
        bridge.complete(list);
        secondsAreOver();
    }

    @ParameterizedTest(name = "optedOut: {0}")
    @ValueSource(strings = {"unsubscribe", "remove"})
    @DisplayName("A person who refused in the CRM and is put on the list by a colleague leaves it with the next run")
    void refusingLeaves(String optedOut) {
        begin("optedOut: " + optedOut);
        refuses("anna");
        long quiet = bridge.complete(list).calls().crm();
        happens("import", "anna");

        RunView run = bridge.complete(list);

        assertThat(status("anna")).isEqualTo("unsub");
        assertThat(run.audience().refusing() + run.ignored().get("opted-out"))
                .as("told by the run, or by the sweep that read their record again")
                .isEqualTo(1);
        assertThat(run.calls().crm()).as("no call more").isEqualTo(quiet);
        bridge.zoho().forgetCalls();
        assertThat(bridge.complete(list).audience().refusing())
                .as("who left is not asked again")
                .isZero();
        assertThat(bridge.zoho().calls("json/listunsubscribe")).isZero();
    }

    @Test
    @DisplayName("A person who refused, was just removed from the list and is put back leaves with the next run")
    void putBackAtOnce() {
        begin();
        String anna = bridge.zoho().create("Leads", Bridge.fields(email("anna"), Map.of()));
        bridge.complete(list);
        secondsAreOver();
        bridge.zoho().change("Leads", anna, Map.of("Email_Opt_Out", true));
        bridge.complete(list);
        assertThat(status("anna")).isEqualTo("unsub");
        happens("import", "anna");
        assertThat(status("anna")).isEqualTo("active");

        RunView run = bridge.complete(list);

        assertThat(run.audience().refusing()).isEqualTo(1);
        assertThat(status("anna")).isEqualTo("unsub");
    }

    @Test
    @DisplayName(
            "A person who refused stays where a colleague put them if the sync ignores opt-outs, and is never subscribed")
    void ignored() {
        begin("optedOut: ignore");
        refuses("anna");
        happens("import", "anna");
        bridge.zoho().create("Leads", Bridge.fields(email("anna"), Map.of()));
        bridge.zoho().forgetCalls();

        bridge.complete(list);

        assertThat(status("anna")).isEqualTo("active");
        assertThat(bridge.zoho().callsOf(SUBSCRIBE).toString()).doesNotContain("anna");
    }

    @ParameterizedTest(name = "rows in the order: {0}")
    @ValueSource(strings = {"joined", "newest", "address"})
    @DisplayName(
            "A person who unsubscribed, was purged and is imported leaves again, in any sort order of the newest members")
    void purgedAndImported(String order) {
        begin();
        bridge.zoho().listing(Map.of("order", order));
        bridge.zoho().create("Leads", Bridge.fields(email("anna"), Map.of()));
        bridge.complete(list);
        secondsAreOver();
        happens("unsubscribe", "anna");
        bridge.complete(list);
        happens("purge", "anna");
        wholeReading();
        bridge.complete(list);
        happens("import", "anna");

        RunView run = bridge.complete(list);

        assertThat(run.audience().refusing()).isEqualTo(1);
        assertThat(status("anna")).isEqualTo("unsub");
    }

    @Test
    @DisplayName("A person who unsubscribed and comes back by themselves is not removed again")
    void cameBack() {
        begin();
        bridge.zoho().create("Leads", Bridge.fields(email("anna"), Map.of()));
        bridge.complete(list);
        happens("unsubscribe", "anna");
        bridge.complete(list);
        bridge.zoho().forgetCalls();
        bridge.complete(list);
        happens("join", "anna");

        RunView run = bridge.complete(list);

        assertThat(run.audience().refusing()).isZero();
        assertThat(status("anna")).isEqualTo("active");
        assertThat(bridge.zoho().calls("json/listunsubscribe")).isZero();
    }

    @Test
    @DisplayName("Members that ConsentBridge did not subscribe stay, and history counts them")
    void foreignStay() {
        begin();
        happens("join", "anna");
        happens("import", "ben");
        wholeReading();

        RunView run = bridge.complete(list);

        assertThat(status("anna")).isEqualTo("active");
        assertThat(status("ben")).isEqualTo("active");
        assertThat(run.audience().notOurs()).isEqualTo(2);
        assertThat(bridge.operations().sync(list).onList().notOurs()).isEqualTo(2);
        assertThat(run.audience().active())
                .isEqualTo(bridge.zoho().statuses(list).size());
    }

    @Test
    @DisplayName("A preview shows that a person who refused leaves, and why")
    void foreseen() {
        begin();
        refuses("anna");
        happens("import", "anna");

        Bridge.Previewed preview = bridge.preview(list, false);

        assertThat(preview.lines())
                .anySatisfy(line -> assertThat(line.person() + line.action()).contains(email("anna"), "unsubscribe"));
        assertThat(status("anna")).isEqualTo("active");
    }

    @Test
    @DisplayName(
            "A person who was removed because their record was deleted did not refuse, and stays where a colleague puts them")
    void removedByUs() {
        begin();
        String anna = bridge.zoho().create("Leads", Bridge.fields(email("anna"), Map.of()));
        bridge.complete(list);
        bridge.zoho().delete("Leads", anna);
        bridge.complete(list);
        assertThat(status("anna")).isEqualTo("unsub");
        longAgo();
        bridge.complete(list);
        happens("purge", "anna");
        happens("import", "anna");

        RunView run = bridge.complete(list);

        assertThat(run.audience().refusing()).isZero();
        assertThat(status("anna")).isEqualTo("active");
    }

    private static void longAgo() {
        longerAgo(Duration.ofHours(1), "list_member", "left_at");
    }

    /** A day passes for the reading of everybody. */
    private static void wholeReading() {
        longerAgo(Duration.ofHours(25), "mailing_list", "members_read_at");
    }
}
