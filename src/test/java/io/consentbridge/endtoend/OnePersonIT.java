package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.api.RunView;
import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.run.RecordOutcome;
import io.consentbridge.run.RecordsAsked;
import io.consentbridge.sync.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses change, records double, leads become contacts: the person stays one. */
class OnePersonIT extends BridgeFixture {

    private static final String UNSUBSCRIBE = "json/listunsubscribe";

    @BeforeAll
    static void open() {
        bridge = Bridge.open(
                10,
                files -> files.letters("moving", "Leads")
                        .letters("refused", "Leads")
                        .letters("sharing", "Leads")
                        .letters("paged", "Memberships")
                        .letters("forgetful", "Leads")
                        .letters("both", "Leads")
                        .sync("both-contacts", "Contacts", "purpose: both", "mapping: {Phone: Phone}")
                        .letters("spelt", "Leads")
                        .letters("followed", "Leads")
                        .sync("followed-contacts", "Contacts", "purpose: followed", "mapping: {Phone: Phone}")
                        .purpose("unfollowed")
                        .sync("unfollowed", "Leads", "unmatched: unsubscribe")
                        .letters("crashing", "Leads"));
    }

    private static String email() {
        return "m" + UUID.randomUUID().toString().substring(0, 12) + "@c1.example.com";
    }

    private static String lead(String email) {
        return bridge.zoho().create("Leads", Bridge.fields(email, Map.of()));
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

    private static List<String> changes(String... emails) {
        return Stream.concat(
                        bridge.zoho().callsOf(UNSUBSCRIBE).stream().map(call -> "-" + call),
                        bridge.zoho().callsOf(SUBSCRIBE).stream().map(call -> "+" + call))
                .filter(call -> Stream.of(emails).anyMatch(call::contains))
                .map(call -> call.substring(0, 1))
                .toList();
    }

    @Test
    @DisplayName("B43, B100: an address changed in the CRM moves the person: the old one leaves, the new one comes")
    void moves() {
        String before = email();
        String after = email();
        String id = lead(before);
        bridge.complete("moving");
        bridge.zoho().forgetCalls();

        bridge.zoho().change("Leads", id, Map.of("Email", after));
        RunView run = bridge.complete("moving");

        assertThat(bridge.zoho().statuses("moving"))
                .containsEntry(before, "unsub")
                .containsEntry(after, "active");
        assertThat(changes(before, after)).containsExactly("-", "+");
        assertThat(fate(run, id).outcome()).as("one record, one person").isEqualTo(new Outcome.New());
        assertThat(run.deleted()).isZero();
        bridge.zoho().forgetCalls();
        bridge.runInFull("moving");
        assertThat(changes(before, after)).as("nothing more to do").isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"unsubscribe", "do-not-mail"})
    @DisplayName(
            "B76-B78: a person who left under the old address is not subscribed under the new one, and history says why")
    void refusedInCampaigns(String event) {
        String before = email();
        String after = email();
        String id = lead(before);
        bridge.complete("refused");
        bridge.zoho().happens(event, event.equals("unsubscribe") ? "refused" : null, before);
        bridge.zoho().change("Leads", id, Map.of("Last_Name", "Touched"));
        bridge.complete("refused");

        bridge.zoho().change("Leads", id, Map.of("Email", after));
        RunView run = bridge.complete("refused");

        assertThat(bridge.zoho().statuses("refused")).doesNotContainKey(after);
        assertThat(fate(run, id).detail().orElseThrow()).startsWith("An earlier address of the same person");
        String last = email();
        bridge.zoho().change("Leads", id, Map.of("Email", last));
        bridge.complete("refused");
        bridge.runInFull("refused");
        assertThat(bridge.zoho().statuses("refused"))
                .as("nor under the next one")
                .doesNotContainKey(last);
    }

    @Test
    @DisplayName(
            "B76: a person who unsubscribed, and whose address bounced later, is not subscribed under the corrected address")
    void unsubscribedThenBounced() {
        String before = email();
        String after = email();
        String id = lead(before);
        bridge.complete("refused");
        bridge.zoho().happens("unsubscribe", "refused", before);
        bridge.zoho().change("Leads", id, Map.of("Last_Name", "Touched"));
        bridge.complete("refused");
        bridge.zoho().happens("bounce", null, before);
        bridge.zoho().change("Leads", id, Map.of("Last_Name", "Again"));
        bridge.complete("refused");

        bridge.zoho().change("Leads", id, Map.of("Email", after));
        bridge.complete("refused");

        assertThat(bridge.zoho().statuses("refused")).doesNotContainKey(after);
    }

