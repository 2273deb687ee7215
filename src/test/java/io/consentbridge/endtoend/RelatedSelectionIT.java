package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.api.RunView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A sync takes records by fields of related modules: accounts, deals and other lookups. */
class RelatedSelectionIT extends SelectionFixture {

    @Test
    @DisplayName("B24, B33: contacts are selected by account, and an account that changes later brings its contacts in")
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
    @DisplayName(
            "B34: contacts are selected by potential when one of their deals meets all conditions over deals, now or later")
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
                        "follows at most 5 lookups", "use 6 of Leads", "Converted_Account, Converted_Contact", "Owner");
        assertThat(bridge.zoho().calls("coql")).isZero();
        assertThat(bridge.operations().check().problems())
                .filteredOn(problem -> problem.text().contains("follows at most"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.text())
                        .containsPattern("syncs/lookups.yaml:[1-9][0-9]*: a query")
                        .contains("Remove the fields of 1 of them"));

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
    @DisplayName("B34: contacts without deals are selected by their own fields in conditions joined by or")
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
}
