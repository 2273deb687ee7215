package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.consentbridge.api.RunView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Of several records of a person the newest stands for them; when it is gone, the one that remains does, with the same run. */
class RemainingIT extends BridgeFixture {

    private static final Map<String, Object> OBTAINED = Map.of("Data_Processing_Basis", "Consent - Obtained");
    private static final Map<String, Object> PENDING = Map.of("Data_Processing_Basis", "Pending");

    @BeforeAll
    static void open() {
        bridge = Bridge.open(
                10,
                files -> files.letters("greeting", "Leads")
                        .letters("failing", "Leads")
                        .letters("limited", "Leads")
                        .purpose("consenting", "lawfulBasis: consent")
                        .sync("consenting", "Leads", "consent: expressed", "evidence: basis")
                        .purpose("selecting")
                        .sync(
                                "selecting",
                                "Leads",
                                "unmatched: unsubscribe",
                                "select: {scope: criteria, conditions: [{field: Company, operator: equals, value: Stay}]}")
                        .letters("moving", "Leads")
                        .letters("both", "Leads")
                        .sync("both-contacts", "Contacts", "purpose: both")
                        .purpose("agreeing", "lawfulBasis: consent")
                        .sync("agreeing", "Leads", "consent: expressed", "evidence: basis")
                        .sync(
                                "agreeing-contacts",
                                "Contacts",
                                "purpose: agreeing",
                                "consent: expressed",
                                "evidence: basis")
                        .purpose("converting")
                        .sync("converting", "Leads", "unmatched: unsubscribe")
                        .sync("converting-members", "Memberships", "purpose: converting", "unmatched: ignore"));
    }

    private static String email() {
        return "r" + UUID.randomUUID().toString().substring(0, 12) + "@c1.example.com";
    }

    /** A record that is newer than whatever was there before. */
    private static String record(String module, String email, Map<String, Object> more) {
        bridge.zoho().pass(Duration.ofSeconds(2));
        return bridge.zoho().create(module, Bridge.fields(email, more));
    }

    private static JsonNode member(String list, String email) {
        for (JsonNode member : bridge.zoho().members(list)) {
            if (member.path("email").asText().equals(email)) {
                return member;
            }
        }
        throw new AssertionError(email + " is not on " + list);
    }

    private static String field(String list, String email, String field) {
        return member(list, email).path("fields").path(field).asText();
    }

    @Test
    @DisplayName(
            "B80: the older of two leads with one address supplies its values in the run that finds the newer deleted; nothing of the deleted person stays")
    void theOthersValuesHold() {
        String email = email();
        record("Leads", email, Map.of("Last_Name", "Older"));
        String newer = record("Leads", email, Map.of("Last_Name", "Newer", "First_Name", "Gerda"));
        bridge.complete("greeting");
        assertThat(field("greeting", email, "First Name")).isEqualTo("Gerda");

        bridge.zoho().delete("Leads", newer);
        Bridge.Previewed preview = bridge.preview("greeting", false);
        RunView run = bridge.complete("greeting");

        assertThat(field("greeting", email, "Last Name")).isEqualTo("Older");
        assertThat(field("greeting", email, "First Name")).isEmpty();
        assertThat(member("greeting", email).path("status").asText()).isEqualTo("active");
        assertThat(run.updated()).isEqualTo(1);
        assertThat(preview.view().totals().updated())
                .as("the preview foresees it")
                .isEqualTo(1);
        bridge.zoho().forgetCalls();
        assertThat(bridge.complete("greeting").updated()).as("once").isZero();
        assertThat(bridge.runInFull("greeting").updated()).isZero();
        assertThat(bridge.zoho().calls(SUBSCRIBE)).isZero();
    }

    @Test
    @DisplayName(
            "B12, B80: an older lead with consent is delivered by the run that finds the newer, undecided one deleted")
    void theOthersConsentHolds() {
        String email = email();
        record("Leads", email, OBTAINED);
        String newer = record("Leads", email, PENDING);
        bridge.complete("consenting");
        assertThat(bridge.zoho().statuses("consenting")).doesNotContainKey(email);

        bridge.zoho().delete("Leads", newer);
        RunView run = bridge.complete("consenting");

        assertThat(bridge.zoho().statuses("consenting")).containsEntry(email, "active");
        assertThat(run.added()).isEqualTo(1);
    }

    @Test
    @DisplayName("B80: the older record's values apply when the newer one leaves the selection")
    void leavesTheSelection() {
        String email = email();
        record("Leads", email, Map.of("Last_Name", "Older", "Company", "Stay"));
        String newer = record("Leads", email, Map.of("Last_Name", "Newer", "Company", "Stay"));
        bridge.complete("selecting");

        bridge.zoho().change("Leads", newer, Map.of("Company", "Go"));
        bridge.complete("selecting");

        assertThat(field("selecting", email, "Last Name")).isEqualTo("Older");
        assertThat(member("selecting", email).path("status").asText()).isEqualTo("active");
    }

