package io.consentbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.api.OperationFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The commands beneath {@code sync}. */
class SyncCommandsTest extends CommandLineFixture {

    @Test
    @DisplayName("sync list shows each sync on a line, with its schedule in full")
    void syncList() {
        Result result = run("sync", "list");

        assertThat(result.status()).isZero();
        assertThat(result.out()).isEqualTo("""
                        SYNC               STATE     NEXT RUN             LAST RUN
                            RESULT     WAITING  SCHEDULE
                        customers          inactive  -                    2026-03-02 08:00 UTC
                            completed   12,500  every week on Monday at 09:00
                        hospitality-leads  active    when a runtime runs  2026-03-02 08:00 UTC
                            completed   12,500  every week on Monday at 09:00

                        customers: inactive because the credential of main changed
                        """);
    }

    @Test
    @DisplayName("sync show prints the file's content, field by field")
    void syncShow() {
        assertThat(run("sync", "show", "customers").out())
                .contains("sync             customers\n")
                .contains("purpose          product-news, lawful basis consent\n")
                .contains("mapping          Company Name ← Company\n")
                .contains("next run         when a runtime runs\n")
                .contains("scheduled runs   2026-03-09 08:00 UTC\n                 2026-03-16 08:00 UTC\n")
                .contains("create fields")
                .contains("other addresses")
                .contains("pending          12,500 deliveries\n");
    }

    @Test
    @DisplayName("B120: sync show says what waits for a full run and how to start one, as text and as JSON")
    void waitsForFullRun() {
        assertThat(run("sync", "show", "customers").out())
                .contains("""
                        waits for        a full run (sync run customers --full): people who were synced before and whose records have
                                         not changed since lack Company Name, updateEmptyValues
                        """)
                .contains("empty values     erased in Campaigns too\n");
        assertThat(run("sync", "show", "hospitality-leads").out()).doesNotContain("waits for");
        assertThat(run("sync", "show", "customers", "--json").out())
                .containsPattern("\"waitsForFullRun\" ?: ?\\[ ?\"Company Name\", ?\"updateEmptyValues\" ?\\]");
    }

    @Test
    @DisplayName("sync preview shows each person with decision, reason, old and new values, and the totals")
    void syncPreview() {
        Result result = run("sync", "preview", "customers", "--full");

        assertThat(result.status()).isZero();
        assertThat(result.out())
                .startsWith("""
                update  jane@example.com  deliver: The purpose rests on contract.
                    Company Name: Old Ltd → New Ltd
                    Industry: Retail → (empty)
                    Phone: 1 (stays as it is)
                leaves Customers  bob@example.com  suppress: The person opted out.

                SYNC       TOTAL  NEW  RE-ADDED  DUPLICATE  UPDATED  LEFT  DELETED  IGNORED
                customers      4    0         0          3        1     1        0        1
                """)
                .contains("2 records without changes; --all lists them.", "The mailing list \"Customers\" would");
        assertThat(runtime.operations.asked)
                .startsWith("preview customers full")
                .endsWith("end p-customers");
    }

    @Test
    @DisplayName(
            "sync preview --json is one document with the view and the people, and --all asks for the unchanged too")
    void syncPreviewAsJson() throws Exception {
        Result result = run("sync", "preview", "customers", "--all", "--json");

        var document = new com.fasterxml.jackson.databind.ObjectMapper().readTree(result.out());
        assertThat(document.path("state").asText()).isEqualTo("ready");
        assertThat(document.path("totals").path("duplicate").asInt()).isEqualTo(3);
        assertThat(document.path("people")).hasSize(2);
        assertThat(document.path("people")
                        .path(0)
                        .path("fields")
                        .path(1)
                        .path("was")
                        .asText())
                .isEqualTo("Old Ltd");
        assertThat(runtime.operations.asked).contains("people of p-customers after r:1 unchanged too");
    }

    @Test
    @DisplayName("B55: sync run without a runtime carries the run out and shows its counters")
    void syncRun() {
        Result result = run("sync", "run", "hospitality-leads", "--full");

        assertThat(runtime.operations.asked).contains("run hospitality-leads full");
        assertThat(result.err()).contains("no runtime is running");
        assertThat(result.out())
                .contains("run         r-hospitality-leads\n")
                .contains("took        1 min 15 s\n")
                .contains("""
                        SYNC               STATE      TOTAL  NEW  RE-ADDED  DUPLICATE  UPDATED  LEFT
                            DELETED  DEAD  IGNORED
                        hospitality-leads  completed    100   60         2         20        5     4
                                  1     2       15
                        """)
                .contains("hospitality-leads  opted-out       12\n")
                .contains("hospitality-leads         1    3         68\n");
        assertThat(result.status()).as("there are dead letters").isEqualTo(1);
        assertThat(runtime.closed).isEqualTo(1);
    }

    @Test
    @DisplayName("sync run --wait --json prints the run document and nothing else")
    void syncRunJson() throws Exception {
        Result result = run("sync", "run", "hospitality-leads", "--wait", "--json");

        assertThat(result.json().get("run").asText()).isEqualTo("r-hospitality-leads");
        assertThat(result.json().get("new").asInt()).isEqualTo(60);
        assertThat(result.json().get("ignored").size()).isEqualTo(12);
        assertThat(result.json().at("/calls/campaigns").asInt()).isEqualTo(68);
    }

