package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.consentbridge.api.CheckView;
import io.consentbridge.api.Problem;
import io.consentbridge.api.RunView;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A credential that lacks scopes, where Zoho says which it has and where it does not. */
class ScopesIT extends BridgeFixture {

    private static final String CRM = "ZohoCRM.modules.ALL ZohoCRM.settings.ALL ZohoCRM.coql.READ ";

    @BeforeAll
    static void open() {
        bridge = Bridge.open(
                20,
                files -> files.letters("letters", "Leads")
                        .set("HOLD_FIRST", "1s")
                        .set("HOLD_MOST", "2s"));
    }

    @AfterEach
    void grantAll() {
        bridge.zoho().scopes(null, true, false);
    }

    /** With an access token of now, which the reply about the scopes comes with. */
    private void grant(String granted, boolean told, boolean named) {
        bridge.zoho().scopes(granted, told, named);
        bridge.runtime().database().change(handle -> {
            handle.execute("delete from access_token");
            handle.execute("delete from granted_scope");
        });
        bridge.reopen();
    }

    private static List<String> messages(CheckView check) {
        return check.problems().stream().map(Problem::message).toList();
    }

    @Test
    @DisplayName("check names each missing scope, also for writing, where Zoho reports scopes")
    void told() {
        grant(
                "ZohoCRM.modules.leads.READ,ZohoCRM.settings.ALL,ZohoCRM.coql.READ,ZohoCampaigns.contact.READ",
                true,
                false);

        CheckView check = bridge.operations().check();

        assertThat(messages(check))
                .anyMatch(message -> message.contains("lacks the scope ZohoCRM.modules.contacts.READ")
                        && message.contains("refusals in Contacts"))
                .anyMatch(message -> message.contains("lacks the scope ZohoCampaigns.contact.UPDATE"))
                .noneMatch(message -> message.contains("lacks the scope ZohoCRM.modules.leads"));
        bridge.zoho().forgetCalls();
        bridge.reopen();
        assertThat(messages(bridge.operations().check()))
                .as("it is remembered with the token")
                .anyMatch(message -> message.contains("lacks the scope ZohoCampaigns.contact.UPDATE"));
        assertThat(bridge.zoho().calls("token")).isZero();
    }

    @Test
    @DisplayName(
            "One reading call each finds what cannot be read where Zoho reports no scopes, and check says what it cannot know")
    void untold() {
        grant(
                "ZohoCRM.modules.leads.READ ZohoCRM.settings.ALL ZohoCRM.coql.READ ZohoCampaigns.contact.READ",
                false,
                false);
        assertThat(messages(bridge.operations().check()))
                .anyMatch(message -> message.contains("lacks a scope for coql of Contacts")
                        && message.contains("ZohoCRM.modules.contacts.READ"));

        grant(CRM + "ZohoCampaigns.contact.READ", false, false);
        assertThat(bridge.operations().check().checked())
                .anyMatch(line -> line.contains("a missing scope for writing shows with the first call that writes"));
    }

    @Test
    @DisplayName(
            "A sync that may create contact fields needs the scope for creating, as a purpose that may create its list does")
    void creatingFields() {
        try (Bridge own = Bridge.open(
                10,
                files -> files.purpose("filling", "createList: false")
                        .sync("filling", "Leads", "createFields: true", "mapping: {Shoe Size: No_of_Employees}"))) {
            own.zoho().list("filling");
            own.zoho().scopes(CRM + "ZohoCampaigns.contact.READ ZohoCampaigns.contact.UPDATE", true, false);

            assertThat(messages(own.operations().check()))
                    .anyMatch(message -> message.contains("lacks the scope ZohoCampaigns.contact.CREATE")
                            && message.contains("sync filling (createFields: true)"));
        }
    }

    @Test
    @DisplayName("A credential with every scope passes check, whether Zoho reports scopes or not")
    void enough() {
        for (boolean told : new boolean[] {true, false}) {
            grant(
                    CRM + "ZohoCampaigns.contact.READ ZohoCampaigns.contact.UPDATE ZohoCampaigns.contact.CREATE",
                    told,
                    false);

            CheckView check = bridge.operations().check();

            assertThat(messages(check)).isEmpty();
            assertThat(check.checked()).anyMatch(line -> line.contains("the credential has every scope"));
        }
    }

