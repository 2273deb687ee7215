package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.api.RunView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A record with a value that cannot be used is that record's problem, and a page full of them is the page's. */
class UnusableRecordsIT extends BridgeFixture {

    @BeforeAll
    static void open() {
        bridge = Bridge.open(
                10,
                files -> files.letters("timeless", "Memberships")
                        .letters("refusing", "Leads")
                        .letters("staying", "Memberships")
                        .sync("staying", "Memberships", "unmatched: unsubscribe")
                        .letters("broken", "Memberships")
                        .letters("twice", "Memberships"));
    }

    @AfterEach
    void mend() {
        bridge.zoho().mend("Memberships");
        bridge.zoho().mend("Contacts");
    }

    @Test
    @DisplayName(
            "B70, B74: one record without a usable time, one with a damaged id and one whose address is no text are counted"
                    + " and named, and everybody else is delivered")
    void oneRecord() {
        List<String> ids = bridge.zoho().crowd(4, "timeless");
        bridge.zoho().spoil("Memberships", ids.get(0), "Modified_Time", null);
        bridge.zoho().spoil("Memberships", ids.get(1), "id", "x1");
        bridge.zoho().spoil("Memberships", ids.get(2), "Email", List.of("nobody"));

        RunView run = bridge.complete("timeless");

        assertThat(run.ignored().get("other")).isEqualTo(3);
        assertThat(run.message())
                .contains("3 of the records of Memberships")
                .contains(ids.get(0) + " (Modified_Time)", ids.get(2) + " (Email)", "(id)")
                .doesNotContain("nobody", "@");
        assertThat(bridge.zoho().statuses("timeless"))
                .containsKey("timeless3@c2.example.com")
                .doesNotContainKey("timeless0@c2.example.com");

        bridge.zoho().mend("Memberships");
        bridge.zoho().change("Memberships", ids.get(0), Map.of("Club", "North"));
        bridge.complete("timeless");
        assertThat(bridge.zoho().statuses("timeless")).containsKey("timeless0@c2.example.com");
    }

    @Test
    @DisplayName("B70: a record that appears twice on a page is decided and counted once")
    void twiceOnAPage() {
        bridge.zoho().crowd(3, "twice");
        bridge.zoho().fault(Map.of("method", "coql", "kind", "twice", "times", 0));

        RunView run = bridge.complete("twice");
        RunView full = bridge.runInFull("twice");

        bridge.zoho().noFaults();
        assertThat(run.message()).isNull();
        assertThat(run.total()).isEqualTo(full.total()).isGreaterThanOrEqualTo(3);
        assertThat(bridge.zoho().statuses("twice")).hasSize((int) run.added()).containsKey("twice2@c2.example.com");
    }

    @Test
    @DisplayName("B51: a refusal counts even if the time of its record cannot be used")
    void refusalWithoutTime() {
        String email = bridge.newcomer("Leads", Map.of());
        bridge.complete("refusing");
        String refusing = bridge.zoho().create("Contacts", Bridge.fields(email, Map.of("Email_Opt_Out", true)));
        bridge.zoho().spoil("Contacts", refusing, "Modified_Time", "yesterday");

        bridge.runInFull("refusing");

        bridge.zoho().mend("Contacts");
        assertThat(bridge.zoho().statuses("refusing")).containsEntry(email, "unsub");
    }

    @Test
    @DisplayName("B43: a delivered person stays while their record cannot be used, also when everything is read")
    void staysMeanwhile() {
        List<String> ids = bridge.zoho().crowd(3, "staying");
        bridge.complete("staying");
        bridge.zoho().spoil("Memberships", ids.get(1), "Modified_Time", "?");

        RunView full = bridge.runInFull("staying");

        assertThat(full.state()).isEqualTo("completed");
        assertThat(bridge.zoho().statuses("staying")).containsEntry("staying1@c2.example.com", "active");
    }

    @Test
    @DisplayName("A page fails the run when more than ten and more than five percent of its records are broken")
    void brokenPage() {
        List<String> ids = new ArrayList<>(bridge.zoho().crowd(11, "broken"));
        ids.forEach(id -> bridge.zoho().spoil("Memberships", id, "Modified_Time", null));

        RunView run = bridge.run("broken");

        assertThat(run.state()).isEqualTo("failed");
        assertThat(run.message()).contains("11 of", "Modified_Time");
        assertThat(bridge.zoho().statuses("broken")).isEmpty();
    }
}
