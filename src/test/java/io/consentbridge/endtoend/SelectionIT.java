package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.consentbridge.api.RunView;
import io.consentbridge.api.SelectionView;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Which records a sync takes: conditions, fields of accounts and deals, days of creation, custom views. */
class SelectionIT extends BridgeFixture {

    @BeforeAll
    static void open() {
        bridge = Bridge.open(10, files -> {});
    }

    @Test
    @DisplayName(
            "B18, B19, B97, B98, B111: all records are open leads, all contacts, or all of a custom module, no others")
    void wholeModules() {
        for (String module : List.of("Leads", "Contacts", "Memberships")) {
            String sync = "whole" + module;
            bridge.files().purpose(sync).sync(sync, module);
            bridge.reload();
            String email = sync.toLowerCase(Locale.ROOT) + "@c9.example.com";
            String name = module.equals("Memberships") ? "Name" : "Last_Name";
            bridge.zoho().create(module, Map.of(name, "Whole", "Email", email));
            if (module.equals("Leads")) {
                bridge.zoho().create(module, Map.of(name, "W", "Email", "wc@c9.example.com", "Converted__s", true));
            }
            bridge.complete(sync);
        }
        assertThat(on("wholeLeads"))
                .contains("wholeleads@c9.example.com")
                .doesNotContain("wc@c9.example.com", "wholecontacts@c9.example.com");
        assertThat(on("wholeContacts"))
                .contains("wholecontacts@c9.example.com")
                .doesNotContain("wholeleads@c9.example.com", "wholememberships@c9.example.com");
        assertThat(on("wholeMemberships")).contains("wholememberships@c9.example.com");
    }

    @Test
    @DisplayName("B101, B117: only the standard e-mail field counts, and a module without one cannot be synced")
    void standardAddress() {
        criteria("addressed", "Memberships", null, "{field: Club, operator: equals, value: Adr}");
        bridge.zoho()
                .create("Memberships", Map.of("Name", "S", "Club", "Adr", "Secondary_Email", "second@c9.example.com"));
        RunView run = bridge.complete("addressed");
        assertThat(run.total()).isEqualTo(1);
        assertThat(run.ignored().get("empty-email")).isEqualTo(1);

        bridge.files().purpose("projects").sync("projects", "Projects");
        bridge.reload();
        assertThat(bridge.run("projects").message()).contains("Projects has no Email field");
        bridge.files().sync("projects", "Memberships");
        bridge.reload();
    }

    @Test
    @DisplayName("B51: who opts in again is let through, though the record that said no is not selected")
    void optsInAgain() {
        criteria("returning", "Leads", null, "{field: City, operator: equals, value: Returnton}");
        String email = lead("returning", Map.of("City", "Returnton"));
        String other =
                bridge.zoho().create("Leads", Bridge.fields(email, Map.of("City", "Elsewhere", "Email_Opt_Out", true)));
        assertThat(bridge.complete("returning").ignored().get("opted-out")).isPositive();
        assertThat(on("returning")).doesNotContain(email);

        bridge.zoho().change("Leads", other, Map.of("Email_Opt_Out", false));
        bridge.runInFull("returning");

        assertThat(bridge.zoho().statuses("returning")).containsEntry(email, "active");
    }

    /** A sync with these conditions, and a pattern unless it is null. */
    private static void criteria(String name, String module, String pattern, String... conditions) {
        select(
                name,
                module,
                "{scope: criteria, conditions: [" + String.join(", ", conditions) + "]"
                        + (pattern == null ? "" : ", pattern: \"" + pattern + "\"") + "}");
    }

    private static void select(String name, String module, String select, String... more) {
        String[] lines = new String[more.length + 2];
        lines[0] = "select: " + select;
        lines[1] = module.equals("Leads") ? "convertedLeads: include" : "state: active";
        System.arraycopy(more, 0, lines, 2, more.length);
        bridge.files().purpose(name).sync(name, module, lines);
        bridge.reload();
    }

    private static String lead(String name, Map<String, Object> more) {
        String email = name.toLowerCase(Locale.ROOT) + "@c9.example.com";
        bridge.zoho().create("Leads", Bridge.fields(email, more));
        return email;
    }

    private static Set<String> on(String list) {
        return bridge.zoho().statuses(list).keySet();
    }

