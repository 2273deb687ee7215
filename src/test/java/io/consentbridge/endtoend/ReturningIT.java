package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.consentbridge.api.ExplainView;
import io.consentbridge.api.PreviewLine;
import io.consentbridge.api.RunView;
import io.consentbridge.run.RecordOutcome;
import io.consentbridge.run.RecordsAsked;
import io.consentbridge.sync.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** People whom the product took off a list, and whose record is there again, are no people who refused. */
class ReturningIT extends BridgeFixture {

    private static final String BACK = "returning: resubscribe";

    @BeforeAll
    static void open() {
        bridge = Bridge.open(
                10,
                files -> files.set("BRAKE_PEOPLE", "0")
                        .set("BRAKE_SHARE", "100")
                        .set("DELIVERY_BATCH", "1")
                        .letters("staying", "Leads")
                        .purpose("back")
                        .sync("back", "Leads", BACK)
                        .purpose("moving")
                        .sync("moving", "Leads", BACK)
                        .letters("moving-stays", "Leads")
                        .purpose("selecting")
                        .sync(
                                "selecting",
                                "Leads",
                                BACK,
                                "unmatched: unsubscribe",
                                "select: {scope: criteria, conditions: [{field: City, operator: equals, value: Graz}]}")
                        .purpose("vain")
                        .sync("vain", "Leads", BACK)
                        .purpose("last")
                        .sync("last", "Leads", BACK)
                        .purpose("refusing")
                        .sync("refusing", "Leads", BACK));
    }

    @AfterEach
    void asBefore() {
        bridge.zoho().listing(Map.of("reactivates", true));
    }

    private static String email() {
        return "b" + UUID.randomUUID().toString().substring(0, 12) + "@c1.example.com";
    }

    private static String lead(String email, Map<String, Object> more) {
        return bridge.zoho().create("Leads", Bridge.fields(email, more));
    }

    private static RecordOutcome fate(RunView run, String record) {
        return bridge
                .runtime()
                .components()
                .history()
                .outcomes()
                .records(new RecordsAsked(run.run(), Optional.empty(), Optional.empty(), false, "", 10_000))
                .stream()
                .filter(each -> each.recordId().equals(record))
                .findFirst()
                .orElseThrow();
    }

    private static ExplainView.Membership membership(String email, String list) {
        return bridge.operations().explain(email).memberships().stream()
                .filter(each -> each.list().equals(list))
                .findFirst()
                .orElseThrow();
    }

    private static String status(String list, String email) {
        return bridge.zoho().statuses(list).get(email);
    }

    @Test
    @DisplayName(
            "B47: the output says that twenty leads, deleted and imported again, were removed by the connector, and what to do")
    void importedAgain() {
        List<String> emails = IntStream.range(0, 20).mapToObj(i -> email()).toList();
        List<String> ids = new ArrayList<>();
        emails.forEach(email -> ids.add(lead(email, Map.of())));
        bridge.complete("staying");
        ids.forEach(id -> bridge.zoho().delete("Leads", id));
        assertThat(bridge.complete("staying").deleted()).isEqualTo(20);
        List<String> again = new ArrayList<>();
        emails.forEach(email -> again.add(lead(email, Map.of())));

        Bridge.Previewed preview = bridge.preview("staying", false);
        RunView run = bridge.complete("staying");

        assertThat(run.ignored()).containsEntry("other", 20L);
        assertThat(fate(run, again.get(0)).detail().orElseThrow())
                .startsWith("Removed by ConsentBridge because the record was deleted in the CRM (sync staying, 20")
                .contains("returning: resubscribe");
        assertThat(preview.lines().stream().filter(line -> again.contains(line.record())))
                .extracting(PreviewLine::reason)
                .hasSize(20)
                .allMatch(reason -> reason.startsWith("Removed by ConsentBridge because the record was deleted"));
        ExplainView told = bridge.operations().explain(emails.get(0));
        assertThat(told.suppressions())
                .extracting(ExplainView.Suppressed::reason)
                .containsOnly("removed");
        assertThat(told.suppressions())
                .extracting(ExplainView.Suppressed::origin)
                .containsOnly("consentbridge");
        assertThat(membership(emails.get(0), "staying").removed()).startsWith("Removed by ConsentBridge");
        assertThat(status("staying", emails.get(0))).isEqualTo("unsub");

        bridge.files().sync("staying", "Leads", BACK);
        bridge.reload();
        RunView full = bridge.runInFull("staying");
        assertThat(full.readded()).isEqualTo(20);
        assertThat(bridge.zoho().statuses("staying").values().stream().filter("active"::equals))
                .hasSizeGreaterThanOrEqualTo(20);
    }