    @Test
    @DisplayName("A field behind a custom lookup needs the scope of the lookup's target module")
    void ownLookup() {
        try (Bridge own = Bridge.open(
                10,
                files -> files.purpose("sponsors")
                        .sync("sponsors", "Memberships", "mapping: {Company Name: Sponsor.Account_Name}"))) {
            own.zoho()
                    .scopes(
                            "ZohoCRM.modules.leads.READ ZohoCRM.modules.contacts.READ ZohoCRM.modules.custom.READ"
                                    + " ZohoCRM.settings.ALL ZohoCRM.coql.READ ZohoCampaigns.contact.READ"
                                    + " ZohoCampaigns.contact.UPDATE",
                            true,
                            false);

            assertThat(messages(own.operations().check()))
                    .anyMatch(message ->
                            message.contains("ZohoCRM.modules.accounts.READ") && message.contains("sponsors"))
                    .anyMatch(message -> message.contains("ZohoCampaigns.contact.CREATE"));
        }
    }

    @ParameterizedTest(name = "told by Zoho: {0}")
    @ValueSource(booleans = {true, false})
    @DisplayName(
            "A module that is swept for refusals needs its scope even if no sync reads it; status says so after check")
    void sweptModules(boolean told) {
        try (Bridge own = Bridge.open(10, files -> files.letters("letters", "Leads"))) {
            own.zoho()
                    .scopes(
                            "ZohoCRM.modules.leads.READ ZohoCRM.modules.contacts.READ ZohoCRM.settings.ALL ZohoCRM.coql.READ"
                                    + " ZohoCampaigns.contact.ALL",
                            told,
                            false);

            assertThat(messages(own.operations().check()))
                    .anyMatch(message ->
                            message.contains("ZohoCRM.modules.custom.READ") && message.contains("Memberships"));
            if (told) {
                assertThat(own.operations().status().connections().get(0).missingScopes())
                        .anyMatch(missing -> missing.contains("ZohoCRM.modules.custom.READ")
                                && missing.contains("refusals in Memberships"));
            }
        }
    }

    @ParameterizedTest(name = "named by Campaigns: {0}")
    @ValueSource(booleans = {true, false})
    @DisplayName(
            "The first subscription refused for a missing scope is reported in one line and holds the rest; nobody is lost once it is granted")
    void writing(boolean named) {
        String name = "writing-" + named;
        bridge.letters(name, "Memberships");
        bridge.zoho().list(name);
        bridge.zoho().crowd(40, name);
        grant(CRM + "ZohoCampaigns.contact.READ", false, named);
        bridge.zoho().forgetCalls();
        String run;
        List<String> said;
        try (ErrorLog log = ErrorLog.listenToWarnings()) {
            run = bridge.begin(name);
            await().until(() ->
                    bridge.zoho().calls(SUBSCRIBE) > 8 && !ofDeliveries(log).isEmpty());
            said = ofDeliveries(log);
        }
        assertThat(said).as("lines").hasSize(1).first().asString().contains("ZohoCampaigns.contact.UPDATE");
        assertThat(bridge.operations().status().connections())
                .as("the connection is not held")
                .allMatch(connection -> connection.heldUntil() == null);

        bridge.zoho().scopes(null, false, named);

        RunView end = bridge.end(run);
        assertThat(end.deadLettered()).isZero();
        assertThat(bridge.zoho().statuses(name)).hasSizeGreaterThanOrEqualTo(40);
    }

    private static List<String> ofDeliveries(ErrorLog log) {
        return log.errors().stream()
                .filter(line -> line.startsWith("io.consentbridge.outbox."))
                .toList();
    }

    @Test
    @DisplayName("A list that cannot be created is held, and other lists are served")
    void creating() {
        String there = "there";
        bridge.letters(there, "Memberships");
        bridge.zoho().list(there);
        bridge.letters("to-make", "Memberships");
        List<String> people = bridge.zoho().crowd(3, "creating");
        assertThat(people).hasSize(3);
        grant(CRM + "ZohoCampaigns.contact.READ ZohoCampaigns.contact.UPDATE", false, false);

        String held = bridge.begin("to-make");
        await().until(() ->
                !bridge.runtime().components().audience().heldLists().of("main").isEmpty());
        RunView served = bridge.operations().run(bridge.begin(there));
        await().until(() -> bridge.zoho().statuses(there).size() >= 3);

        assertThat(served.deadLettered()).isZero();
        assertThat(bridge.runtime().components().audience().heldLists().of("main"))
                .anyMatch(list -> list.because().contains("ZohoCampaigns.contact.CREATE"));
        bridge.zoho().scopes(null, false, false);
        assertThat(bridge.end(held).deadLettered()).isZero();
        assertThat(bridge.zoho().statuses("to-make")).hasSizeGreaterThanOrEqualTo(3);
        assertThat(Map.copyOf(bridge.zoho().statuses(there))).isNotEmpty();
    }
}
