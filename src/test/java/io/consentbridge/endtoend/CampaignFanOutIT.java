package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.api.RunView;
import io.consentbridge.api.SyncView;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Each CRM campaign becomes a list of its own, all active ones included (B104). */
class CampaignFanOutIT extends BridgeFixture {

    @BeforeAll
    static void open() {
        bridge = Bridge.open(10, files -> {});
    }

    private static void campaigns(String name, String module, String campaigns, String... more) {
        String[] lines = new String[more.length + 1];
        lines[0] = "select: {each: campaign, campaigns: " + campaigns + "}";
        System.arraycopy(more, 0, lines, 1, more.length);
        bridge.files().purpose(name).sync(name, module, lines);
        bridge.reload();
    }

    private static String lead(String name) {
        return bridge.zoho().create("Leads", Bridge.fields(name + "@c9.example.com", Map.of()));
    }

    private static String contact(String name) {
        return bridge.zoho().create("Contacts", Bridge.fields(name + "@c9.example.com", Map.of()));
    }

    private static Set<String> on(String list) {
        return bridge.zoho().statuses(list).keySet();
    }

    @Test
    @DisplayName(
            "B104: each named campaign has its list; who is in two is on both and called twice; a second run calls nobody")
    void named() {
        String fair = bridge.zoho().campaign("Named fair", "Active");
        String webinar = bridge.zoho().campaign("Named webinar", "Planning");
        String both = lead("named-both");
        bridge.zoho().join(fair, "Leads", both);
        bridge.zoho().join(webinar, "Leads", both);
        bridge.zoho().join(fair, "Leads", lead("named-fair"));
        bridge.zoho().join(fair, "Contacts", contact("named-contact"));
        lead("named-none");
        campaigns("named", "Leads", "[Named fair, Named webinar]");
        bridge.zoho().forgetCalls();

        RunView run = bridge.complete("named");

        assertThat(on("named - Named fair"))
                .containsExactlyInAnyOrder("named-both@c9.example.com", "named-fair@c9.example.com");
        assertThat(on("named - Named webinar")).containsExactly("named-both@c9.example.com");
        assertThat(run.total()).isEqualTo(3);
        assertThat(bridge.zoho().calls(SUBSCRIBE)).isEqualTo(3);
        RunView second = bridge.complete("named");
        assertThat(bridge.zoho().calls(SUBSCRIBE)).isEqualTo(3);
        assertThat(second.calls().crm())
                .as("the campaigns; each part: its members, three sweeps, deletions")
                .isEqualTo(11);
    }

    @Test
    @DisplayName("B104: all active campaigns are read and no others; an ended one is read no more, a new one is")
    void active() {
        String running = bridge.zoho().campaign("Active one", "Active");
        String planned = bridge.zoho().campaign("Active later", "Planning");
        String early = contact("act-early");
        String late = contact("act-late");
        bridge.zoho().join(running, "Contacts", early);
        bridge.zoho().join(planned, "Contacts", late);
        campaigns("active", "Contacts", "active", "unmatched: unsubscribe");

        bridge.complete("active");
        assertThat(on("active - Active one")).containsExactly("act-early@c9.example.com");
        assertThat(on("active - Active later")).isEmpty();

        bridge.zoho().change("Campaigns", running, Map.of("Status", "Complete"));
        bridge.zoho().change("Campaigns", planned, Map.of("Status", "Active"));
        bridge.zoho().join(running, "Contacts", contact("act-too-late"));
        bridge.complete("active");

        assertThat(on("active - Active later")).containsExactly("act-late@c9.example.com");
        assertThat(bridge.zoho().statuses("active - Active one"))
                .doesNotContainKey("act-too-late@c9.example.com")
                .doesNotContainValue("active");
        assertThat(bridge.operations().sync("active").parts())
                .filteredOn(SyncView.Part::gone)
                .extracting(SyncView.Part::name)
                .contains("Active one");
    }