    @Test
    @DisplayName("B43, B80: the older record's values apply when the newer one gets another address")
    void getsAnotherAddress() {
        String email = email();
        String other = email();
        record("Leads", email, Map.of("Last_Name", "Older"));
        String newer = record("Leads", email, Map.of("Last_Name", "Newer"));
        bridge.complete("moving");

        bridge.zoho().change("Leads", newer, Map.of("Email", other));
        bridge.complete("moving");

        assertThat(field("moving", email, "Last Name")).isEqualTo("Older");
        assertThat(field("moving", other, "Last Name")).isEqualTo("Newer");
    }

    @Test
    @DisplayName("B80: the remaining record may belong to another module whose sync serves the same list")
    void ofAnotherModule() {
        String email = email();
        String lead = record("Leads", email, Map.of("Last_Name", "Lead"));
        bridge.complete("both");
        String contact = record("Contacts", email, Map.of("Last_Name", "Contact", "First_Name", "Gerda"));
        bridge.complete("both-contacts");
        assertThat(field("both", email, "Last Name")).isEqualTo("Contact");

        bridge.zoho().delete("Contacts", contact);
        RunView run = bridge.complete("both-contacts");

        assertThat(field("both", email, "Last Name")).isEqualTo("Lead");
        assertThat(field("both", email, "First Name")).isEmpty();
        assertThat(run.updated()).as("the run counts lead %s", lead).isEqualTo(1);
        assertThat(bridge.complete("both").updated()).isZero();
    }

    @Test
    @DisplayName(
            "B43, B80: the remaining record of another sync may have a new address: the old one leaves and the new one comes with the run that reads it")
    void movedInAnotherModule() {
        String email = email();
        String other = email();
        String lead = record("Leads", email, Map.of("Last_Name", "Lead"));
        bridge.complete("both");
        String contact = record("Contacts", email, Map.of("Last_Name", "Contact"));
        bridge.complete("both-contacts");

        bridge.zoho().change("Leads", lead, Map.of("Email", other));
        bridge.zoho().delete("Contacts", contact);
        bridge.complete("both-contacts");

        assertThat(bridge.zoho().statuses("both")).doesNotContainEntry(email, "active");
        assertThat(field("both", other, "Last Name")).isEqualTo("Lead");
        assertThat(bridge.complete("both").updated()).isZero();
    }

    @Test
    @DisplayName(
            "B43, B80: a remaining lead of another sync that was converted leaves as that sync says, not as the reading sync does")
    void convertedInAnotherModule() {
        String email = email();
        String lead = record("Leads", email, Map.of("Last_Name", "Lead"));
        bridge.complete("converting");
        String member = record("Memberships", email, Map.of());
        bridge.complete("converting-members");

        bridge.zoho().change("Leads", lead, Map.of("Converted__s", true));
        bridge.zoho().delete("Memberships", member);
        bridge.complete("converting-members");

        assertThat(bridge.zoho().statuses("converting")).doesNotContainEntry(email, "active");
    }

    @Test
    @DisplayName(
            "B12, B80: a delivery that a run requested from another sync's record is not sent once that sync has found the consent gone")
    void consentGoneMeanwhile() {
        String email = email();
        // Nothing flies meanwhile: what has left when consent is read as gone ends with the next run.
        bridge.runtime()
                .components()
                .outbox()
                .backoff()
                .beginUntil("main", Instant.now().plus(Duration.ofHours(1)), "held by the test");
        String lead = record("Leads", email, OBTAINED);
        String asked = read("agreeing");
        String contact = record("Contacts", email, OBTAINED);
        String replaced = read("agreeing-contacts");
        bridge.zoho().delete("Contacts", contact);
        String waits = read("agreeing-contacts");

        bridge.zoho().pass(Duration.ofSeconds(2));
        bridge.zoho().change("Leads", lead, PENDING);
        String withheld = read("agreeing");
        bridge.runtime().components().outbox().backoff().succeeded("main");
        List.of(asked, replaced, waits, withheld).forEach(bridge::end);

        assertThat(bridge.zoho().statuses("agreeing")).doesNotContainKey(email);
    }

    @Test
    @DisplayName("B80: a run that fails before it reads the remaining record leaves it to the next one")
    void failsInBetween() {
        String email = email();
        record("Leads", email, Map.of("Last_Name", "Older"));
        String newer = record("Leads", email, Map.of("Last_Name", "Newer"));
        bridge.complete("failing");
        bridge.zoho().delete("Leads", newer);
        bridge.zoho().forgetCalls();
        long before = queries("failing");
        bridge.zoho().fault(Map.of("method", "coql", "kind", "status", "status", 400, "times", 0, "skip", before));

        assertThat(bridge.run("failing").state()).isEqualTo("failed");
        assertThat(field("failing", email, "Last Name")).isEqualTo("Newer");
        bridge.zoho().noFaults();
        bridge.complete("failing");

        assertThat(field("failing", email, "Last Name")).isEqualTo("Older");
    }

    /** A run whose people wait. */
    private static String read(String sync) {
        String run = bridge.begin(sync);
        await().until(() -> !bridge.operations().run(run).state().equals("reading"));
        return run;
    }

    /** How many queries a run of the sync asks that has nothing to do. */
    private static long queries(String sync) {
        bridge.preview(sync, false);
        List<JsonNode> calls = bridge.zoho().callsOf("coql");
        return calls.size() - 1L;
    }
}