    @Test
    @DisplayName(
            "B30: the worked example selects hospitality leads that are converted and large in one way or the other")
    void workedExample() {
        String industry = "{field: Industry, operator: equals, value: Hospitality}";
        String status = "{field: Lead_Status, operator: equals, value: Converted}";
        String revenue = "{field: Annual_Revenue, operator: greater-than, value: 5000000}";
        String employees = "{field: No_of_Employees, operator: greater-than, value: 2000}";
        criteria("edited", "Leads", "((1 and 2) and (3 or 4))", industry, status, revenue, employees);
        criteria("unedited", "Leads", "1 and 2 and 3 or 4", industry, status, revenue, employees);
        Map<String, Object> small = Map.of(
                "Industry",
                "Hospitality",
                "Lead_Status",
                "Converted",
                "Annual_Revenue",
                5_000_000,
                "No_of_Employees",
                2000);
        String neither = lead("neither", small);
        String rich = lead(
                "rich", Map.of("Industry", "Hospitality", "Lead_Status", "Converted", "Annual_Revenue", 5_000_001));
        String large =
                lead("large", Map.of("Industry", "Hospitality", "Lead_Status", "Converted", "No_of_Employees", 2001));
        String open = lead(
                "open", Map.of("Industry", "Hospitality", "Lead_Status", "Contacted", "Annual_Revenue", 9_000_000));
        String retail =
                lead("retail", Map.of("Industry", "Retail", "Lead_Status", "Contacted", "No_of_Employees", 3000));

        bridge.complete("edited");
        bridge.complete("unedited");

        assertThat(on("edited")).contains(rich, large).doesNotContain(neither, open, retail);
        assertThat(on("unedited")).contains(rich, large, retail).doesNotContain(neither, open);
    }

    @Test
    @DisplayName("B21, B24: criteria run in the CRM, a second run costs what it costs without them")
    void inTheCrm() {
        criteria("queried", "Leads", null, "{field: City, operator: equals, value: \"Bad O'Hausen\"}");
        String in = lead("in", Map.of("City", "Bad O'Hausen"));
        lead("out", Map.of("City", "Bad Hausen"));
        bridge.zoho().forgetCalls();

        RunView first = bridge.complete("queried");
        assertThat(first.total()).isEqualTo(1);
        assertThat(on("queried")).containsExactly(in);
        assertThat(bridge.complete("queried").calls().crm())
                .as("three sweeps, one page, deletions")
                .isEqualTo(5);
    }

    @Test
    @DisplayName("B21: only what a query cannot say is evaluated here, and the rest stays in the query")
    void partlyHere() {
        criteria(
                "partly",
                "Leads",
                null,
                "{field: City, operator: equals, value: Partlyton}",
                "{field: Description, operator: contains, value: \"50% off\"}",
                "{field: Company, operator: starts-with, value: \"100%_\"}");
        String in = lead(
                "partlyIn",
                Map.of("City", "Partlyton", "Description", "Asked\nfor 50% OFF", "Company", "100%_Organic"));
        lead("partlyOut", Map.of("City", "Partlyton", "Description", "Asked for 50", "Company", "100%_Organic"));
        lead("partlyElse", Map.of("City", "Partlyton", "Description", "50% off", "Company", "100 Organic"));

        RunView run = bridge.complete("partly");

        assertThat(on("partly")).containsExactly(in);
        assertThat(run.total()).isEqualTo(1);
    }

    @Test
    @DisplayName("B24, B33: contacts by account, and an account that changes later brings its contacts in")
    void byAccount() {
        criteria(
                "byAccount",
                "Contacts",
                null,
                "{field: Account_Name.Billing_City, operator: equals, value: Accountville}");
        String account =
                bridge.zoho().create("Accounts", Map.of("Account_Name", "Hotel", "Billing_City", "Accountville"));
        String other = bridge.zoho().create("Accounts", Map.of("Account_Name", "Inn", "Billing_City", "Elsewhere"));
        bridge.zoho()
                .create(
                        "Contacts",
                        Bridge.fields("hotel@c9.example.com", Map.of("Account_Name", Map.of("id", account))));
        bridge.zoho()
                .create("Contacts", Bridge.fields("inn@c9.example.com", Map.of("Account_Name", Map.of("id", other))));
        bridge.zoho().create("Contacts", Bridge.fields("alone@c9.example.com", Map.of()));

        bridge.complete("byAccount");
        assertThat(on("byAccount")).containsExactly("hotel@c9.example.com");
        RunView second = bridge.complete("byAccount");
        assertThat(second.calls().crm())
                .as("three sweeps, one page, one of changed accounts, deletions")
                .isEqualTo(6);
        assertThat(second.added() + second.updated()).isZero();

        bridge.zoho().change("Accounts", other, Map.of("Billing_City", "Accountville"));
        RunView third = bridge.complete("byAccount");
        assertThat(third.added()).isEqualTo(1);
        assertThat(on("byAccount")).containsExactlyInAnyOrder("hotel@c9.example.com", "inn@c9.example.com");
    }

