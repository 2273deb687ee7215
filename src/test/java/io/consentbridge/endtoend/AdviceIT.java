package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.api.SyncSource;
import io.consentbridge.api.SyncView;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What check and sync create advise. */
class AdviceIT extends BridgeFixture {

    private static final String ONCE = "retrieve: once";
    private static final String VIEW = "select: {scope: view, view: Hot leads}";

    @BeforeAll
    static void open() {
        bridge = Bridge.open(
                20,
                files -> files.purpose("first")
                        .sync("first", "Leads", ONCE, VIEW)
                        .purpose("second")
                        .purpose("whole")
                        .sync("whole", "Leads", ONCE)
                        .purpose("chosen")
                        .sync(
                                "chosen",
                                "Leads",
                                "select: {scope: criteria, conditions: [{field: City, operator: equals, value: Berlin}]}"));
    }

    private static List<String> checked() {
        return bridge.operations().check().checked();
    }

    @Test
    @DisplayName("B68: check, sync create and sync show advise that a one-time sync of a view used before should recur")
    void periodic() {
        assertThat(checked()).as("nobody took it before").noneMatch(line -> line.contains("did before"));
        bridge.run("first");
        String file = bridge.files().read("config/syncs/first.yaml").replace("first", "second");

        SyncView made = bridge.operations().createSync("second", new SyncSource("second.yaml", file));

        assertThat(made.advice())
                .contains(
                        "the view \"Hot leads\" of Leads once, as sync first did before",
                        "new-or-modified",
                        "schedule");
        assertThat(checked())
                .anyMatch(line -> line.startsWith("sync second: it reads the view"))
                .noneMatch(line -> line.startsWith("sync first: it reads") || line.startsWith("sync whole: it reads"));
        assertThat(bridge.operations().sync("first").advice()).isNull();
    }

    @Test
    @DisplayName(
            "B22: check names the CRM's edition, what criteria need in a free edition, and the scope where the edition cannot be read")
    void edition() {
        assertThat(checked())
                .contains("connection main: the CRM's edition is enterprise")
                .noneMatch(line -> line.contains("paid editions"));
        bridge.zoho().edition("free");
        assertThat(checked())
                .contains("connection main: the CRM's edition is free (free)")
                .anyMatch(line -> line.startsWith("sync chosen: Zoho offers criteria with paid editions"));
        bridge.zoho()
                .scopes(
                        "ZohoCRM.modules.ALL ZohoCRM.settings.ALL ZohoCRM.coql.READ ZohoCampaigns.contact.ALL",
                        true,
                        false);
        assertThat(checked())
                .anyMatch(line -> line.contains("edition is not known") && line.contains("ZohoCRM.org.READ"));
        bridge.zoho().scopes(null, true, false);
        bridge.zoho().edition("enterprise");
    }
}