    @Test
    @DisplayName("B47, B72: a record that exists again puts its person back with returning: resubscribe, and they stay")
    void putBack() {
        String email = email();
        String id = lead(email, Map.of());
        bridge.complete("back");
        bridge.zoho().delete("Leads", id);
        bridge.complete("back");
        String again = lead(email, Map.of());

        assertThat(bridge.preview("back", false).view().totals().readded()).isEqualTo(1);
        RunView run = bridge.complete("back");

        assertThat(fate(run, again).outcome()).isEqualTo(new Outcome.Readded());
        assertThat(status("back", email)).isEqualTo("active");
        assertThat(membership(email, "back").active()).isTrue();
        assertThat(membership(email, "back").removed()).isNull();
        assertThat(bridge.operations().explain(email).suppressions()).isEmpty();
        bridge.zoho().forgetCalls();
        bridge.runInFull("back");
        assertThat(status("back", email)).isEqualTo("active");
        assertThat(bridge.zoho().calls(SUBSCRIBE)).as("once").isZero();

        bridge.zoho().happens("unsubscribe", "back", email);
        bridge.zoho().change("Leads", again, Map.of("First_Name", "Ann"));
        RunView refused = bridge.complete("back");
        assertThat(fate(refused, again).outcome())
                .as("now it is their own word")
                .hasToString("Ignored[reason=OPTED_OUT]");
        assertThat(status("back", email)).isEqualTo("unsub");
    }

    @Test
    @DisplayName("B43: an address that was changed and changed back is put back, or reported, as the sync says")
    void changedAndChangedBack() {
        String email = email();
        String other = email();
        String id = lead(email, Map.of());
        bridge.complete("moving");
        bridge.complete("moving-stays");
        bridge.zoho().change("Leads", id, Map.of("Email", other));
        bridge.complete("moving");
        bridge.complete("moving-stays");
        bridge.zoho().change("Leads", id, Map.of("Email", email));

        bridge.complete("moving");
        RunView stays = bridge.complete("moving-stays");

        assertThat(status("moving", email)).isEqualTo("active");
        assertThat(status("moving", other)).isEqualTo("unsub");
        assertThat(status("moving-stays", email)).isEqualTo("unsub");
        assertThat(fate(stays, id).detail().orElseThrow())
                .startsWith("Removed by ConsentBridge because the record had another address");
    }

    @Test
    @DisplayName("B19: a person who left the selection and is selected again is put back")
    void selectedAgain() {
        String email = email();
        String id = lead(email, Map.of("City", "Graz"));
        bridge.complete("selecting");
        bridge.zoho().change("Leads", id, Map.of("City", "Linz"));
        bridge.complete("selecting");
        assertThat(status("selecting", email)).isEqualTo("unsub");

        bridge.zoho().change("Leads", id, Map.of("City", "Graz"));
        bridge.complete("selecting");

        assertThat(status("selecting", email)).isEqualTo("active");
    }

