package io.consentbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.api.CheckView;
import io.consentbridge.api.OperationFailure;
import io.consentbridge.api.Problem;
import io.consentbridge.api.ReloadView;
import io.consentbridge.api.StatusView;
import io.consentbridge.runtime.Extent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every other command, and what all have in common. */
class CommandsTest extends CommandLineFixture {

    @Test
    @DisplayName("explain shows the whole history of one person, and says that a stranger is unknown")
    void explain() {
        assertThat(run("explain", "bob@example.com").out())
                .startsWith("bob@example.com\n\nMust not be mailed\n")
                .contains("opted-out  2026-03-02 07:00 UTC  every list of main  record 2 of Leads in the")
                .contains("Customers  yes     2026-03-02 07:00 UTC  -")
                .contains("Last Name  Builder")
                .contains("customers  2       robert@example.com  bob@example.com")
                .contains("r-1  2       suppress  ignored: opted-out  The person opted out.")
                .contains("Pending deliveries", "Dead letters", "Decisions")
                .contains("Workflows after a confirmation", "the person refused since");
        assertThat(run("explain", "nobody@example.com").status()).isOne();
        assertThat(run("explain", "nobody@example.com").out())
                .isEqualTo("nobody@example.com\nNo record of this address.\n");
        assertThat(run("explain", "bob@example.com", "--json").out())
                .contains("\"person\":\"bob@example.com\"", "\"origin\":\"crm:Leads:2\"")
                .contains("\"starts\":[{\"connection\":\"main\",\"workflow\":\"W7\",\"purpose\":\"customers\"")
                .contains("\"state\":\"gone\"", "\"remark\":\"the person refused since\"");
    }

    @Test
    @DisplayName("consent table shows the rows that the code evaluates, and the version of the table")
    void consentTable() {
        assertThat(run("consent", "table").out())
                .contains("Version " + io.consentbridge.consent.ConsentPolicy.version())
                .contains("opted-out", "expressed-by-email", "no-rule");
        assertThat(run("consent", "table", "--json").out())
                .contains("\"rule\":\"not-consent\"", "\"decision\":\"deliver\"", "\"version\":");
    }

    @Test
    @DisplayName(
            "consent pending shows how many requests are in each state, and the age, state and ground of the open ones")
    void pending() {
        assertThat(run("consent", "pending").out())
                .contains("main        news     given         3")
                .contains("\n\nGround: the CRM field Newsletter_Requested is true\nAGE  STATE")
                .contains("1d  sent   news     mail  Leads 2");
        assertThat(run("consent", "pending", "--purpose", "news", "--json").out())
                .contains("\"ageSeconds\":90000")
                .contains("\"ground\":\"the CRM field Newsletter_Requested is true\"");
    }

    @Test
    @DisplayName("person suppress says where the person is suppressed and what they leave; person release what remains")
    void person() {
        assertThat(run("person", "suppress", "bob@example.com", "--because", "a letter")
                        .out())
                .isEqualTo("Suppressed on every list of main\nLeaves Customers (unsubscribe)\n");
        assertThat(run("person", "suppress", "bob@example.com", "--because", "a letter")
                        .err())
                .contains("the next start or sync run sends the removals");
        assertThat(run("person", "suppress", "bob@example.com").status()).isEqualTo(2);
        assertThat(run("person", "release", "bob@example.com", "--because", "another letter")
                        .out())
                .startsWith("Released on Customers\n\nThe person still must not be mailed\n")
                .contains("record 2 of Leads in the");
        assertThat(run("person", "release", "nobody@example.com", "--purpose", "news", "--because", "x")
                        .status())
                .isOne();
        assertThat(run("person", "suppress", "bob@example.com", "--because", "x", "--json")
                        .out())
                .contains("\"suppressed\":[{\"connection\":\"main\",\"list\":null}]");
    }

