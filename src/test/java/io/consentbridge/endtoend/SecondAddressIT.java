package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.api.RunView;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A record is one person: who refused by one of its addresses refused by all. */
class SecondAddressIT extends BridgeFixture {

    private String main;
    private String second;

    @BeforeAll
    static void open() {
        bridge = Bridge.open(
                10,
                files -> files.letters("heeding", "Leads")
                        .letters("ignoring", "Leads")
                        .sync("ignoring", "Leads", "secondaryAddresses: ignore")
                        .sync("heeding-contacts", "Contacts", "purpose: heeding"));
        bridge.complete("heeding");
        bridge.complete("heeding-contacts");
        bridge.complete("ignoring");
    }

    @BeforeEach
    void addresses() {
        String unique = UUID.randomUUID().toString().substring(0, 8);
        main = "main" + unique + "@c1.example.com";
        second = "second" + unique + "@c1.example.com";
    }

    @Test
    @DisplayName(
            "A person who opted out is not mailed at the second address of their record, unless the sync ignores it (B51)")
    void secondOfRefusing() {
        bridge.zoho()
                .create(
                        "Contacts",
                        Bridge.fields(main, Map.of("Email_Opt_Out", true, "Secondary_Email", second.toUpperCase())));
        bridge.zoho().create("Leads", Bridge.fields(second, Map.of()));

        bridge.complete("heeding");
        bridge.complete("ignoring");
        bridge.runInFull("ignoring");

        assertThat(bridge.zoho().statuses("heeding")).doesNotContainKeys(main, second);
        assertThat(bridge.zoho().statuses("ignoring")).containsEntry(second, "active");
    }

    @Test
    @DisplayName("A record whose second address opted out elsewhere is not mailed, and history says why (B51)")
    void refusingSecond() {
        bridge.zoho().create("Contacts", Bridge.fields(second, Map.of("Email_Opt_Out", true)));
        bridge.zoho().create("Leads", Bridge.fields(main, Map.of("Secondary_Email", second)));

        RunView run = bridge.complete("heeding");
        bridge.complete("ignoring");

        assertThat(bridge.zoho().statuses("heeding")).doesNotContainKeys(main, second);
        assertThat(bridge.zoho().statuses("ignoring")).containsEntry(main, "active");
        assertThat(run.ignored().get("opted-out")).isPositive();
        assertThat(bridge.operations().explain(main).outcomes())
                .anyMatch(outcome -> outcome.toString()
                        .contains("Another address of the same person must not be mailed: opted-out."));
    }

    @Test
    @DisplayName("A person who leaves in Campaigns with one address is not mailed at the other (B76)")
    void leftInCampaigns() {
        bridge.zoho().create("Contacts", Bridge.fields(main, Map.of("Secondary_Email", second)));
        bridge.complete("heeding-contacts");
        assertThat(bridge.zoho().statuses("heeding")).containsEntry(main, "active");
        bridge.zoho().happens("unsubscribe", "heeding", main);

        bridge.zoho().create("Leads", Bridge.fields(second, Map.of()));
        bridge.complete("heeding");

        assertThat(bridge.zoho().statuses("heeding"))
                .containsEntry(main, "unsub")
                .doesNotContainKey(second);
    }

    @Test
    @DisplayName("A member leaves when their person opts out with another address, in either direction (B52)")
    void memberLeaves() {
        String third = "third" + second;
        bridge.zoho().create("Leads", Bridge.fields(second, Map.of()));
        bridge.zoho().create("Leads", Bridge.fields(main, Map.of("Secondary_Email", third)));
        bridge.complete("heeding");
        assertThat(bridge.zoho().statuses("heeding"))
                .containsEntry(second, "active")
                .containsEntry(main, "active");

        bridge.zoho()
                .create(
                        "Contacts",
                        Bridge.fields("x" + main, Map.of("Email_Opt_Out", true, "Secondary_Email", second)));
        bridge.zoho().create("Contacts", Bridge.fields(third, Map.of("Email_Opt_Out", true)));
        bridge.complete("heeding");

        assertThat(bridge.zoho().statuses("heeding"))
                .containsEntry(second, "unsub")
                .containsEntry(main, "unsub");
    }

    @Test
    @DisplayName("Second addresses cost no call")
    void noCallMore() {
        bridge.complete("heeding");
        bridge.zoho().forgetCalls();
        long without = bridge.complete("heeding").calls().crm();
        bridge.zoho().create("Contacts", Bridge.fields(main, Map.of("Email_Opt_Out", true, "Secondary_Email", second)));

        assertThat(bridge.complete("heeding").calls().crm()).isEqualTo(without);
    }
}