    @Test
    @DisplayName("B72: outcome and explain say so where Campaigns reactivates nobody, and no retry follows")
    void inVain() {
        String email = email();
        String id = lead(email, Map.of());
        bridge.complete("vain");
        bridge.zoho().delete("Leads", id);
        bridge.complete("vain");
        String again = lead(email, Map.of());
        bridge.zoho().listing(Map.of("reactivates", false));

        RunView run = bridge.complete("vain");

        // What Campaigns made of it is read back a moment after the reply was settled.
        await().untilAsserted(() -> assertThat(fate(run, again).outcome()).hasToString("Ignored[reason=OTHER]"));
        assertThat(fate(run, again).detail().orElseThrow()).contains("put back on", "Put them back in Campaigns");
        assertThat(membership(email, "vain").active()).isFalse();
        assertThat(membership(email, "vain").removed()).contains("has not listed the person as active since");
        bridge.zoho().forgetCalls();
        bridge.zoho().change("Leads", again, Map.of("First_Name", "Ann"));
        RunView next = bridge.complete("vain");
        assertThat(fate(next, again).outcome()).hasToString("Ignored[reason=OTHER]");
        bridge.runInFull("vain");
        assertThat(bridge.zoho().callsOf(SUBSCRIBE).toString()).doesNotContain(email);

        bridge.zoho().happens("join", "vain", email);
        bridge.zoho().change("Leads", again, Map.of("First_Name", "Bea"));
        bridge.complete("vain");
        assertThat(membership(email, "vain").active())
                .as("a person put them back")
                .isTrue();
        assertThat(membership(email, "vain").removed()).isNull();
    }

    @ParameterizedTest(name = "code {0}")
    @ValueSource(strings = {"2004", "2101"})
    @DisplayName(
            "B72: a person who was put back without effect is reported, also where the last one of them is refused or parked")
    void lastOneFails(String code) {
        String email = email();
        String last = email();
        List<String> ids = List.of(lead(email, Map.of()), lead(last, Map.of()));
        bridge.complete("last");
        ids.forEach(id -> bridge.zoho().delete("Leads", id));
        bridge.complete("last");
        String again = lead(email, Map.of());
        String other = lead(last, Map.of());
        bridge.zoho().listing(Map.of("reactivates", false));
        // The first try is a transient fault, so that the other one is settled before.
        bridge.zoho().fault(Map.of("method", SUBSCRIBE, "kind", "status", "status", 503, "email", last, "times", 1));
        bridge.zoho().fault(Map.of("method", SUBSCRIBE, "kind", "code", "code", code, "email", last, "times", 0));

        RunView run = bridge.run("last");

        await().untilAsserted(() -> assertThat(fate(run, again).outcome()).hasToString("Ignored[reason=OTHER]"));
        assertThat(fate(run, again).detail().orElseThrow()).contains("put back on", "Put them back in Campaigns");
        assertThat(fate(run, other).outcome()).isNotEqualTo(new Outcome.Readded());
    }

    @Test
    @DisplayName("B51, B76: a person who refused, before we took them off or after, is not put back")
    void whoRefused() {
        String before = email();
        String after = email();
        String one = lead(before, Map.of());
        String two = lead(after, Map.of());
        bridge.complete("refusing");
        bridge.zoho().happens("unsubscribe", "refusing", before);
        bridge.zoho().delete("Leads", one);
        bridge.zoho().delete("Leads", two);
        bridge.complete("refusing");
        bridge.zoho().create("Contacts", Bridge.fields(after, Map.of("Email_Opt_Out", true)));
        String first = lead(before, Map.of());
        String second = lead(after, Map.of());

        RunView run = bridge.complete("refusing");

        assertThat(fate(run, first).outcome()).hasToString("Ignored[reason=OPTED_OUT]");
        assertThat(fate(run, second).outcome()).hasToString("Ignored[reason=OPTED_OUT]");
        assertThat(status("refusing", before)).isEqualTo("unsub");
        assertThat(status("refusing", after)).isEqualTo("unsub");
    }
}
