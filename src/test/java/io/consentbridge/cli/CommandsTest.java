package io.consentbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.api.CheckView;
import io.consentbridge.api.OperationFailure;
import io.consentbridge.api.Problem;
import io.consentbridge.api.ReloadView;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest extends CommandLineFixture {

    @Test
    @DisplayName("sync list shows each sync on a line that fits 100 columns")
    void syncList() {
        Result result = run("sync", "list");

        assertThat(result.status()).isZero();
        assertThat(result.out()).isEqualTo("""
                        SYNC               STATE     SCHEDULE         NEXT RUN          LAST RUN          RESULT     WAITING
                        customers          inactive  every week on …  -                 2026-03-02 08:00  completed   12,500
                        hospitality-leads  active    every week on …  2026-03-09 08:00  2026-03-02 08:00  completed   12,500
                        """);
        assertThat(result.out().lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
    }

    @Test
    @DisplayName("sync show tells what the file says, field by field")
    void syncShow() {
        assertThat(run("sync", "show", "customers").out())
                .contains("sync             customers\n")
                .contains("purpose          product-news, lawful basis consent\n")
                .contains("mapping          Company Name ← Company\n")
                .contains("next run         2026-03-09 08:00\n")
                .contains("waiting          12,500 to deliver\n");
    }

    @Test
    @DisplayName("B120: sync show says what waits for a full run and how to start one, as text and as JSON")
    void waitsForFullRun() {
        assertThat(run("sync", "show", "customers").out())
                .contains("""
                        waits for        a full run (sync run customers --full): whoever was synced before and has not
                                         changed since lacks Company Name, updateEmptyValues
                        """)
                .contains("empty values     erased in Campaigns too\n");
        assertThat(run("sync", "show", "hospitality-leads").out()).doesNotContain("waits for");
        assertThat(run("sync", "show", "customers", "--json").out())
                .containsPattern("\"waitsForFullRun\" ?: ?\\[ ?\"Company Name\", ?\"updateEmptyValues\" ?\\]");
    }

    @Test
    @DisplayName("sync preview tells each person with decision, reason, old and new of what changes, and the totals")
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

                SYNC       TOTAL  NEW  RE-ADDED  DUPLICATE  UPDATED  DELETED  IGNORED
                customers      4    0         0          3        1        0        1
                """)
                .contains(
                        "Of 2 records nothing would change; --all tells which.",
                        "The mailing list \"Customers\" would");
        assertThat(runtime.operations.asked)
                .startsWith("preview customers full")
                .endsWith("end p-customers");
    }

    @Test
    @DisplayName("explain tells the whole chain for one person, and of a stranger that nobody was met")
    void explain() {
        assertThat(run("explain", "bob@example.com").out())
                .startsWith("bob@example.com\n\nMust not be mailed\n")
                .contains("opted-out  2026-03-02 07:00  every list of main  crm:Leads:2")
                .contains("Customers  yes     2026-03-02 07:00  -")
                .contains("Last Name  Builder")
                .contains("customers  2       robert@example.com  bob@example.com")
                .contains("r-1  2       suppress  ignored: opted-out  The person opted out.")
                .contains("Waiting deliveries", "Dead letters", "What was decided");
        assertThat(run("explain", "nobody@example.com").out())
                .isEqualTo("nobody@example.com\nNobody of this address was ever met.\n");
        assertThat(run("explain", "bob@example.com", "--json").out())
                .contains("\"person\":\"bob@example.com\"", "\"origin\":\"crm:Leads:2\"");
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
        assertThat(result.err()).contains("no runtime is up");
        assertThat(result.out())
                .contains("run         r-hospitality-leads\n")
                .contains("took        1 min 15 s\n")
                .contains("""
                        SYNC               STATE      TOTAL  NEW  RE-ADDED  DUPLICATE  UPDATED  DELETED  DEAD  IGNORED
                        hospitality-leads  completed    100   60         2         20        5        1     2       15
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
    @DisplayName("sync run --allow-removals lets go whom the brake holds, and takes no --full")
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
    @DisplayName("a run that the brake holds says the way out and exits with 1 (B47)")
    void brakedRun() {
        runtime.operations.runState = "braked";

        Result result = run("sync", "run", "customers", "--wait");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).contains("customers: braked: ").contains("--allow-removals 612");
    }

    @Test
    @DisplayName("an unknown sync exits with 2 and names the one that was meant")
    void unknownSync() throws Exception {
        Result result = run("sync", "show", "hospitalty-leads");
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .isEqualTo("consentbridge: there is no sync hospitalty-leads; did you mean hospitality-leads?\n");

        Result json = run("--json", "sync", "show", "hospitalty-leads");
        assertThat(json.status()).isEqualTo(2);
        assertThat(json.json().at("/suggestions/0").asText()).isEqualTo("hospitality-leads");
    }

    @Test
    @DisplayName("B63: a refusal is told in its own words and exits with 2")
    void refused() {
        runtime.operations.failure = new OperationFailure.Refused("10 of 10 syncs are active; deactivate one first");

        Result result = run("sync", "activate", "customers");

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).isEqualTo("consentbridge: 10 of 10 syncs are active; deactivate one first\n");
    }

    @Test
    @DisplayName("B64: sync create, edit and delete hand a file over, show the sync, and say what was taken back")
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
        assertThat(run("sync", "delete", "customers").out())
                .isEqualTo("customers: deleted; 3 subscriptions taken back, 1 unsubscription still to come; its history"
                        + " stays\n");
        assertThat(run("sync", "delete", "customers", "--json")
                        .json()
                        .get("withdrawn")
                        .asInt())
                .isEqualTo(3);
        assertThat(runtime.operations.asked)
                .contains(
                        "create fresh from " + file + ": name: fresh", "edit customers from " + file + ": name: fresh");
    }

    @Test
    @DisplayName("B64: sync create needs a file that can be read, and says which could not be")
    void noFile() {
        Result missing = run(
                "sync", "create", "fresh", "--from", folder.resolve("none.yaml").toString());
        assertThat(missing.status()).isEqualTo(2);
        assertThat(missing.err()).contains("none.yaml: the file cannot be read");
        assertThat(run("sync", "create", "fresh").status()).isEqualTo(2);
        assertThat(runtime.operations.asked).isEmpty();
    }

    @Test
    @DisplayName("B69, B81: history --run --reason lists the people behind a number, with a cursor")
    void people() throws Exception {
        assertThat(run("history", "--run", "r-1", "--reason", "invalid-pattern", "--limit", "1")
                        .out())
                .isEqualTo("""
                RECORD  E-MAIL    OUTCOME  REASON           WHY
                1       jane@aol  ignored  invalid-pattern  It is malformed.

                More follow: the same with --after 1
                """);
        Result json = run("history", "--run", "r-1", "--outcome", "updated", "--after", "1", "--json");
        assertThat(json.json().get("records").size()).isEqualTo(2);
        assertThat(json.json().has("next")).isFalse();
        assertThat(runtime.operations.asked)
                .contains("records r-1 null invalid-pattern null 1", "records r-1 updated null 1 20");
        assertThat(run("history", "--reason", "bounced").status()).isEqualTo(2);
    }

    @Test
    @DisplayName("B69: history --csv writes every page into a new file that only its owner may read, and no formula")
    void csv() throws Exception {
        runtime.operations.recordsPerPage = 1;
        Path file = folder.resolve("people.csv");

        Result result = run("history", "--run", "r-1", "--csv", file.toString());

        assertThat(result.out()).isEqualTo("3 records in " + file + "\n");
        assertThat(Files.readString(file)).isEqualTo("""
                run,sync,record,email,outcome,reason,updated,decision,detail
                r-1,customers,1,jane@aol,ignored,invalid-pattern,false,ignore,It is malformed.
                r-1,customers,2,'=cmd|' /C calc'!A0,ignored,invalid-pattern,false,ignore,
                r-1,customers,3,ann@example.com,duplicate,,true,deliver,"a, ""b""\"
                """.replace("\n", "\r\n"));
        assertThat(java.nio.file.attribute.PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        Result again = run("history", "--run", "r-1", "--csv", file.toString());
        assertThat(again.status()).isEqualTo(2);
        assertThat(again.err()).contains("is there already");
        assertThat(run(
                                "history",
                                "--run",
                                "r-1",
                                "--csv",
                                folder.resolve("none/x.csv").toString())
                        .status())
                .isEqualTo(2);
    }

    @Test
    @DisplayName("B69: what looks like a formula gets an apostrophe, and nothing else does")
    void formulas() {
        for (String formula : new String[] {"=1", "+1", "-1", "@a", "\tx", "\rx", "\nx"}) {
            assertThat(RecordsCsv.text(formula)).isEqualTo("'" + formula);
        }
        assertThat(RecordsCsv.text("a=1")).isEqualTo("a=1");
        assertThat(RecordsCsv.text("")).isEmpty();
        assertThat(RecordsCsv.text(null)).isNull();
    }

    @Test
    @DisplayName("B69: history pages through the runs with a cursor")
    void runsPaged() throws Exception {
        assertThat(run("history", "--limit", "2", "--json").json().get("next").asText())
                .isEqualTo("r-1");
        run("history", "--after", "r-1");
        assertThat(runtime.operations.asked).contains("history null 20 after r-1");
    }

    @Test
    @DisplayName("B57: a refused run ends with 2 once people have left, where no runtime is up to see to it")
    void refusedButLeavers() {
        runtime.operations.refusedRun = new OperationFailure.Refused("10 of 10 runs are used", "r-leavers");

        Result result = run("sync", "run", "customers", "--json");

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.out()).contains("10 of 10 runs are used");
        assertThat(runtime.operations.asked).contains("progress? r-leavers", "run? r-leavers");
    }

    @Test
    @DisplayName("a database that does not answer exits with 3")
    void outOfReach() {
        runtime.refusal = new OperationFailure.OutOfReach("the database does not answer", null);

        assertThat(run("quota").status()).isEqualTo(3);
    }

    @Test
    @DisplayName("what nobody foresaw exits with 1 and shows its kind")
    void unforeseen() {
        runtime.refusal = new IllegalStateException("odd");

        Result result = run("quota");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).contains("consentbridge: IllegalStateException: odd");
    }

    @Test
    @DisplayName("B69: history shows the newest run first, of one sync or of all")
    void history() {
        assertThat(run("history", "--limit", "2").out()).isEqualTo("""
                        STARTED           SYNC       STATE      RUN  TOTAL  NEW  DUPLICATE  DELETED  DEAD  IGNORED
                        2026-03-02 08:00  customers  failed     r-2    100   62         20        1     2       15
                        2026-03-02 08:00  customers  completed  r-1    100   62         20        1     2       15
                        """);
        run("history", "customers");
        run("history", "--run", "r-1");
        assertThat(runtime.operations.asked).containsExactly("history null 2", "history customers 20", "run? r-1");
        assertThat(run("history", "--limit", "0").status()).isEqualTo(2);
    }

    @Test
    @DisplayName("dead letters are listed, shown, replayed and discarded by number")
    void deadLetters() {
        assertThat(run("dead-letters", "list").out())
                .contains("ann@example.com")
                .contains("Campaigns does not");
        assertThat(run("dead-letters", "show", "7").out()).contains("Contact Email: ann@example.com");
        assertThat(run("dead-letters", "replay", "7").out()).isEqualTo("1 dead letter back among the deliveries\n");
        assertThat(run("dead-letters", "discard", "7").out()).isEqualTo("1 dead letter given up\n");
        assertThat(run("dead-letters", "replay", "7", "8").status()).isEqualTo(2);
        assertThat(run("dead-letters", "replay").status()).isEqualTo(2);
        assertThat(run("dead-letters", "replay", "seven").status()).isEqualTo(2);
    }

    @Test
    @DisplayName(
            "B56-B58, B62: quota shows the windows, the lock, what waits, the limits on runs and when each sync runs next")
    void quota() {
        assertThat(run("quota").out()).isEqualTo("""
                        connection main

                        METHOD              WINDOW    USED   LIMIT  LOCKED UNTIL
                        json/listsubscribe  hour    12,499  12,500  2026-03-02 08:30
                        json/listsubscribe  day     20,000  75,000  2026-03-02 08:30

                        WAITING    DELIVERIES  HELD BACK  THROUGH AT
                        subscribe       4,000          0  2026-03-02 10:00

                        RULE                SYNC               USED  LIMIT
                        active-syncs        -                     6     10
                        full-syncs-per-day  hospitality-leads     1      5

                        NEXT RUN OF        STATE     AT                BECAUSE
                        customers          inactive  -                 -
                        hospitality-leads  active    2026-03-03 08:00  10 of 10 runs are used
                        """);
    }

    @Test
    @DisplayName("check shows every problem with file and line and exits with 2")
    void check() throws Exception {
        runtime.operations.check = new CheckView(
                List.of("3 purposes"),
                List.of(
                        Problem.in("config/syncs/a.yaml", 4, "no purpose is called news; there is product-news"),
                        Problem.outOfReach("Zoho CRM of main does not answer")));

        Result result = run("check");
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.out()).isEqualTo("""
                        ok  3 purposes
                        config/syncs/a.yaml:4: no purpose is called news; there is product-news
                        Zoho CRM of main does not answer
                        2 problems.
                        """);
        assertThat(run("check", "--json").json().at("/problems/0/line").asInt()).isEqualTo(4);
    }

    @Test
    @DisplayName(
            "check exits with 3 when only Zoho is out of reach, with 2 when nothing opens, with 0 when all is well")
    void checkStatus() {
        assertThat(run("check").status()).isZero();
        runtime.operations.check = new CheckView(List.of(), List.of(Problem.outOfReach("Zoho CRM does not answer")));
        assertThat(run("check").status()).isEqualTo(3);
        runtime.refusal = new OperationFailure.Misconfigured(List.of(Problem.in("a.yaml", null, "broken")));
        Result result = run("check");
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.out()).startsWith("a.yaml: broken\n");
    }

    @Test
    @DisplayName("reload without a runtime says so and takes nothing over")
    void reload() {
        runtime.operations.reload = new ReloadView(true, List.of(), List.of());

        Result result = run("reload");

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).contains("no runtime is up").contains("consentbridge start");
        assertThat(runtime.operations.asked).isEmpty();
    }

    @Test
    @DisplayName("start opens a full runtime and closes it on Ctrl-C")
    void start() {
        Result result = run("start");

        assertThat(result.out()).isEqualTo("ConsentBridge runs, its API at http://127.0.0.1:8080; Ctrl-C ends it.\n");
        assertThat(runtime.opened)
                .singleElement()
                .satisfies(opened -> assertThat(opened.triggers()).isTrue());
        assertThat(runtime.closed).isPositive();
    }

    @Test
    @DisplayName("sandbox shows where it listens and the settings that lead there")
    void sandbox() throws Exception {
        Result result = run("sandbox", "--port", "9999", "--people", "50", "--seed", "3", "--no-quotas");

        assertThat(sandbox.started).containsExactly("9999 50 3 false");
        assertThat(result.out())
                .contains("export ZOHO_MAIN_CRM_URL=http://127.0.0.1:9999\n")
                .contains("export ZOHO_SECOND_REFRESH_TOKEN=refresh\n");
        assertThat(sandbox.closed).isPositive();
        assertThat(run("sandbox", "--json").json().get("url").asText()).isEqualTo("http://127.0.0.1:9999");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sync list",
                "sync show customers",
                "sync run customers",
                "sync activate customers",
                "sync deactivate customers",
                "history",
                "history --run r-1",
                "dead-letters list",
                "dead-letters show 7",
                "dead-letters replay 7",
                "dead-letters discard 7",
                "quota",
                "check",
                "reload",
                "start",
                "demo",
                "sandbox",
                "sync show nobody",
                "history --run 1",
                "no-such-command",
                "sync",
                "sync list --no-such-option"
            })
    @DisplayName("--json before or after any command prints one document, failures included")
    void onlyJson(String command) throws Exception {
        assertThat(run(("--json " + command).split(" ")).json().isObject()).isTrue();
        assertThat(run((command + " --json").split(" ")).json().isObject()).isTrue();
    }

    @Test
    @DisplayName("--config and --routes count before and after the command, and the last one wins")
    void folders() {
        run("--routes", "r1", "sync", "list");
        run("sync", "list", "--routes", "r2");
        run("sync", "list", "--config", "other");
        run("sync", "--routes", "r3", "list");

        assertThat(runtime.opened)
                .extracting(FakeRuntime.Opened::routes)
                .containsExactly(Path.of("r1"), Path.of("r2"), Path.of("routes"), Path.of("r3"));
        assertThat(runtime.opened.get(1).config()).isEqualTo(folder.resolve("config"));
        assertThat(runtime.opened.get(2).config()).isEqualTo(Path.of("other"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"9", "1000001", "many"})
    @DisplayName("a number of sample people that the sandbox was not made for is a usage error")
    void samplePeople(String people) {
        for (String command : List.of("demo", "sandbox")) {
            Result result = run(command, "--people", people);
            assertThat(result.status()).isEqualTo(2);
            assertThat(result.err()).contains("--people", "'" + people + "' is no number from 10 to 1000000");
        }
    }

    @Test
    @DisplayName("no command, an unknown one and an unknown option are usage errors; help and version are not")
    void usage() {
        assertThat(run().status()).isEqualTo(2);
        assertThat(run("snyc").status()).isEqualTo(2);
        assertThat(run("snyc").err()).isEqualTo("consentbridge: there is no command snyc; did you mean sync?\n");
        assertThat(run("sync", "run", "customers", "--wiat").err())
                .isEqualTo("consentbridge: there is no option --wiat; did you mean --wait?\n");
        assertThat(run("sync", "list", "--al").status()).isEqualTo(2);
        assertThat(run("sync").err())
                .isEqualTo("consentbridge: Missing required subcommand; see consentbridge sync --help\n");
        Result help = run("--help");
        assertThat(help.status()).isZero();
        assertThat(help.out()).contains("dead-letters").contains("Exit status");
        assertThat(run("sync", "run", "--help").out()).contains("--wait");
        Result version = run("--version");
        assertThat(version.status()).isZero();
        assertThat(version.out()).startsWith("ConsentBridge ");
    }
}
