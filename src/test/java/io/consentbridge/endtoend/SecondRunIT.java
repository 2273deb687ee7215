package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.api.RunView;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What later runs cost, and that none of them misses or repeats anybody. */
class SecondRunIT extends BridgeFixture {

    @BeforeAll
    static void open() {
        bridge = Bridge.open(
                40,
                files -> files.letters("unchanged", "Leads")
                        .letters("changed", "Leads")
                        .sync("changed", "Leads", "mapping: {Company Name: Company}")
                        .letters("crowded", "Memberships")
                        .letters("late", "Contacts")
                        .letters("untouched", "Contacts"));
    }

    @Test
    @DisplayName("A second run without changes, and a full one, subscribe nobody and make few CRM calls (B43)")
    void unchangedPeopleCostNothing() {
        RunView first = bridge.complete("unchanged");
        assertThat(first.added()).isPositive();
        assertThat(first.calls().accounts())
                .as("the token is counted for the run that needed it")
                .isLessThan(2);

        secondsAreOver();
        bridge.zoho().forgetCalls();
        RunView second = bridge.complete("unchanged");
        assertThat(second.added() + second.updated()).isZero();
        assertThat(bridge.zoho().calls(SUBSCRIBE)).isZero();
        assertThat(second.calls().crm()).as("three sweeps, one page, deletions").isEqualTo(5);
        assertThat(second.total()).isZero();

        RunView full = bridge.runInFull("unchanged");
        assertThat(full.state()).isEqualTo("completed");
        assertThat(full.total()).isEqualTo(first.total());
        assertThat(full.duplicate()).isEqualTo(first.added());
        assertThat(full.updated()).isZero();
        assertThat(bridge.zoho().calls(SUBSCRIBE)).isZero();
    }

    @Test
    @DisplayName("After five people changed, five are subscribed and counted as updated (B39, B43, B73)")
    void changesCostACallEach() {
        List<String> emails = new ArrayList<>();
        List<String> ids = IntStream.range(0, 5)
                .mapToObj(i -> "changing" + i + "@c1.example.com")
                .peek(emails::add)
                .map(email -> bridge.zoho().create("Leads", Bridge.fields(email, Map.of("Company", "Old"))))
                .toList();
        bridge.complete("changed");
        bridge.zoho().forgetCalls();

        ids.forEach(id -> bridge.zoho().change("Leads", id, Map.of("Company", "New")));
        RunView run = bridge.complete("changed");

        assertThat(bridge.zoho().calls(SUBSCRIBE)).isEqualTo(5);
        assertThat(run.updated()).isEqualTo(5);
        assertThat(run.calls().crm()).isLessThan(10);
        bridge.zoho().members("changed").forEach(member -> {
            if (emails.contains(member.path("email").asText())) {
                assertThat(member.path("fields").toString()).contains("New");
            }
        });
    }

    @Test
    @DisplayName("Each of many records of one second is read once, even if pages end among them")
    void manyRecordsOfOneSecond() {
        bridge.zoho().queryMost("Memberships", 100);
        bridge.zoho().crowd(250, "crowd");
        bridge.zoho().forgetCalls();

        RunView run = bridge.complete("crowded");

        assertThat(run.added()).isGreaterThanOrEqualTo(250);
        Set<String> subscribed = new HashSet<>();
        bridge.zoho()
                .callsOf(SUBSCRIBE)
                .forEach(call -> assertThat(subscribed.add(
                                call.path("params").path("contactinfo").asText()))
                        .isTrue());
        assertThat(subscribed).hasSize((int) run.added());
    }

    @Test
    @DisplayName("A record that changes in a second that was already read is not lost")
    void lateChangeOfAReadSecond() {
        String early = bridge.zoho().create("Contacts", Bridge.fields("early@c3.example.com", Map.of()));
        bridge.newcomer("Contacts", Map.of());
        bridge.complete("late");

        // Its id is smaller than the last one that was read, and the second may be the same.
        bridge.zoho().change("Contacts", early, Map.of("Email", "later@c3.example.com"));
        bridge.complete("late");

        assertThat(bridge.zoho().statuses("late")).containsEntry("later@c3.example.com", "active");
    }

    @Test
    @DisplayName("Calls for fields are counted for the run that made them (B69)")
    void countsEveryCall() {
        bridge.complete("untouched");
        bridge.zoho().forgetCalls();
        bridge.reopen();

        RunView run = bridge.complete("untouched");

        assertThat(run.calls().crm()).isEqualTo(bridge.zoho().crmCalls());
        assertThat(run.calls().crm())
                .as("fields of contacts and leads, opt-outs there and in memberships, one page, deletions")
                .isEqualTo(7);
    }
}
