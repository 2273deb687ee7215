package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.api.RunView;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What becomes of people whose records are deleted or converted in the CRM. */
class DeletionIT extends BridgeFixture {

    @BeforeAll
    static void open() {
        bridge = Bridge.open(
                30,
                files -> files.letters("deleting", "Leads")
                        .letters("keeping", "Leads")
                        .purpose("ignoring")
                        .sync("ignoring", "Leads", "deleted: ignore")
                        .purpose("removing")
                        .sync("removing", "Leads", "deleted: remove", "optedOut: remove")
                        .purpose("barring")
                        .sync("barring", "Leads", "deleted: do-not-mail", "optedOut: do-not-mail")
                        .letters("other-list", "Leads")
                        .purpose("importing")
                        .sync("importing", "Leads", "retrieve: once")
                        .purpose("excluding")
                        .sync("excluding", "Leads", "convertedLeads: exclude")
                        .purpose("including")
                        .sync("including", "Leads", "convertedLeads: include"));
    }

    @Test
    @DisplayName("A person whose record was deleted leaves the list and is counted as deleted (B47, B48, B50, B75)")
    void leavesTheList() {
        String email = "deleted@c1.example.com";
        String id = bridge.zoho().create("Leads", Bridge.fields(email, Map.of()));
        bridge.complete("deleting");

        bridge.zoho().delete("Leads", id);
        RunView run = bridge.complete("deleting");

        assertThat(run.deleted()).isEqualTo(1);
        assertThat(bridge.zoho().statuses("deleting")).containsEntry(email, "unsub");
        assertThat(bridge.complete("deleting").deleted()).as("once").isZero();
    }

    @Test
    @DisplayName(
            "A person who refused, was put on the list by others, and whose record is deleted leaves, and the figures balance")
    void refusingAndPutThere() {
        String email = "refused-deleted@c1.example.com";
        String id = bridge.zoho().create("Leads", Bridge.fields(email, Map.of("Email_Opt_Out", true)));
        bridge.complete("deleting");
        bridge.zoho().happens("import", "deleting", email);
        bridge.zoho().delete("Leads", id);

        RunView run = bridge.complete("deleting");

        assertThat(run.deleted()).isEqualTo(1);
        assertThat(run.deleted() + run.ignoredTotal())
                .as("every record has an outcome")
                .isEqualTo(run.total());
        assertThat(bridge.zoho().statuses("deleting")).containsEntry(email, "unsub");
    }

    @Test
    @DisplayName(
            "Removed people are unsubscribed, since the API offers nothing more, and do-not-mail bars them everywhere (B49, B53, ruling 4)")
    void strongerActions() {
        String deleted = "removed@c1.example.com";
        String optedOut = "opted-out@c1.example.com";
        String one = bridge.zoho().create("Leads", Bridge.fields(deleted, Map.of()));
        String two = bridge.zoho().create("Leads", Bridge.fields(optedOut, Map.of()));
        bridge.complete("removing");
        bridge.complete("barring");
        bridge.complete("other-list");
        bridge.zoho().forgetCalls();
        bridge.zoho().delete("Leads", one);
        bridge.zoho().change("Leads", two, Map.of("Email_Opt_Out", true));

        assertThat(bridge.complete("barring").deleted()).isEqualTo(1);
        assertThat(bridge.zoho().callsOf("json/contactdonotmail").toString()).contains(deleted, optedOut);
        bridge.zoho().forgetCalls();
        String next = bridge.zoho().create("Leads", Bridge.fields("next@c1.example.com", Map.of()));
        bridge.complete("removing");
        bridge.zoho().delete("Leads", next);
        assertThat(bridge.complete("removing").deleted()).isEqualTo(1);
        assertThat(bridge.zoho().statuses("removing")).containsEntry("next@c1.example.com", "unsub");
        assertThat(bridge.zoho().calls("json/contactdonotmail")).isZero();
        assertThat(bridge.zoho().statuses("other-list").get(deleted))
                .as("no list has them any more")
                .isNotEqualTo("active");
    }

    @Test
    @DisplayName("A sync that imports once removes nobody for a deletion and requests no deletions (B40, B50)")
    void importsOnce() {
        String email = "imported@c1.example.com";
        String id = bridge.zoho().create("Leads", Bridge.fields(email, Map.of()));
        bridge.complete("importing");
        bridge.zoho().delete("Leads", id);
        bridge.zoho().forgetCalls();

        assertThat(bridge.complete("importing").deleted()).isZero();

        assertThat(bridge.zoho().state().path("calls").toString()).doesNotContain("delete");
        assertThat(bridge.zoho().statuses("importing")).containsEntry(email, "active");
    }

    @Test
    @DisplayName("A person with another live record stays (B47)")
    void staysWithAnotherRecord() {
        String email = "twice@c1.example.com";
        bridge.zoho().create("Leads", Bridge.fields(email, Map.of()));
        String second = bridge.zoho().create("Leads", Bridge.fields(email, Map.of()));
        bridge.complete("keeping");

        bridge.zoho().delete("Leads", second);
        RunView run = bridge.complete("keeping");

        assertThat(run.deleted()).isZero();
        assertThat(bridge.zoho().statuses("keeping")).containsEntry(email, "active");
    }

    @Test
    @DisplayName("A sync that ignores deletions does not request them (B47)")
    void ignoresDeletions() {
        String email = "ignored@c1.example.com";
        String id = bridge.zoho().create("Leads", Bridge.fields(email, Map.of()));
        bridge.complete("ignoring");
        bridge.zoho().delete("Leads", id);
        bridge.zoho().forgetCalls();

        RunView run = bridge.complete("ignoring");

        assertThat(run.deleted()).isZero();
        assertThat(bridge.zoho().state().path("calls").toString()).doesNotContain("delete");
        assertThat(bridge.zoho().statuses("ignoring")).containsEntry(email, "active");
    }

    @Test
    @DisplayName("Converted leads are left out where the sync says so, and included where it does not (B54)")
    void convertedLeads() {
        String email = "converted@c1.example.com";
        bridge.zoho().create("Leads", Bridge.fields(email, Map.of("Converted__s", true)));

        RunView without = bridge.complete("excluding");
        RunView with = bridge.complete("including");

        assertThat(without.ignored().get("converted")).isPositive();
        assertThat(bridge.zoho().statuses("excluding")).doesNotContainKey(email);
        assertThat(with.ignored().get("converted")).isZero();
        assertThat(bridge.zoho().statuses("including")).containsEntry(email, "active");
    }
}