    @Test
    @DisplayName("B34: contacts by potential: one of their deals meets all conditions over deals, now or later")
    void byDeal() {
        criteria(
                "byDeal",
                "Contacts",
                null,
                "{field: Deals.Stage, operator: equals, value: Closed Won}",
                "{field: Deals.Amount, operator: greater-than, value: 1000}",
                "{field: Department, operator: equals, value: Dealers}",
                "{field: Deals.Deal_Name, operator: contains, value: \"a_b\"}");
        String won = contact("won", "Dealers");
        deal(won, "Closed Won", 2000, "a_b");
        deal(won, "Closed Won", 3000, "a_b too");
        String split = contact("split", "Dealers");
        deal(split, "Closed Won", 500, "a_b");
        String later = deal(split, "Negotiation/Review", 5000, "a_b");
        deal(contact("elsewhere", "Others"), "Closed Won", 2000, "a_b");
        deal(contact("wild", "Dealers"), "Closed Won", 2000, "axb");
        contact("none", "Dealers");

        RunView first = bridge.complete("byDeal");
        assertThat(on("byDeal")).containsExactly("won@c9.example.com");
        assertThat(first.total()).isEqualTo(1);
        RunView second = bridge.complete("byDeal");
        assertThat(second.added() + second.updated()).isZero();

        bridge.zoho().change("Deals", later, Map.of("Stage", "Closed Won"));
        assertThat(bridge.complete("byDeal").added()).isEqualTo(1);
        assertThat(on("byDeal")).containsExactlyInAnyOrder("won@c9.example.com", "split@c9.example.com");

        bridge.zoho().change("Contacts", won, Map.of("First_Name", "Changed"));
        assertThat(bridge.complete("byDeal").updated()).isEqualTo(1);
    }

    @Test
    @DisplayName("B24, B36: a sixth lookup is refused before a record is read, and check names the line")
    void lookups() {
        String five = "{scope: criteria, pattern: 1 or 2 or 3 or 4 or 5, conditions: ["
                + "{field: Converted_Account.Industry, operator: equals, value: Retail},"
                + "{field: Converted_Contact.Department, operator: equals, value: Joins},"
                + "{field: Converted_Deal.Stage, operator: equals, value: Closed Won},"
                + "{field: Created_By.email, operator: equals, value: nobody@c9.example.com},"
                + "{field: Modified_By.email, operator: equals, value: nobody@c9.example.com}]}";
        select("lookups", "Leads", five, "mapping: {Company Name: Converted_Account.Account_Name}");
        assertThat(bridge.complete("lookups").total()).isZero();

        select(
                "lookups",
                "Leads",
                five,
                "mapping: {Company Name: Converted_Account.Account_Name, Adviser: Owner}",
                "createFields: true");
        bridge.zoho().forgetCalls();
        RunView run = bridge.run("lookups");
        assertThat(run.state()).isEqualTo("failed");
        assertThat(run.message())
                .contains(
                        "follows 5 lookups at most", "use 6 of Leads", "Converted_Account, Converted_Contact", "Owner");
        assertThat(bridge.zoho().calls("coql")).isZero();
        assertThat(bridge.operations().check().problems())
                .filteredOn(problem -> problem.text().contains("lookups at most"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.text())
                        .containsPattern("syncs/lookups.yaml:[1-9][0-9]*: a query")
                        .contains("Leave out the fields of 1 of them"));

        select(
                "lookups",
                "Leads",
                five.replace("]}", ", {field: Owner.email, operator: is-empty}]}")
                        .replace("or 5", "or 5 or 6"));
        assertThat(bridge.operations().check().problems().toString()).contains("use 6 of Leads");
        select("lookups", "Leads", "{scope: all}");
    }

    @Test
    @DisplayName("B34, B70: a contact with deals on several pages of deals is counted once and written once")
    void dealsOnSeveralPages() {
        criteria("manyDeals", "Contacts", null, "{field: Deals.Deal_Name, operator: equals, value: many}");
        String first = contact("many-first", "Many");
        String both = contact("many-both", "Many");
        List<Map<String, Object>> deals = new ArrayList<>();
        for (int i = 0; i < 2_100; i++) {
            String of = i == 0 || i == 2_099 ? both : first;
            deals.add(
                    Map.of("Deal_Name", "many", "Stage", "Closed Won", "Amount", 1, "Contact_Name", Map.of("id", of)));
        }
        bridge.zoho().createAll("Deals", deals);
        bridge.zoho().forgetCalls();

        RunView run = bridge.complete("manyDeals");

        assertThat(run.total()).isEqualTo(2);
        assertThat(run.added()).isEqualTo(2);
        assertThat(bridge.zoho().calls(SUBSCRIBE)).isEqualTo(2);
        RunView full = bridge.runInFull("manyDeals");
        assertThat(full.total()).isEqualTo(2);
        assertThat(full.duplicate()).isEqualTo(2);
        assertThat(full.updated()).isZero();
        assertThat(bridge.zoho().calls(SUBSCRIBE)).isEqualTo(2);
    }

