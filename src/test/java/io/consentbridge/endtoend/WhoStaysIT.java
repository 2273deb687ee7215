package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A record belongs to a sync: a person stays on a list while any other sync delivers them to it, also by the same record. */
class WhoStaysIT extends BridgeFixture {

    private static final String UNSUBSCRIBE = "unmatched: unsubscribe";

    @BeforeAll
    static void open() {
        bridge = Bridge.open(10, files -> {});
    }

    private static String by(String field, String value) {
        return "select: {scope: criteria, conditions: [{field: " + field + ", operator: equals, value: " + value
                + "}]}";
    }

    private static String email(String name) {
        return name + "@c9.example.com";
    }

    /** Two syncs of leads to one list: one by the city, one by the company, both for the same town. */
    private static void two(String name, String... more) {
        String[] city = new String[more.length + 1];
        String[] company = new String[more.length + 2];
        city[0] = by("City", name);
        company[0] = by("Company", name);
        company[1] = "purpose: " + name;
        System.arraycopy(more, 0, city, 1, more.length);
        System.arraycopy(more, 0, company, 2, more.length);
        bridge.files().purpose(name).sync(name, "Leads", city).sync(name + "-too", "Leads", company);
        bridge.reload();
    }

    private static String lead(String name, String city, String company) {
        return bridge.zoho().create("Leads", Bridge.fields(email(name), Map.of("City", city, "Company", company)));
    }

    @Test
    @DisplayName("B43: a lead that leaves the selection of one sync and is delivered by another to the same list stays")
    void sameRecordInTwoSyncs() {
        two("twice", UNSUBSCRIBE);
        String both = lead("twice-both", "twice", "twice");
        String one = lead("twice-one", "twice", "none");
        bridge.complete("twice");
        bridge.complete("twice-too");
        bridge.zoho().change("Leads", both, Map.of("City", "Elsewhere"));
        bridge.zoho().change("Leads", one, Map.of("City", "Elsewhere"));

        bridge.complete("twice");

        assertThat(bridge.zoho().statuses("twice"))
                .containsEntry(email("twice-both"), "active")
                .containsEntry(email("twice-one"), "unsub");

        bridge.zoho().change("Leads", both, Map.of("Company", "none"));
        bridge.complete("twice-too");

        assertThat(bridge.zoho().statuses("twice"))
                .as("nothing keeps the person any more")
                .containsEntry(email("twice-both"), "unsub");
    }

    @Test
    @DisplayName("B47: a deleted lead is gone for every sync, so that no other sync keeps anybody because of it")
    void deletedForEverySync() {
        two("deletedTwice");
        String both = lead("deleted-both", "deletedTwice", "deletedTwice");
        bridge.complete("deletedTwice");
        bridge.complete("deletedTwice-too");
        bridge.zoho().delete("Leads", both);

        bridge.complete("deletedTwice");

        assertThat(bridge.zoho().statuses("deletedTwice")).containsEntry(email("deleted-both"), "unsub");
    }

    @Test
    @DisplayName(
            "B104: the members of two active campaigns of one name stay on their shared list when one campaign ends")
    void campaignsOfOneName() {
        String ends = bridge.zoho().campaign("Spring fair", "Active");
        String goesOn = bridge.zoho().campaign("Spring fair", "Active");
        String both = lead("fair-both", "Fair", "Fair");
        String one = lead("fair-one", "Fair", "Fair");
        bridge.zoho().join(ends, "Leads", both);
        bridge.zoho().join(goesOn, "Leads", both);
        bridge.zoho().join(ends, "Leads", one);
        bridge.files()
                .purpose("fairs")
                .sync("fairs", "Leads", "select: {each: campaign, campaigns: active}", UNSUBSCRIBE);
        bridge.reload();
        bridge.complete("fairs");
        assertThat(bridge.zoho().statuses("fairs - Spring fair"))
                .containsEntry(email("fair-both"), "active")
                .containsEntry(email("fair-one"), "active");
        bridge.zoho().change("Campaigns", ends, Map.of("Status", "Complete"));

        bridge.complete("fairs");

        assertThat(bridge.zoho().statuses("fairs - Spring fair"))
                .containsEntry(email("fair-both"), "active")
                .containsEntry(email("fair-one"), "unsub");

        bridge.zoho().change("Campaigns", goesOn, Map.of("Status", "Complete"));
        bridge.complete("fairs");

        assertThat(bridge.zoho().statuses("fairs - Spring fair")).containsEntry(email("fair-both"), "unsub");
    }
}
