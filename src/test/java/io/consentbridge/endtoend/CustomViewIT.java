package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.api.RunView;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A sync takes the records of a custom view. */
class CustomViewIT extends SelectionFixture {

    @Test
    @DisplayName(
            "B20: a custom view returns its records with all mapped fields, and a second run without changes is cheap")
    void customView() {
        select(
                "viewed",
                "Leads",
                "{scope: view, view: Hospitality leads}",
                "mapping: {Company Name: Company, City: City}");
        String in = lead("viewIn", Map.of("Industry", "Hospitality", "Company", "Grand", "City", "Viewton"));
        String out = lead("viewOut", Map.of("Industry", "Retail"));

        bridge.complete("viewed");
        assertThat(on("viewed")).contains(in).doesNotContain(out);
        assertThat(fieldsOf("viewed", in)).contains("Grand", "Viewton");

        RunView second = bridge.complete("viewed");
        assertThat(second.added() + second.updated()).isZero();
        assertThat(second.calls().crm())
                .as("the views, three sweeps, one page, deletions")
                .isEqualTo(6);

        String late = lead("viewLate", Map.of("Industry", "Hospitality"));
        assertThat(bridge.complete("viewed").added()).isEqualTo(1);
        assertThat(on("viewed")).contains(late);
    }

    @Test
    @DisplayName("B20, B32, B36: the same view feeds several syncs, by name in any case, with fields of accounts too")
    void viewForSeveral() {
        select(
                "viewA",
                "Contacts",
                "{scope: view, view: all contacts}",
                "mapping: {Company Name: Account_Name.Billing_City}");
        select("viewB", "Contacts", "{scope: view, view: All Contacts, created: {to: 2020-01-01}}");
        String account =
                bridge.zoho().create("Accounts", Map.of("Account_Name", "Hostel", "Billing_City", "Viewville"));
        String email = "viewed@c9.example.com";
        bridge.zoho().create("Contacts", Bridge.fields(email, Map.of("Account_Name", Map.of("id", account))));
        bridge.zoho()
                .create(
                        "Contacts",
                        Bridge.fields("old@c9.example.com", Map.of("Created_Time", "2019-12-31T10:00:00+01:00")));

        bridge.complete("viewA");
        bridge.complete("viewB");

        assertThat(fieldsOf("viewA", email)).contains("Viewville");
        assertThat(on("viewB")).contains("old@c9.example.com").doesNotContain(email);
    }

    @Test
    @DisplayName("B20: a view of more than a page is read to its end at 200 a page")
    void largeView() {
        select("viewAll", "Memberships", "{scope: view, view: All Memberships}");
        bridge.zoho().crowd(450, "viewcrowd");
        bridge.zoho().forgetCalls();

        bridge.complete("viewAll");

        assertThat(on("viewAll").stream().filter(email -> email.startsWith("viewcrowd")))
                .hasSize(450);
        assertThat(bridge.zoho().calls("GET /crm/v8/Memberships")).isBetween(3L, 4L);
    }

    @Test
    @DisplayName(
            "B20: a view of more records than Zoho returns fails the run, removes nobody, and starts again next time")
    void endlessView() {
        bridge.files()
                .purpose("viewWall")
                .sync(
                        "viewWall",
                        "Memberships",
                        "select: {scope: view, view: All Memberships}",
                        "unmatched: unsubscribe");
        bridge.reload();
        bridge.zoho().crowd(250, "wallcrowd");
        bridge.complete("viewWall");
        int members = on("viewWall").size();
        List<String> fresh = bridge.zoho().crowd(3, "wallfresh");
        assertThat(fresh).hasSize(3);
        // What Zoho answers to the page that would go beyond 100,000 records.
        bridge.zoho()
                .fault(Map.of(
                        "method",
                        "GET /crm/v8/Memberships",
                        "kind",
                        "code",
                        "code",
                        "PAGINATION_LIMIT_EXCEEDED",
                        "status",
                        400,
                        "skip",
                        1,
                        "times",
                        1));
        RunView run = bridge.runInFull("viewWall");

        assertThat(run.state()).isEqualTo("failed");
        assertThat(run.message()).contains("at most 100,000 records").contains("scope: criteria");
        assertThat(bridge.zoho().statuses("viewWall").values()).containsOnly("active");
        bridge.zoho().forgetCalls();
        bridge.complete("viewWall");
        assertThat(bridge.zoho().calls("GET /crm/v8/Memberships"))
                .as("read anew, all of it")
                .isGreaterThanOrEqualTo(2);
        assertThat(on("viewWall")).hasSize(members + 3);
    }

    @Test
    @DisplayName("B20: a missing view fails the run, which names the most similar one")
    void missingView() {
        select("viewless", "Leads", "{scope: view, view: Hospitality lead}");

        RunView run = bridge.run("viewless");

        assertThat(run.state()).isEqualTo("failed");
        assertThat(run.message())
                .isEqualTo("Leads has no custom view \"Hospitality lead\". Did you mean Hospitality leads?");
        assertThat(bridge.operations().check().problems().toString()).contains("Did you mean Hospitality leads?");
        bridge.files().sync("viewless", "Leads");
        bridge.reload();
    }
}
