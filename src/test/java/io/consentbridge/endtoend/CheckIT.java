package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.api.CheckView;
import io.consentbridge.api.Problem;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What check says of files that name what Zoho lacks, and of a Zoho that does not answer. */
class CheckIT extends BridgeFixture {

    @BeforeAll
    static void open() {
        bridge = Bridge.open(
                10,
                files -> files.letters("good", "Leads")
                        .purpose("nolist", "list: No Such List", "createList: false", "topics: [Nothing]")
                        .sync("nolist", "Projects")
                        .purpose("mistyped", "list: \"godo\"", "createList: false")
                        .sync("mistyped", "Leads")
                        .letters("odd", "Leads")
                        .sync("odd", "Leads", "mapping: {Phone: Phon}")
                        .purpose("groundless", "lawfulBasis: consent", "confirmationList: Requests")
                        .sync("groundless", "Leads", "consent: required")
                        .purpose(
                                "fieldless",
                                "lawfulBasis: consent",
                                "confirmation: {via: zoho, list: Requests, ground: {field: No_Such}}")
                        .sync("fieldless", "Leads", "consent: required")
                        .letters("never", "Leads")
                        .sync("never", "Leads", "state: inactive", "schedule: {cron: \"0 0 9 31 2 ?\"}"));
    }

    @Test
    @DisplayName("check names what Zoho lacks with suggestions, and never calls a faulty sync correct")
    void lacking() {
        bridge.zoho().list("good");
        bridge.zoho().publicList("Requests");
        CheckView check = bridge.operations().check();

        assertThat(check.problems())
                .extracting(Problem::message)
                .containsExactlyInAnyOrder(
                        "Campaigns has no mailing list \"No Such List\". Write the name of an existing list, or createList: true",
                        "Campaigns has no mailing list \"godo\". Did you mean \"good\"? If not, write createList: true",
                        "Campaigns has no topic \"Nothing\". Write the name of one",
                        "the schedule \"cron 0 0 9 31 2 ?\" never fires. Write one that does",
                        "no ground is named on which people may be asked, so everybody who would be asked is held. Add ground:"
                                + " {field: …}, {existingCustomer: …} or {accepted: …} to confirmation; see docs/consent.md,"
                                + " \"Asking for consent\"",
                        "Leads of sync fieldless has no readable field No_Such, so nobody there may be asked for consent."
                                + " Write the API name of a field of that module",
                        "Projects has no Email field. Use a module that has one",
                        "Leads has no field Phon. Write the API name of one of its fields, or, with a dot, of a field behind a lookup");
        assertThat(check.checked())
                .contains(
                        "purpose groundless: for consent records that conform to ISO/IEC TS 27560 add language, notice,"
                                + " controller, recipients, storage, retention, validity, withdrawal, jurisdiction, authority")
                .contains("sync good: module Leads and its fields", "purpose good: lists and topics")
                .noneMatch(line -> line.startsWith("sync odd") || line.contains("nolist:"));
    }

    @Test
    @DisplayName("check says of write-backs, campaigns and revalidate that this version carries none of them out")
    void notCarriedOut() {
        try (Bridge fresh = Bridge.open(10, files -> {
            files.purpose(
                            "asked",
                            "lawfulBasis: consent",
                            "confirmation: {via: zoho, list: Requests, ground: {field: Newsletter}}",
                            "revalidate: {silentFor: 18m, measuredBy: clicks, then: keep}")
                    .letters("good", "Leads");
            files.add("writebacks", "back", "connection: main", "bounce: {hard: City}");
            files.add(
                    "campaigns",
                    "spring",
                    "purpose: good",
                    "subject: Spring",
                    "from: {name: Example, address: news@example.com}",
                    "content: {clone: 3z1}",
                    "recipients: {sync: good, existingMembers: include}");
        })) {
            assertThat(fresh.operations().check().checked())
                    .contains(
                            "1 write-back: read, and not carried out by this version",
                            "purpose asked: revalidate is read, and asks nobody again in this version")
                    .contains("1 campaign: read, and not carried out by this version");
        }
    }

    @Test
    @DisplayName("a module that cannot be read because a scope is missing is not reported as misspelt")
    void scopeIsNoTypo() {
        // Of its own, because one that has read the fields of a module knows them for an hour.
        try (Bridge fresh = Bridge.open(10, files -> files.letters("good", "Leads"))) {
            fresh.zoho().scopes("ZohoCRM.modules.ALL ZohoCRM.coql.READ ZohoCampaigns.contact.ALL", false, false);
            assertThat(fresh.operations().check().problems())
                    .extracting(Problem::message)
                    .filteredOn(message -> message.contains("lacks a scope"))
                    .isNotEmpty()
                    .noneMatch(message -> message.contains("Write the API name of a CRM module"));
        }
    }

    @Test
    @DisplayName("check reports once that Zoho does not answer, and does not call it again for every sync")
    void silent() {
        bridge.zoho().fault(Map.of("method", "/crm/v8", "kind", "drop", "times", 0));

        CheckView check;
        try (ErrorLog log = ErrorLog.listenToWarnings()) {
            check = bridge.operations().check();
            assertThat(log.errors())
                    .filteredOn(line -> !line.startsWith("com.networknt"))
                    .as("a line for each try that follows, in words of the product")
                    .hasSize(2)
                    .allSatisfy(line -> assertThat(line)
                            .contains("Retries main: no reply from Zoho")
                            .endsWith("; retrying"));
        }

        assertThat(check.problems())
                .filteredOn(problem -> problem.kind() == Problem.Kind.OUT_OF_REACH)
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("no reply from Zoho", "Try again later"));
    }
}
