package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.api.CheckView;
import io.consentbridge.api.Problem;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What {@code check} says of the CRM fields that receive the proof of a consent. */
class ProofCheckIT extends BridgeFixture {

    @BeforeAll
    static void open() {
        bridge = Bridge.open(10, files -> {
            purpose(files, "sound", "{Renewed_At: time, Member_Since: date, Level: statement-version}");
            purpose(
                    files,
                    "faulty",
                    "{No_Such_Field: time, Years: statement-version, Honorary: statement, Handicap: date}");
            purpose(files, "long", "{First_Name: statement}");
        });
    }

    private static void purpose(TestConfig files, String name, String proof) {
        files.purpose(
                        name,
                        "lawfulBasis: consent",
                        "statement: " + "Yes, write to me. ".repeat(5),
                        "confirmation: {from: {name: Example, address: news@example.com}, subject: Please confirm,"
                                + " ground: {accepted: {by: Jane Doe, on: \"2026-11-01\", because: they asked}}, proof: "
                                + proof + "}")
                .sync(name, "Memberships", "consent: required");
    }

    private static List<String> problems(String purpose) {
        return bridge.operations().check().problems().stream()
                .filter(problem -> String.valueOf(problem.file()).contains("purposes/" + purpose + ".yaml"))
                .map(Problem::message)
                .filter(message -> message.contains("Memberships"))
                .toList();
    }

    @Test
    @DisplayName(
            "check names each field of a proof that the module lacks, that is read-only, or that does not take the value")
    void faulty() {
        assertThat(problems("faulty"))
                .anySatisfy(message -> assertThat(message)
                        .contains("Memberships, the module of the sync faulty", "has no field No_Such_Field"))
                .anySatisfy(message -> assertThat(message).contains("field Years, which is read-only"))
                .anySatisfy(
                        message -> assertThat(message).contains("Honorary is of the type boolean, which takes no text"))
                .anySatisfy(
                        message -> assertThat(message).contains("Handicap is of the type double, which takes no time"))
                .hasSize(4);
        assertThat(problems("sound")).isEmpty();
    }

    @Test
    @DisplayName("check says where a wording is longer than the field that receives it")
    void cut() {
        assertThat(bridge.operations().check().checked())
                .anyMatch(line -> line.contains("purpose long: First_Name of Memberships takes 40 characters"));
        assertThat(problems("long")).isEmpty();
    }

    @Test
    @DisplayName("check names the missing scope for updates of records where a purpose writes a proof")
    void scope() {
        bridge.zoho()
                .scopes(
                        "ZohoCRM.modules.READ ZohoCRM.settings.ALL ZohoCRM.coql.READ ZohoCRM.org.READ ZohoCampaigns.contact.ALL",
                        true,
                        false);
        bridge.runtime().database().change(handle -> {
            handle.execute("delete from access_token");
            handle.execute("delete from granted_scope");
        });
        bridge.reopen();
        try {
            CheckView check = bridge.operations().check();
            assertThat(check.problems())
                    .anySatisfy(problem -> assertThat(problem.message())
                            .contains("lacks the scope ZohoCRM.modules.custom.UPDATE", "(proof in the CRM record)"));
        } finally {
            bridge.zoho().scopes(null, true, false);
        }
    }
}