    @Test
    @DisplayName("B76: an address that bounced and was corrected is subscribed: a bounce is no refusal")
    void bounced() {
        String before = email();
        String after = email();
        String id = lead(before);
        bridge.complete("refused");
        bridge.zoho().happens("bounce", null, before);
        bridge.zoho().change("Leads", id, Map.of("Last_Name", "Touched"));
        bridge.complete("refused");

        bridge.zoho().change("Leads", id, Map.of("Email", after));
        bridge.complete("refused");

        assertThat(bridge.zoho().statuses("refused")).containsEntry(after, "active");
    }

    @Test
    @DisplayName(
            "B51: an opt-out of the old address by another record applies to the new one, before and after the change")
    void refusedInTheCrm() {
        String before = email();
        String after = email();
        String id = lead(before);
        bridge.complete("refused");
        bridge.zoho().change("Leads", id, Map.of("Email", after));
        bridge.complete("refused");
        assertThat(bridge.zoho().statuses("refused")).containsEntry(after, "active");

        bridge.zoho().create("Contacts", Bridge.fields(before, Map.of("Email_Opt_Out", true)));
        bridge.complete("refused");
        assertThat(bridge.zoho().statuses("refused")).containsEntry(after, "unsub");

        String other = email();
        String next = email();
        String second = lead(other);
        bridge.complete("refused");
        bridge.zoho().create("Contacts", Bridge.fields(other, Map.of("Email_Opt_Out", true)));
        bridge.zoho().change("Leads", second, Map.of("Email", next));
        bridge.complete("refused");
        assertThat(bridge.zoho().statuses("refused")).doesNotContainKey(next).containsEntry(other, "unsub");
    }

    @Test
    @DisplayName("B52: a person who opts out and changes the address in one edit leaves under the old one at once")
    void refusesAndMoves() {
        String before = email();
        String after = email();
        String id = lead(before);
        bridge.complete("refused");

        bridge.zoho().change("Leads", id, Map.of("Email", after, "Email_Opt_Out", true));
        bridge.complete("refused");

        assertThat(bridge.zoho().statuses("refused"))
                .containsEntry(before, "unsub")
                .doesNotContainKey(after);
    }

    @Test
    @DisplayName("B43: an old address stays on the list while another record has it, in any sequence of the two")
    void anotherHasIt() {
        String shared = email();
        String after = email();
        String id = lead(shared);
        lead(shared);
        bridge.complete("sharing");
        bridge.zoho().change("Leads", id, Map.of("Email", after));
        bridge.complete("sharing");
        assertThat(bridge.zoho().statuses("sharing"))
                .containsEntry(shared, "active")
                .containsEntry(after, "active");

        String taken = email();
        String next = email();
        String first = lead(taken);
        bridge.complete("sharing");
        bridge.zoho().change("Leads", first, Map.of("Email", next));
        lead(taken);
        bridge.complete("sharing");
        assertThat(bridge.zoho().statuses("sharing"))
                .containsEntry(taken, "active")
                .containsEntry(next, "active");
    }

    @Test
    @DisplayName("B43: an old address that a person on a later page has stays on the list")
    void aLaterPageHasIt() {
        String taken = email();
        String next = email();
        String id = bridge.zoho().create("Memberships", Map.of("Name", "M", "Email", taken));
        bridge.complete("paged");
        bridge.zoho().change("Memberships", id, Map.of("Email", next));
        bridge.zoho().queryMost("Memberships", 100);
        bridge.zoho().crowd(101, "later" + UUID.randomUUID().toString().substring(0, 6));
        bridge.zoho().create("Memberships", Map.of("Name", "N", "Email", taken));

        RunView run = bridge.complete("paged");

        assertThat(run.total()).isGreaterThan(100);
        assertThat(bridge.zoho().statuses("paged"))
                .containsEntry(taken, "active")
                .containsEntry(next, "active");
        assertThat(changes(taken)).as("never off in between").doesNotContain("-");
    }