    @Test
    @DisplayName("ledger status and verify end with 0 if the ledger fits, and with 1 and the reason if it does not")
    void ledger() throws IOException {
        assertThat(run("ledger", "status").out())
                .startsWith("Ledger consentbridge-1\nentries     12,345, and 3 events without a number yet\n")
                .contains("checkpoint  over 12,340 entries, 2026-03-02 07:00 UTC\n")
                .contains("outside     file: up to 12,340 entries, 2026-03-02 07:00 UTC\n")
                .contains(
                        "outside     mail: nothing yet; takes none since 2026-03-02 07:00 UTC: the server does not answer\n"
                                + "            Mend ledger.checkpoints.mail, or take the setting away. Until then nobody outside can prove"
                                + " what was entered since, and old checkpoints are not deleted.\n");
        assertThat(run("ledger", "verify").out())
                .isEqualTo("The ledger fits: 12,345 entries, 7 checkpoints.\n"
                        + "root  47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"
                        + "No checkpoint from outside was compared. Without one, a ledger that was rewritten as a whole fits"
                        + " as well: --against FILE.\n");
        assertThat(run("ledger", "verify", "--against", "docs/examples/ledger/checkpoints.txt")
                        .out())
                .endsWith("It agrees with 4 checkpoints from outside.\n");
        assertThat(run("ledger", "verify", "--json").json().get("sound").asBoolean())
                .isTrue();

        runtime.operations.ledgerAlarm = true;
        Result status = run("ledger", "status");
        assertThat(status.out())
                .contains("outside     nowhere. Without a copy outside of this machine")
                .contains("ALARM since 2026-03-02 07:00 UTC: Entry 17 is missing.\n");
        assertThat(status.status()).isOne();
        Result verified = run("ledger", "verify");
        assertThat(verified.out()).isEqualTo("""
                The ledger does not fit: Entry 17 is missing.
                  also: Entry 18 is missing.
                  and 1,234 more
                """);
        assertThat(verified.status()).isOne();
    }

    @Test
    @DisplayName("ledger verify refuses a file without checkpoints with status 2")
    void ledgerAgainst() {
        Result none = run("ledger", "verify", "--against", "docs/examples/ledger/Verify.java");
        assertThat(none.status()).isEqualTo(2);
        assertThat(none.err()).contains("Verify.java holds no signed checkpoints. Give a file of checkpoints");
        assertThat(run("ledger", "verify", "--against", "missing.txt").err())
                .contains("missing.txt cannot be read: there is no such file or folder");
        assertThat(runtime.operations.asked).isEmpty();
    }

    @Test
    @DisplayName("ledger export, acknowledge and rotate-key say what they did")
    void ledgerChanges() {
        String export = folder.resolve("export").toString();
        assertThat(run("ledger", "export", export).out())
                .startsWith("Exported 12,345 entries to " + export + "\nroot  47DE")
                .endsWith("Check it anywhere with a JDK: java " + export + "/Verify.java " + export + "\n");
        assertThat(run("ledger", "acknowledge").status()).isEqualTo(2);
        assertThat(run("ledger", "acknowledge", "--because", "restored on purpose")
                        .out())
                .isEqualTo("Acknowledged, and people are subscribed again. The alarm was: Entry 17" + " is missing.\n");
        assertThat(run("ledger", "rotate-key").out()).isEqualTo("The master key was replaced. Wrapped anew: 3 keys.\n");
        assertThat(run("ledger", "rotate-key", "--json").out()).contains("{\"keys\":3}");
    }

    @Test
    @DisplayName("person erase says what was removed, what else the records have, and what must be done by hand")
    void erase() {
        assertThat(run("person", "erase", "bob@example.com").status())
                .as("nobody can be asked")
                .isEqualTo(2);
        assertThat(run("person", "erase", "bob@example.com", "--yes").out())
                .startsWith(
                        "Everything that was stored here about the person is removed.\nLeft Customers (unsubscribe)\n")
                .contains(
                        "Removed:\n  records of the CRM, as they were read and decided: 1\nTheir entries in the ledger stay,",
                        "main 2",
                        "robert@example.com",
                        "Zoho CRM: delete the records.");
        assertThat(run("person", "erase", "bob@example.com", "--yes", "--json").out())
                .contains("\"state\":\"erased\"");
    }