    @Test
    @DisplayName("B34: joined by or, contacts without deals are selected by their own fields")
    void byDealOrField() {
        criteria(
                "byEither",
                "Contacts",
                "1 or 2",
                "{field: Deals.Stage, operator: equals, value: Closed Lost}",
                "{field: Department, operator: equals, value: Either}");
        deal(contact("lost", "Somewhere"), "Closed Lost", 1, "lost");
        contact("either", "Either");

        bridge.complete("byEither");

        assertThat(on("byEither")).contains("lost@c9.example.com", "either@c9.example.com");
    }

    private static String contact(String name, String department) {
        return bridge.zoho()
                .create("Contacts", Bridge.fields(name + "@c9.example.com", Map.of("Department", department)));
    }

    private static String deal(String contact, String stage, int amount, String name) {
        return bridge.zoho()
                .create(
                        "Deals",
                        Map.of(
                                "Deal_Name", name,
                                "Stage", stage,
                                "Amount", amount,
                                "Contact_Name", Map.of("id", contact)));
    }

    @Test
    @DisplayName("B45: only records created on the days of the range, in the connection's zone, borders included")
    void createdInRange() {
        bridge.files().set("ZOHO_MAIN_TIME_ZONE", "Europe/Berlin");
        bridge.reopen();
        select("created", "Memberships", "{scope: all, created: {from: 2026-03-28, to: 2026-03-29}}");
        select("createdSince", "Memberships", "{scope: all, created: {from: 2026-03-30}}");
        Map<String, String> times = Map.of(
                "before", "2026-03-27T23:59:59+01:00",
                "first", "2026-03-28T00:00:00+01:00",
                "last", "2026-03-29T23:59:59+02:00",
                "after", "2026-03-30T00:00:00+02:00");
        times.forEach((name, time) -> bridge.zoho()
                .create("Memberships", Map.of("Name", name, "Email", name + "@c9.example.com", "Created_Time", time)));

        bridge.complete("created");
        bridge.complete("createdSince");

        assertThat(on("created")).containsExactlyInAnyOrder("first@c9.example.com", "last@c9.example.com");
        assertThat(on("createdSince"))
                .contains("after@c9.example.com")
                .doesNotContain("last@c9.example.com", "first@c9.example.com");
    }

    @Test
    @DisplayName("A selection that is edited is applied to records that did not change since")
    void editedSelection() {
        String one = lead("editOne", Map.of("City", "Editon"));
        String two = lead("editTwo", Map.of("City", "Editville"));
        criteria("edits", "Leads", null, "{field: City, operator: equals, value: Editon}");
        bridge.complete("edits");
        assertThat(on("edits")).containsExactly(one);

        criteria("edits", "Leads", null, "{field: City, operator: in, value: [Editon, Editville]}");
        RunView run = bridge.complete("edits");

        assertThat(on("edits")).containsExactlyInAnyOrder(one, two);
        assertThat(run.added()).isEqualTo(1);
        assertThat(run.updated()).isZero();
    }

    @Test
    @DisplayName("B47, B52: who leaves the selection by opting out, or is deleted, leaves the list as before")
    void leavers() {
        criteria(
                "leaving",
                "Leads",
                null,
                "{field: City, operator: equals, value: Leaveton}",
                "{field: Email_Opt_Out, operator: equals, value: false}");
        String outs = bridge.zoho().create("Leads", Bridge.fields("outs@c9.example.com", Map.of("City", "Leaveton")));
        String gone = bridge.zoho().create("Leads", Bridge.fields("gone@c9.example.com", Map.of("City", "Leaveton")));
        bridge.complete("leaving");
        assertThat(bridge.zoho().statuses("leaving").values()).containsOnly("active");

        bridge.zoho().change("Leads", outs, Map.of("Email_Opt_Out", true));
        bridge.zoho().delete("Leads", gone);
        RunView run = bridge.complete("leaving");

        assertThat(bridge.zoho().statuses("leaving"))
                .containsEntry("outs@c9.example.com", "unsub")
                .containsEntry("gone@c9.example.com", "unsub");
        assertThat(run.deleted()).isEqualTo(1);
        assertThat(run.ignored().get("opted-out")).isEqualTo(1);
        assertThat(bridge.complete("leaving").total()).isZero();
    }