    @Test
    @DisplayName("B81, B82: an erased address removes the person; a malformed one waits for its correction")
    void unusable() {
        String erased = email();
        String broken = email();
        String one = lead(erased);
        String two = lead(broken);
        bridge.complete("forgetful");

        bridge.zoho().change("Leads", one, Map.of("Email", ""));
        bridge.zoho().change("Leads", two, Map.of("Email", "jane@aol"));
        bridge.complete("forgetful");
        assertThat(bridge.zoho().statuses("forgetful"))
                .containsEntry(erased, "unsub")
                .containsEntry(broken, "active");

        String corrected = email();
        bridge.zoho().change("Leads", two, Map.of("Email", corrected));
        bridge.complete("forgetful");
        assertThat(bridge.zoho().statuses("forgetful"))
                .containsEntry(broken, "unsub")
                .containsEntry(corrected, "active");
    }

    @Test
    @DisplayName("B80: the newer of a lead and a contact with one address is used, and the other names it")
    void acrossModules() {
        String email = email();
        String lead = lead(email);
        bridge.complete("both");
        String contact = bridge.zoho().create("Contacts", Bridge.fields(email, Map.of("Phone", "123")));
        bridge.complete("both-contacts");
        bridge.zoho().forgetCalls();

        RunView run = bridge.runInFull("both");

        assertThat(bridge.zoho().callsOf(SUBSCRIBE).stream()
                        .filter(call -> call.toString().contains(email)))
                .as("the lead's older values do not overwrite the contact's")
                .isEmpty();
        RecordOutcome older = fate(run, lead);
        assertThat(older.outcome()).hasToString("Ignored[reason=FILE_DUPLICATE]");
        assertThat(older.detail().orElseThrow()).contains(contact);
        assertThat(run.ignored().get(IgnoreReason.FILE_DUPLICATE.word())).isPositive();
        bridge.zoho().pass(Duration.ofSeconds(2));
        bridge.zoho().change("Leads", lead, Map.of("Last_Name", "Newest"));
        assertThat(fate(bridge.complete("both"), lead).outcome())
                .as("now the lead is the newer")
                .isEqualTo(new Outcome.Duplicate(true));
        assertThat(bridge.zoho().statuses("both")).containsEntry(email, "active");
    }

    @Test
    @DisplayName("B80: addresses that differ by case and white space are one person")
    void spelling() {
        String email = email();
        String first = lead(" " + email.toUpperCase(Locale.ROOT) + "\u00a0");
        assertThat(fate(bridge.complete("spelt"), first).outcome()).isEqualTo(new Outcome.New());
        String second = lead(email);
        RunView run = bridge.complete("spelt");
        assertThat(fate(run, second).outcome()).isInstanceOf(Outcome.Duplicate.class);
        assertThat(bridge.zoho().statuses("spelt")).containsEntry(email, "active");
        bridge.zoho().forgetCalls();
        bridge.zoho().change("Leads", second, Map.of("Email", email.toUpperCase(Locale.ROOT)));
        bridge.complete("spelt");
        assertThat(changes(email)).as("no move by spelling").doesNotContain("-");
    }

    @Test
    @DisplayName("B105, B106: a lead that became a contact stays on the list and is updated by the contacts' next run")
    void converted() {
        String email = email();
        String lead = lead(email);
        bridge.complete("followed");
        convert(lead, email);
        bridge.zoho().forgetCalls();

        RunView leads = bridge.complete("followed");
        assertThat(fate(leads, lead).outcome()).isEqualTo(new Outcome.Ignored(IgnoreReason.CONVERTED));
        assertThat(bridge.zoho().statuses("followed")).containsEntry(email, "active");

        bridge.zoho().delete("Leads", lead);
        bridge.complete("followed");
        assertThat(bridge.zoho().statuses("followed"))
                .as("not as deleted either")
                .containsEntry(email, "active");

        RunView contacts = bridge.complete("followed-contacts");
        assertThat(contacts.total()).isPositive();
        assertThat(changes(email)).as("updated, never off").containsExactly("+");
        bridge.runInFull("followed");
        assertThat(bridge.zoho().statuses("followed")).containsEntry(email, "active");
    }