    @Test
    @DisplayName("a run that failed because Zoho could not be reached says so and exits with 3")
    void failedRun() {
        runtime.operations.runState = "failed";

        Result result = run("sync", "run", "customers", "--wait");

        assertThat(result.status()).isEqualTo(3);
        assertThat(result.out()).contains("customers: failed: Zoho CRM answered 500 five times");
    }

    @Test
    @DisplayName("sync run --allow-removals releases the held removals, and does not accept --full")
    void allowRemovals() {
        run("sync", "run", "customers", "--allow-removals", "612", "--wait");

        assertThat(runtime.operations.asked)
                .contains("allow 612 to leave customers")
                .doesNotContain("run customers");
        assertThat(run("sync", "run", "customers", "--allow-removals", "612", "--full")
                        .status())
                .isEqualTo(2);
        assertThat(run("sync", "run", "customers", "--allow-removals", "many").status())
                .isEqualTo(2);
    }

    @Test
    @DisplayName("a run with held removals names the remedy and exits with 1 (B47)")
    void brakedRun() {
        runtime.operations.runState = "braked";

        Result result = run("sync", "run", "customers", "--wait");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).contains("customers: braked: ").contains("--allow-removals 612");
    }

    @Test
    @DisplayName("an unknown sync exits with 2 and names the most similar sync")
    void unknownSync() throws Exception {
        Result result = run("sync", "show", "hospitalty-leads");
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .isEqualTo("consentbridge: there is no sync hospitalty-leads. Did you mean hospitality-leads?\n");

        Result json = run("--json", "sync", "show", "hospitalty-leads");
        assertThat(json.status()).isEqualTo(2);
        assertThat(json.json().at("/suggestions/0").asText()).isEqualTo("hospitality-leads");
    }

    @Test
    @DisplayName("B63: a refusal is shown with its own text and exits with 2")
    void refused() {
        runtime.operations.failure = new OperationFailure.Refused("10 of 10 syncs are active; deactivate one first");

        Result result = run("sync", "activate", "customers");

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).isEqualTo("consentbridge: 10 of 10 syncs are active; deactivate one first\n");
    }

    @Test
    @DisplayName("B64: sync create, edit and delete submit a file, show the sync, and say what was withdrawn")
    void lifeOfASync() throws Exception {
        Path file = folder.resolve("mine.yaml");
        Files.writeString(file, "name: fresh");

        assertThat(run("sync", "create", "fresh", "--from", file.toString()).out())
                .contains("fresh", "active");
        assertThat(run("sync", "edit", "customers", "--from", file.toString(), "--json")
                        .json()
                        .get("name")
                        .asText())
                .isEqualTo("customers");
        assertThat(run("sync", "delete", "customers", "--yes").out())
                .isEqualTo("customers: deleted; 3 subscriptions withdrawn, 1 unsubscription pending; its history"
                        + " stays\n");
        assertThat(run("sync", "delete", "customers", "--yes", "--json")
                        .json()
                        .get("withdrawn")
                        .asInt())
                .isEqualTo(3);
        assertThat(runtime.operations.asked)
                .contains(
                        "create fresh from " + file + ": name: fresh", "edit customers from " + file + ": name: fresh");
    }

    @Test
    @DisplayName("B64: sync delete asks before it deletes; without a terminal it requires --yes")
    void deleteAsks() {
        Result unasked = run("sync", "delete", "customers");
        assertThat(unasked.status()).isEqualTo(2);
        assertThat(unasked.err())
                .contains(
                        "withdraws its pending subscriptions. The members of its list stay on it",
                        "Confirm with --yes");
        assertThat(runtime.opened)
                .as("nothing was opened, and no database made")
                .isEmpty();

        typed = "no";
        assertThat(run("sync", "delete", "customers").err())
                .contains(
                        "withdraws its pending subscriptions (12,500 deliveries)",
                        "Type yes:",
                        "customers: not deleted");
        assertThat(openWhenAsked)
                .as("sessions that are open while a person thinks")
                .isZero();
        assertThat(runtime.operations.asked).doesNotContain("delete customers");
        typed = "yes";
        assertThat(run("sync", "delete", "customers").out()).startsWith("customers: deleted; ");
    }

    @Test
    @DisplayName("B63: sync activate --all activates every inactive sync; it accepts a name or --all, not both")
    void activateAll() {
        assertThat(run("sync", "activate", "--all").out()).isEqualTo("Active now: customers\n");
        runtime.operations.notToActivate = "hospitality-leads";
        Result some = run("sync", "activate", "--all");
        assertThat(some.out()).isEqualTo("""
                        Active now: customers
                        hospitality-leads: 10 of 10 syncs are active; deactivate one first
                        """);
        assertThat(some.status()).isEqualTo(2);
        assertThat(run("sync", "activate").status()).isEqualTo(2);
        assertThat(run("sync", "activate", "customers", "--all").status()).isEqualTo(2);
    }

    @Test
    @DisplayName("B64: sync create needs a readable file, and names the one that it cannot read")
    void noFile() {
        Result missing = run(
                "sync", "create", "fresh", "--from", folder.resolve("none.yaml").toString());
        assertThat(missing.status()).isEqualTo(2);
        assertThat(missing.err()).contains("none.yaml: the file cannot be read");
        assertThat(run("sync", "create", "fresh").status()).isEqualTo(2);
        assertThat(runtime.operations.asked).isEmpty();
    }
}