    @Test
    @DisplayName(
            "B20: a custom view gives its records with all mapped fields, and a second run without changes costs little")
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

    private static String fieldsOf(String list, String email) {
        for (JsonNode member : bridge.zoho().members(list)) {
            if (member.path("email").asText().equals(email)) {
                return member.path("fields").toString();
            }
        }
        throw new AssertionError(email + " is not on " + list);
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
            "B20: a view of more records than Zoho gives fails the run, takes nobody off, and begins anew next time")
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
        assertThat(run.message()).contains("100,000 records at most").contains("scope: criteria");
        assertThat(bridge.zoho().statuses("viewWall").values()).containsOnly("active");
        bridge.zoho().forgetCalls();
        bridge.complete("viewWall");
        assertThat(bridge.zoho().calls("GET /crm/v8/Memberships"))
                .as("read anew, all of it")
                .isGreaterThanOrEqualTo(2);
        assertThat(on("viewWall")).hasSize(members + 3);
    }

    @Test
    @DisplayName("B20: a view that is not there fails the run with the one that was probably meant")
    void missingView() {
        select("viewless", "Leads", "{scope: view, view: Hospitality lead}");

        RunView run = bridge.run("viewless");

        assertThat(run.state()).isEqualTo("failed");
        assertThat(run.message())
                .isEqualTo("Leads has no custom view \"Hospitality lead\"; did you mean Hospitality leads?");
        assertThat(bridge.operations().check().problems().toString()).contains("Did you mean Hospitality leads?");
        bridge.files().sync("viewless", "Leads");
        bridge.reload();
    }

    @Test
    @DisplayName("B31: a condition that does not fit the module fails the run, and check tells its line")
    void unfitCondition() {
        criteria("unfit", "Leads", null, "{field: Industry, operator: equals, value: Hospitalty}");

        RunView run = bridge.run("unfit");

        assertThat(run.message())
                .isEqualTo(
                        "condition 1, Industry equals Hospitalty: Industry has no choice \"Hospitalty\". Did you mean"
                                + " Hospitality?");
        assertThat(bridge.operations().check().problems().toString()).contains("Did you mean Hospitality?");
        bridge.files().sync("unfit", "Leads");
        bridge.reload();
    }

    @Test
    @DisplayName(
            "B29: sync show spells the pattern out, says where each condition is evaluated, and warns of a mixture")
    void shown() {
        criteria(
                "shown",
                "Leads",
                "1 or 2 and 3",
                "{field: City, operator: equals, value: New York}",
                "{field: Rating, operator: is-empty}",
                "{field: Description, operator: contains, value: fair}");

        SelectionView shown = bridge.operations().sync("shown").settings().selection();

        assertThat(shown.pattern())
                .isEqualTo("((City equals \"New York\" or Rating is-empty) and Description contains fair)");
        assertThat(shown.warnings()).singleElement().asString().contains("as ((1 or 2) and 3)");
        assertThat(shown.conditions()).extracting(SelectionView.Part::evaluated).containsExactly("crm", "crm", "here");
        assertThat(shown.conditions().get(2).because()).isEqualTo("no query can ask for multi-line text");
        bridge.files().sync("shown", "Leads");
        bridge.reload();
    }

    @Test
    @DisplayName("B31: a date that lay ahead and has come is found, though the record did not change")
    void dayArrives() {
        criteria("daily", "Memberships", null, "{field: Member_Since, operator: in-last-days, value: 30}");
        bridge.zoho()
                .create(
                        "Memberships",
                        Map.of("Name", "D", "Email", "ahead@c9.example.com", "Member_Since", "2999-01-01"));
        bridge.zoho()
                .create(
                        "Memberships",
                        Map.of(
                                "Name", "E",
                                "Email", "now@c9.example.com",
                                "Member_Since",
                                        java.time.LocalDate.now(java.time.ZoneId.of("UTC"))
                                                .minusDays(2)
                                                .toString()));

        bridge.complete("daily");
        bridge.zoho().forgetCalls();
        bridge.complete("daily");

        assertThat(on("daily")).contains("now@c9.example.com").doesNotContain("ahead@c9.example.com");
        assertThat(bridge.zoho().calls("POST /crm/v8/coql"))
                .as("two sweeps and own are three, arrived days one")
                .isGreaterThan(3);
    }
}