    @Test
    @DisplayName(
            "B104, B52: a person who opts out leaves the lists of all campaigns; one who joins without a change of their record is delivered")
    void optOutAndJoin() {
        String one = bridge.zoho().campaign("Out one", "Active");
        String two = bridge.zoho().campaign("Out two", "Active");
        String out = lead("cam-out");
        String joins = lead("cam-joins");
        bridge.zoho().join(one, "Leads", out);
        bridge.zoho().join(two, "Leads", out);
        campaigns("outs", "Leads", "[Out one, Out two]");
        bridge.complete("outs");
        bridge.zoho().change("Leads", out, Map.of("Email_Opt_Out", true));
        bridge.zoho().join(two, "Leads", joins);

        bridge.complete("outs");

        assertThat(bridge.zoho().statuses("outs - Out one").get("cam-out@c9.example.com"))
                .isNotEqualTo("active");
        assertThat(bridge.zoho().statuses("outs - Out two").get("cam-out@c9.example.com"))
                .isNotEqualTo("active");
        assertThat(bridge.zoho().statuses("outs - Out two")).containsEntry("cam-joins@c9.example.com", "active");
    }

    @Test
    @DisplayName(
            "B104: a person who is no longer a member leaves the list of that campaign with the next run, and no other; one who stays is counted once")
    void leaves() {
        String one = bridge.zoho().campaign("Leave one", "Active");
        String two = bridge.zoho().campaign("Leave two", "Active");
        String id = lead("cam-leaves");
        bridge.zoho().join(one, "Leads", id);
        bridge.zoho().join(two, "Leads", id);
        bridge.zoho().forward("PT-1H");
        bridge.zoho().join(one, "Leads", lead("cam-stays"));
        bridge.zoho().forward("PT1H");
        campaigns("leave", "Leads", "[Leave one, Leave two]", "unmatched: unsubscribe");
        bridge.complete("leave");
        bridge.zoho().part(one, "Leads", id);

        RunView run = bridge.complete("leave");

        assertThat(bridge.zoho().statuses("leave - Leave one").get("cam-leaves@c9.example.com"))
                .isEqualTo("unsub");
        assertThat(bridge.zoho().statuses("leave - Leave two")).containsEntry("cam-leaves@c9.example.com", "active");
        assertThat(bridge.zoho().statuses("leave - Leave one")).containsEntry("cam-stays@c9.example.com", "active");
        assertThat(run.ignored()).containsEntry("other", 1L);
        assertThat(run.calls().crm())
                .as("the campaigns; each part: its members, three sweeps, deletions")
                .isEqualTo(11);
        bridge.complete("leave");
        assertThat(bridge.zoho().statuses("leave - Leave one")).containsEntry("cam-stays@c9.example.com", "active");
    }

    @Test
    @DisplayName("B104, B32: leads and contacts of a campaign share its list when their syncs serve one purpose")
    void shared() {
        String fair = bridge.zoho().campaign("Shared: fair!", "Active");
        String id = lead("sha-lead");
        bridge.zoho().join(fair, "Leads", id);
        bridge.zoho().join(fair, "Contacts", contact("sha-contact"));
        bridge.files()
                .purpose("shared")
                .sync("shared", "Leads", "select: {each: campaign, campaigns: [\"Shared: fair!\"]}")
                .sync(
                        "sharing",
                        "Contacts",
                        "purpose: shared",
                        "select: {each: campaign, campaigns: [\"Shared: fair!\"]}");
        bridge.reload();

        bridge.complete("shared");
        bridge.complete("sharing");

        assertThat(on("shared - Shared fair"))
                .as("Campaigns takes no list with other characters than these")
                .containsExactlyInAnyOrder("sha-lead@c9.example.com", "sha-contact@c9.example.com");
    }

    @Test
    @DisplayName("B104: check names missing campaigns, with similar names")
    void check() {
        bridge.zoho().campaign("Checked fair", "Active");
        campaigns("chk", "Leads", "[Checked fiar]");
        try {
            assertThat(bridge.operations().check().problems().toString())
                    .contains("the CRM has no campaign \"Checked fiar\"", "Checked fair");
        } finally {
            bridge.files().sync("chk", "Leads");
            bridge.reload();
        }
    }
}
