package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consentbridge.api.OperationFailure;
import io.consentbridge.api.RecordsView;
import io.consentbridge.api.RunView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** One run that counts everything that can be counted, and the people behind its numbers. */
class HistoryIT extends BridgeFixture {

    private static final String LIST = "history";
    private static RunView before;
    private static RunView run;

    @BeforeAll
    static void twoRuns() {
        bridge = Bridge.open(
                10,
                files -> files.letters(LIST, "Leads")
                        .sync(LIST, "Leads", "mapping: {Company Name: Company}", "convertedLeads: include"));
        Zoho zoho = bridge.zoho();
        String changing = lead("changing@c4.example.com", Map.of("Company", "Old"));
        String deleted = lead("deleted@c4.example.com", Map.of());
        String returning = lead("returning@c4.example.com", Map.of());
        String bouncing = lead("bounced@c4.example.com", Map.of());
        bridge.complete(LIST);
        before = bridge.complete(LIST);
        zoho.happens("bounce", LIST, "bounced@c4.example.com");
        zoho.change("Leads", bouncing, Map.of("Company", "Changed"));
        zoho.change("Leads", changing, Map.of("Company", "New"));
        zoho.delete("Leads", deleted);
        zoho.happens("remove", LIST, "returning@c4.example.com");
        zoho.change("Leads", returning, Map.of("Company", "Back"));
        lead("new@c4.example.com", Map.of());
        lead("jane@aol", Map.of());
        lead("ted@zylkercom", Map.of());
        lead("info@c4.example.com", Map.of());
        zoho.create("Leads", Map.of("Last_Name", "Nobody"));
        lead("out@c4.example.com", Map.of("Email_Opt_Out", true));
        lead("twice@c4.example.com", Map.of());
        lead("Twice@c4.example.com", Map.of());
        lead("dnm@c4.example.com", Map.of());
        lead("blocked@c4.example.com", Map.of());
        lead("stuck@c4.example.com", Map.of());
        zoho.fault(Map.of(
                "method",
                SUBSCRIBE,
                "kind",
                "code",
                "code",
                "2007",
                "message",
                "Contact email address is blocked.",
                "email",
                "blocked@c4.example.com",
                "times",
                0));
        refuses("dnm@c4.example.com", "2006");
        refuses("stuck@c4.example.com", "2502");
        run = bridge.run(LIST);
        zoho.noFaults();
    }

    private static void refuses(String email, String code) {
        bridge.zoho().fault(Map.of("method", SUBSCRIBE, "kind", "code", "code", code, "email", email, "times", 0));
    }

    private static String lead(String email, Map<String, Object> more) {
        return bridge.zoho().create("Leads", Bridge.fields(email, more));
    }

    private static RecordsView records(String outcome, String reason, String after, int limit) {
        return bridge.operations().records(run.run(), new RecordsView.Asked(outcome, reason, after, limit));
    }

    private static List<String> people(String outcome, String reason) {
        return records(outcome, reason, null, 100).records().stream()
                .map(RecordsView.OfRecord::email)
                .toList();
    }

    @Test
    @DisplayName("B70: the total counts every fetched record, and each has a person or says why not")
    void total() {
        assertThat(run.state()).isEqualTo("completed");
        assertThat(records(null, null, null, 100).records()).hasSize((int) run.total());
    }

    @Test
    @DisplayName("B71: \"new\" counts people who were not in Campaigns before")
    void added() {
        assertThat(people("new", null)).contains("new@c4.example.com").hasSize((int) run.added());
    }

    @Test
    @DisplayName("B72: \"re-added\" counts people who were there, were deleted in Campaigns, and are added again")
    void readded() {
        assertThat(people("readded", null)).containsExactly("returning@c4.example.com");
        assertThat(run.readded()).isEqualTo(1);
    }

    @Test
    @DisplayName("B73: \"duplicate\" counts people who are there already; \"updated\" counts those with a change")
    void duplicate() {
        assertThat(people("duplicate", null))
                .contains("changing@c4.example.com")
                .hasSize((int) run.duplicate());
        assertThat(people("updated", null)).containsExactly("changing@c4.example.com");
        assertThat(run.updated()).isEqualTo(1);
    }

    @Test
    @DisplayName("B74: \"ignored\" counts people who were not added, for any reason")
    void ignored() {
        assertThat(people("ignored", null)).hasSize((int) run.ignoredTotal());
    }

    @Test
    @DisplayName("B75: \"deleted\" counts people who were deleted in the CRM and removed from the list")
    void deleted() {
        assertThat(people("deleted", null)).containsExactly("deleted@c4.example.com");
    }

    @Test
    @DisplayName("B76: \"bounced\" names people with an address that does not exist")
    void bounced() {
        assertThat(people(null, "bounced")).containsExactly("bounced@c4.example.com");
    }

    @Test
    @DisplayName("B77: \"blocked\" names people that Campaigns blocks")
    void blocked() {
        assertThat(people(null, "blocked")).containsExactly("blocked@c4.example.com");
    }

    @Test
    @DisplayName("B78: \"do-not-mail\" names people in that registry")
    void doNotMail() {
        assertThat(people(null, "do-not-mail")).containsExactly("dnm@c4.example.com");
    }

    @Test
    @DisplayName("B79: group-email names the generic mailbox")
    void group() {
        assertThat(people(null, "group-email")).contains("info@c4.example.com");
    }

    @Test
    @DisplayName("B80: \"file-duplicate\" names the replaced record, and the one that represents the person")
    void fileDuplicate() {
        RecordsView found = records(null, "file-duplicate", null, 100);
        assertThat(found.records()).extracting(RecordsView.OfRecord::email).contains("twice@c4.example.com");
        assertThat(found.records())
                .allMatch(record -> record.detail().contains("the same person as record")
                        || record.detail().contains("replaced by record"));
    }

    @Test
    @DisplayName("B81: invalid-pattern shows the malformed addresses as the CRM has them")
    void invalid() {
        assertThat(people(null, "invalid-pattern")).contains("jane@aol", "ted@zylkercom");
    }

    @Test
    @DisplayName("B82: empty-email names the record, which has no address to show")
    void empty() {
        RecordsView found = records(null, "empty-email", null, 100);
        assertThat(found.records())
                .isNotEmpty()
                .allMatch(record -> record.email() == null && !record.record().isEmpty());
    }

    @Test
    @DisplayName("B83: the list for each reason has as many people as the run counted for it")
    void everyReason() {
        run.ignored()
                .forEach((reason, count) ->
                        assertThat(people(null, reason)).as(reason).hasSize(count.intValue()));
        assertThat(people(null, "opted-out")).contains("out@c4.example.com");
        assertThat(people("dead-lettered", null)).hasSize((int) run.deadLettered());
    }

    @Test
    @DisplayName("B69: pages follow one another without a gap, and unknown words are answered with similar ones")
    void pages() {
        List<RecordsView.OfRecord> all = new ArrayList<>();
        String after = null;
        do {
            RecordsView page = records(null, null, after, 3);
            all.addAll(page.records());
            after = page.next();
        } while (after != null);

        assertThat(all).isEqualTo(records(null, null, null, 1000).records());
        assertThat(bridge.operations().history(LIST, run.run(), 10).stream().map(RunView::run))
                .startsWith(before.run())
                .hasSize(2);
        assertThatThrownBy(() -> people(null, "invalid-patern"))
                .isInstanceOf(OperationFailure.UnknownName.class)
                .hasMessageContaining("invalid-pattern");
        assertThatThrownBy(() -> people("duplicates", null)).isInstanceOf(OperationFailure.UnknownName.class);
    }
}