    @Test
    @DisplayName("a database that does not answer exits with 3")
    void outOfReach() {
        runtime.refusal = new OperationFailure.OutOfReach("the database does not answer", null);

        assertThat(run("quota").status()).isEqualTo(3);
        assertThat(run("status").status()).isEqualTo(3);
    }

    @Test
    @DisplayName("an unexpected failure exits with 1 and shows its kind")
    void unforeseen() {
        runtime.refusal = new IllegalStateException("odd");

        Result result = run("quota");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).contains("consentbridge: IllegalStateException: odd");
    }

    @Test
    @DisplayName("dead letters are listed, shown, replayed and discarded by number")
    void deadLetters() {
        assertThat(run("dead-letters", "list").out())
                .contains("ann@example.com")
                .contains("Campaigns does not");
        assertThat(run("dead-letters", "show", "7").out()).contains("Contact Email: ann@example.com");
        assertThat(run("dead-letters", "list").out()).contains("STATE").contains("parked");
        Result replayed = run("dead-letters", "replay", "7");
        assertThat(replayed.out()).isEqualTo("""
                1 delivery queued again: 0 done, 1 failed again
                See what failed again with: consentbridge dead-letters list
                """);
        assertThat(replayed.status()).isEqualTo(1);
        assertThat(replayed.err()).contains("no runtime is running, so this command delivers them itself");
        assertThat(run("dead-letters", "discard", "7").out()).isEqualTo("1 dead letter discarded\n");
        assertThat(run("dead-letters", "replay", "7", "8").status()).isEqualTo(2);
        assertThat(run("dead-letters", "replay").status()).isEqualTo(2);
        assertThat(run("dead-letters", "replay", "--all", "7").status()).isEqualTo(2);
        run("dead-letters", "replay", "--all");
        assertThat(runtime.operations.asked).containsSubsequence("replay after 0", "replay after 7");
        assertThat(run("dead-letters", "replay", "seven").status()).isEqualTo(2);
    }

    @Test
    @DisplayName("dead-letters list says that more follow than it shows, and how to see them")
    void moreDeadLetters() throws Exception {
        runtime.operations.letters = 3;

        assertThat(run("dead-letters", "list", "--limit", "2").out())
                .endsWith("\nMore follow: consentbridge dead-letters list --limit 20\n");
        assertThat(run("dead-letters", "list", "--limit", "2", "--json").json().get("deadLetters"))
                .hasSize(2);
        assertThat(run("dead-letters", "list", "--limit", "3").out()).doesNotContain("More follow");
    }

    @Test
    @DisplayName(
            "B56-B58, B62: quota shows the windows, the lock, what waits, the limits on runs and when each sync runs next")
    void quota() {
        assertThat(run("quota").out()).isEqualTo("""
                        connection main

                        METHOD              WINDOW    USED   LIMIT  LOCKED UNTIL          BECAUSE
                        json/listsubscribe  hour    12,499  12,500  2026-03-02 08:30 UTC  code 1109
                        json/listsubscribe  day     20,000  75,000  2026-03-02 08:30 UTC

                        WAITING    DELIVERIES  HELD  DONE BY
                        subscribe       4,000     0  2026-03-02 10:00 UTC

                        RULE                SYNC               USED  LIMIT
                        active-syncs        -                     6     10
                        full-syncs-per-day  hospitality-leads     1      5

                        NEXT RUN OF        STATE     AT                   BECAUSE
                        customers          inactive  -                    -
                        hospitality-leads  active    when a runtime runs  10 of 10 runs are used
                        """);
    }

    @Test
    @DisplayName("status shows first what needs attention, then what waits, who is on the lists and where syncs are")
    void status() {
        Result result = run("status");

        assertThat(result.status()).isZero();
        assertThat(result.out()).isEqualTo("""
                        Runtime:   none is running here: schedules do not run and pending deliveries are
                                   not sent. Start it with: consentbridge start
                        Database:  the file /var/lib/consentbridge/consentbridge.db

                        Needs attention
                        main: the credential lacks the scope ZohoCampaigns.contact.UPDATE, which is needed for subscribing. Set a credential that has it, then run: consentbridge check
                        main: backing off until 2026-03-02 08:30 UTC: Zoho Campaigns does not answer
                        main: json/listsubscribe is locked until 2026-03-02 08:05 UTC: code 1109
                        main: 1 dead letter. See: consentbridge dead-letters list
                        main: 12 people withheld by an unknown word for the lawful basis. See the words with: consentbridge check
                        list "Letters" of main is held: Campaigns answers 2004 to everybody; next try 2026-03-02 08:10 UTC
                        list "Letters" of main: subscriptions wait until 2026-03-02 08:20 UTC, because Zoho locked a preparing call or its quota is used up; they resume automatically
                        customers: the brake holds 61 people who would leave. To release them: consentbridge sync run customers --allow-removals 61
                        customers: the last run failed: Zoho CRM answered 500

                        Connections
                        CONNECTION  TIME ZONE  CREDENTIAL  SCOPES
                        main        UTC        given       1 missing

                        Pending deliveries
                        CONNECTION  BACKING OFF UNTIL     UNSUBSCRIBE  SUBSCRIBE  HELD  DEAD LETTERS
                        main        2026-03-02 08:30 UTC            2      4,000    61             1

                        People on lists
                        LIST       CONNECTION  HELD    OURS  NOT OURS  MISSING  LEFT
                            READ
                        Customers  main        no    12,500        40        3   210
                            2026-03-02 08:00 UTC
                        Letters    main        yes        0         -        -     -
                            -

                        Syncs
                        SYNC               STATE     LAST RUN              RESULT  NEXT RUN
                            BRAKED  BECAUSE
                        customers          active    2026-03-02 08:00 UTC  failed  when a runtime runs
                                61  -
                        hospitality-leads  inactive  -                     -       -
                                 0  the credential of main changed
                        """);
    }

    @Test
    @DisplayName(
            "status says when a runtime is up and nothing needs attention, gives each reason once, and is a document with --json")
    void quietStatus() throws Exception {
        assertThat(run("status", "--json").json().at("/lists/0/notOurs").asLong())
                .isEqualTo(40);

        StatusView trouble = runtime.operations.status;
        String why = trouble.lists().get(1).heldBecause();
        StatusView.OfSync failed = trouble.syncs().get(0);
        runtime.operations.status = new StatusView(
                true,
                true,
                "PostgreSQL at db/consentbridge",
                List.of(),
                trouble.lists(),
                List.of(new StatusView.OfSync(
                        failed.sync(), "active", null, failed.lastRun(), why, null, "UTC", List.of())));
        assertThat(run("status").out())
                .as("what a list says already is not said twice")
                .containsOnlyOnce(why)
                .contains("customers: the last run failed, because its list is held");

        runtime.operations.status =
                new StatusView(true, true, "PostgreSQL at db/consentbridge", List.of(), List.of(), List.of());
        assertThat(run("status").out())
                .isEqualTo("Runtime:   up\nDatabase:  PostgreSQL at db/consentbridge\n\nNothing needs attention.\n");

        runtime.operations.status =
                new StatusView(true, false, "PostgreSQL at db/consentbridge", List.of(), List.of(), List.of());
        assertThat(run("status").out())
                .startsWith("Runtime:   running, but only for commands: no schedules\nDatabase:  ");
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
            "check exits with 3 when only Zoho is out of reach, with 2 when nothing opens, with 0 when all is correct")
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
    @DisplayName("reload without a runtime says so and applies nothing")
    void reload() {
        runtime.operations.reload = new ReloadView(true, List.of(), List.of(), List.of());

        Result result = run("reload");

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).contains("no runtime is running").contains("consentbridge start");
        assertThat(runtime.operations.asked).isEmpty();
    }

    @Test
    @DisplayName("start opens a full runtime and closes it on Ctrl-C")
    void start() {
        Result result = run("start");

        assertThat(result.out())
                .isEqualTo("ConsentBridge is running: 1 active sync, next run 2026-03-09 08:00 (UTC)."
                        + " API at http://127.0.0.1:8080. Stop with Ctrl-C.\n");
        assertThat(runtime.opened)
                .singleElement()
                .satisfies(opened -> assertThat(opened.extent()).isEqualTo(Extent.WHOLE));
        assertThat(runtime.closed).isPositive();
    }

    @Test
    @DisplayName("sandbox shows its addresses and the settings that lead to it")
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
                "status",
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
        run("sync", "list", "--routes", "routes");

        assertThat(runtime.opened)
                .extracting(opened -> opened.routes().own())
                .containsExactly(Path.of("r1"), Path.of("r2"), Path.of("routes"), Path.of("r3"), Path.of("routes"));
        assertThat(runtime.opened.get(1).config()).isEqualTo(folder.resolve("config"));
        assertThat(runtime.opened.get(2).config()).isEqualTo(Path.of("other"));
    }

    @Test
    @DisplayName("a port that the sandbox cannot open is reported in a sentence, with the remedy and status 2")
    void sandboxPort() {
        sandbox.taken = true;
        Result taken = run("sandbox", "--port", "9999");
        assertThat(taken.status()).isEqualTo(2);
        assertThat(taken.err())
                .isEqualTo("consentbridge: port 9999 cannot be opened (Address already in use). Stop the program"
                        + " that uses it (another sandbox?), or choose another port with --port\n");
        Result none = run("sandbox", "--port", "99999");
        assertThat(none.status()).isEqualTo(2);
        assertThat(none.err()).contains("'99999' is not a port from 0 to 65535");
    }

    @Test
    @DisplayName("a word instead of a number is reported in plain words")
    void numbers() {
        assertThat(run("sync", "run", "customers", "--allow-removals", "x").err())
                .contains("'x' is not a whole number");
        assertThat(run("dead-letters", "replay", "x").err()).contains("'x' is not a whole number");
    }

    @ParameterizedTest
    @ValueSource(strings = {"9", "2000001", "many"})
    @DisplayName("a number of sample people outside the sandbox's range is a usage error")
    void samplePeople(String people) {
        for (String command : List.of("demo", "sandbox")) {
            Result result = run(command, "--people", people);
            assertThat(result.status()).isEqualTo(2);
            assertThat(result.err()).contains("--people", "'" + people + "' is not a number from 10 to 2000000");
        }
    }

    @Test
    @DisplayName("no command, an unknown one and an unknown option are usage errors; help and version are not")
    void usage() {
        assertThat(run().status()).isEqualTo(2);
        assertThat(run("snyc").status()).isEqualTo(2);
        assertThat(run("snyc").err()).isEqualTo("consentbridge: there is no command snyc. Did you mean sync?\n");
        assertThat(run("sync", "run", "customers", "--wiat").err())
                .isEqualTo("consentbridge: there is no option --wiat. Did you mean --wait?\n");
        assertThat(run("sync", "list", "--al").status()).isEqualTo(2);
        assertThat(run("sync").err())
                .isEqualTo("consentbridge: Missing required subcommand. See consentbridge sync --help\n");
        Result help = run("--help");
        assertThat(help.status()).isZero();
        assertThat(help.out()).contains("dead-letters").contains("Exit status");
        assertThat(run("sync", "run", "--help").out()).contains("--wait");
        Result version = run("--version");
        assertThat(version.status()).isZero();
        assertThat(version.out()).startsWith("ConsentBridge ");
    }
}