    @Test
    @DisplayName(
            "B54: a converted lead that is excluded has left the selection where no contacts are delivered to the list")
    void convertedAway() {
        String email = email();
        String lead = lead(email);
        bridge.complete("unfollowed");
        convert(lead, email);

        RunView run = bridge.complete("unfollowed");

        assertThat(fate(run, lead).outcome()).isEqualTo(new Outcome.Ignored(IgnoreReason.CONVERTED));
        assertThat(bridge.zoho().statuses("unfollowed")).containsEntry(email, "unsub");
    }

    private static void convert(String lead, String email) {
        String contact = bridge.zoho().create("Contacts", Bridge.fields(email, Map.of("Phone", "4711")));
        bridge.zoho().change("Leads", lead, Map.of("Converted__s", true, "Converted_Contact", Map.of("id", contact)));
    }

    @Test
    @DisplayName("B43: a run that fails after the page of a change moves nobody; the next one does both halves")
    void failsInBetween() {
        String before = email();
        String after = email();
        String id = lead(before);
        bridge.complete("crashing");
        bridge.zoho().change("Leads", id, Map.of("Email", after));
        bridge.zoho().fault(Map.of("method", "deleted", "kind", "status", "status", 400, "times", 0));

        RunView failed = bridge.run("crashing");

        assertThat(failed.state()).isEqualTo("failed");
        assertThat(bridge.zoho().statuses("crashing"))
                .containsEntry(before, "active")
                .doesNotContainKey(after);
        bridge.zoho().noFaults();
        bridge.zoho().forgetCalls();
        RunView next = bridge.complete("crashing");
        assertThat(bridge.zoho().statuses("crashing"))
                .containsEntry(before, "unsub")
                .containsEntry(after, "active");
        assertThat(changes(before, after)).containsExactly("-", "+");
        assertThat(bridge.operations().run(failed.run()).pending()).isZero();
        assertThat(fate(next, id).outcome()).isEqualTo(new Outcome.New());
    }

    @Test
    @DisplayName(
            "B52: a person who opts out and changes or erases the address in one edit leaves under the old one, even if no page brings their record")
    void refusesAndMovesUnselected() {
        bridge.files()
                .purpose("chosen")
                .sync(
                        "chosen",
                        "Leads",
                        "select: {scope: criteria, conditions: [{field: City, operator: equals, value: Chosen}]}");
        bridge.reload();
        String before = email();
        String erased = email();
        String after = email();
        String moves = bridge.zoho().create("Leads", Bridge.fields(before, Map.of("City", "Chosen")));
        String erases = bridge.zoho().create("Leads", Bridge.fields(erased, Map.of("City", "Chosen")));
        bridge.complete("chosen");
        assertThat(bridge.zoho().statuses("chosen"))
                .containsEntry(before, "active")
                .containsEntry(erased, "active");

        bridge.zoho().change("Leads", moves, Map.of("City", "Other", "Email", after, "Email_Opt_Out", true));
        Map<String, Object> nothing = new java.util.HashMap<>(Map.of("City", "Other", "Email_Opt_Out", true));
        nothing.put("Email", null);
        bridge.zoho().change("Leads", erases, nothing);
        RunView run = bridge.complete("chosen");

        assertThat(bridge.zoho().statuses("chosen"))
                .containsEntry(before, "unsub")
                .containsEntry(erased, "unsub")
                .doesNotContainKey(after);
        assertThat(run.ignored()).containsEntry("opted-out", 2L);
    }

    @Test
    @DisplayName(
            "B51: a record that refuses and gets another address refuses for the old one until it no longer refuses")
    void refusesAndMovesOn() {
        String before = email();
        String id = bridge.zoho().create("Leads", Bridge.fields(before, Map.of("Email_Opt_Out", true)));
        bridge.complete("refused");
        bridge.zoho().change("Leads", id, Map.of("Email", email()));
        bridge.complete("refused");
        bridge.complete("refused");
        String other = lead(before);

        bridge.complete("refused");
        assertThat(bridge.zoho().statuses("refused")).doesNotContainKey(before);

        bridge.zoho().change("Leads", id, Map.of("Email_Opt_Out", false));
        bridge.zoho().change("Leads", other, Map.of("First_Name", "Other"));
        bridge.complete("refused");
        bridge.runInFull("refused");
        assertThat(bridge.zoho().statuses("refused")).containsEntry(before, "active");
    }
}
