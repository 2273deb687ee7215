package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.api.RunView;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who left a list is read and compared by address, and what was learnt once stays. */
class WhoLeftIT extends BridgeFixture {

    private static int names;

    private String list;

    @BeforeAll
    static void open() {
        bridge = Bridge.open(10, files -> {});
    }

    @AfterEach
    void asItWas() {
        bridge.zoho().listing(Map.of("order", "joined", "late", "PT0S", "rejoin", "person"));
        assertThat(bridge.zoho().violations()).isEmpty();
        bridge.files().sync(list, "Leads", "state: inactive");
        bridge.reload();
    }

    /** A list with a sync of leads, and its first run. */
    private void begin(String... lines) {
        list = "left" + names++;
        bridge.files().purpose(list).sync(list, "Leads", lines);
        bridge.reload();
    }

    private String lead(String name) {
        return bridge.zoho().create("Leads", Bridge.fields(email(name), Map.of()));
    }

    private String email(String name) {
        return name + "@" + list + ".example.com";
    }

    private void happens(String event, String name) {
        bridge.zoho().happens(event, list, email(name));
    }

    private void change(String lead) {
        bridge.zoho().change("Leads", lead, Map.of("Last_Name", "Changed" + names++));
    }

    private String status(String name) {
        return bridge.zoho().statuses(list).get(email(name));
    }

    @Test
    @DisplayName("B76: a person who left is not subscribed again even if another was purged and the counts are equal")
    void equalCounts() {
        begin();
        String anna = lead("anna");
        lead("ben");
        lead("carl");
        bridge.complete(list);
        happens("unsubscribe", "ben");
        bridge.complete(list);

        happens("purge", "ben");
        happens("unsubscribe", "anna");
        happens("join", "newcomer");
        change(anna);
        RunView run = bridge.complete(list);

        assertThat(run.ignored().get("opted-out")).isPositive();
        assertThat(status("anna")).isEqualTo("unsub");
    }

    @Test
    @DisplayName(
            "B76: a person who unsubscribed and was purged afterwards stays off, and a full run does not change that")
    void purged() {
        begin();
        String anna = lead("anna");
        bridge.complete(list);
        happens("unsubscribe", "anna");
        bridge.complete(list);
        happens("purge", "anna");
        change(anna);

        assertThat(bridge.complete(list).ignored().get("opted-out")).isPositive();
        bridge.runInFull(list);
        assertThat(status("anna")).isNull();
        assertThat(bridge.zoho().violations()).isEmpty();
    }

    @ParameterizedTest(name = "rows are listed in the order: {0}")
    @ValueSource(strings = {"joined", "newest", "address"})
    @DisplayName("B76: nobody who left is overlooked, in any sort order of rows")
    void anyOrder(String order) {
        begin();
        bridge.zoho().listing(Map.of("order", order));
        List<String> leads = IntStream.range(0, 30).mapToObj(i -> lead("p" + i)).toList();
        bridge.complete(list);
        for (int i = 0; i < 30; i += 3) {
            happens("unsubscribe", "p" + i);
        }
        leads.forEach(this::change);

        RunView run = bridge.complete(list);

        assertThat(run.ignored()).containsEntry("opted-out", 10L);
        assertThat(run.updated()).isEqualTo(20);
    }

    @Test
    @DisplayName(
            "B76: a person who unsubscribed stays off a list that is deleted and created again, or after being removed from it")
    void madeAnew() {
        begin();
        String anna = lead("anna");
        String ben = lead("ben");
        bridge.complete(list);
        happens("unsubscribe", "anna");
        happens("unsubscribe", "ben");
        bridge.complete(list);
        happens("remove", "ben");
        bridge.complete(list);
        bridge.zoho().deleteList(list);
        bridge.zoho().list(list);
        change(anna);
        change(ben);

        RunView run = bridge.complete(list);

        assertThat(run.ignored()).containsEntry("opted-out", 2L);
        assertThat(bridge.zoho().statuses(list)).doesNotContainKeys(email("anna"), email("ben"));
    }

    @ParameterizedTest(name = "until it is seen, a change shows: {0}")
    @ValueSource(strings = {"both", "neither", "old"})
    @DisplayName("B76: a person who left stays off even if Campaigns shows it late, from the run that sees it on")
    void seenLate(String until) {
        begin();
        String anna = lead("anna");
        bridge.complete(list);
        bridge.zoho().listing(Map.of("late", "PT70S", "until", until));
        happens("unsubscribe", "anna");
        bridge.complete(list);
        bridge.zoho().pass(Duration.ofSeconds(80));
        change(anna);

        RunView run = bridge.complete(list);

        assertThat(run.ignored().get("opted-out")).isPositive();
        assertThat(status("anna")).isEqualTo("unsub");
    }

    @Test
    @DisplayName(
            "A person who comes back by themselves is free again on that list only, and is updated with their next change")
    void cameBack() {
        begin();
        String anna = lead("anna");
        bridge.complete(list);
        happens("unsubscribe", "anna");
        bridge.complete(list);
        happens("join", "anna");
        change(anna);

        RunView run = bridge.complete(list);

        assertThat(run.updated()).isPositive();
        assertThat(status("anna")).isEqualTo("active");
        assertThat(bridge.zoho().members(list).toString()).contains(email("anna"), "Changed");
    }

    @Test
    @DisplayName("A person who unsubscribed, was purged and is imported by a colleague is not updated by the connector")
    void imported() {
        begin("optedOut: ignore");
        String anna = lead("anna");
        bridge.complete(list);
        happens("unsubscribe", "anna");
        bridge.complete(list);
        happens("purge", "anna");
        wholeReading();
        bridge.complete(list);
        happens("import", "anna");
        change(anna);

        RunView run = bridge.complete(list);

        assertThat(run.ignored().get("opted-out")).isPositive();
        assertThat(bridge.zoho().members(list))
                .filteredOn(member -> member.path("email").asText().equals(email("anna")))
                .allSatisfy(member -> assertThat(member.path("fields")).isEmpty());
    }

    /** A day passes for the reading of everybody. */
    private static void wholeReading() {
        longerAgo(Duration.ofHours(25), "mailing_list", "members_read_at");
    }

    @Test
    @DisplayName(
            "A run without changes reads the leavers, the newest members and one count, and makes at most twelve other calls")
    void quietRun() {
        begin();
        lead("anna");
        lead("ben");
        bridge.complete(list);
        happens("unsubscribe", "anna");
        happens("bounce", "ben");
        bridge.complete(list);
        bridge.zoho().forgetCalls();

        RunView run = bridge.complete(list);

        assertThat(bridge.zoho().callsOf("getlistsubscribers"))
                .extracting(call -> call.path("params").path("status").asText()
                        + call.path("params").path("fromindex").asText())
                .containsExactlyInAnyOrder("unsub1", "unsub2", "bounce1", "bounce2", "recent1");
        assertThat(bridge.zoho().calls("listsubscriberscount"))
                .as("the listing of lists tells how many are active")
                .isZero();
        assertThat(run.calls().accounts() + run.calls().crm() + run.calls().campaigns())
                .isLessThanOrEqualTo(12 + 1 + 1);
    }
}
