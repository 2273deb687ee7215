package io.consentbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.api.ConfirmationsView;
import io.consentbridge.api.OperationFailure;
import io.consentbridge.runtime.Extent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DemoCommandTest extends CommandLineFixture {

    @Test
    @DisplayName("demo runs each active sync once against the sandbox and shows what became of the people")
    void demo() {
        Result result = run("demo");

        assertThat(sandbox.started).containsExactly("0 2000 1 false");
        assertThat(runtime.operations.asked)
                .containsExactly(
                        "syncs",
                        "run hospitality-leads",
                        "progress? r-hospitality-leads",
                        "run? r-hospitality-leads",
                        "confirmations",
                        "dead letters 20");
        assertThat(result.out())
                .startsWith("Sample people in the sandbox: 2,000. Nothing went to Zoho.\n")
                .contains("hospitality-leads  completed    100   60")
                .contains("Ignored\nSYNC               REASON     RECORDS\n")
                .contains("deliver-as-expressed       83  consent for e-mail was given\n")
                .contains("Dead letters\n")
                .endsWith("1 run in 0.0 s.\n");
        assertThat(result.out().lines())
                .filteredOn(line -> !line.endsWith("Campaigns does not know the list"))
                .as("but for a remark at the end of a line")
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
        assertThat(result.status()).isEqualTo(1);
    }

    @Test
    @DisplayName("demo leads every connection to the sandbox, in a database and on a port of its own")
    void isolated() {
        run("demo");

        Map<String, String> given = runtime.opened.get(0).env();
        assertThat(given)
                .containsEntry("HOME", "somewhere")
                .containsEntry("ZOHO_MAIN_ACCOUNTS_URL", "http://127.0.0.1:9999")
                .containsEntry("ZOHO_MAIN_CRM_URL", "http://127.0.0.1:9999")
                .containsEntry("ZOHO_SECOND_CAMPAIGNS_URL", "http://127.0.0.1:9999")
                .containsEntry("ZOHO_SECOND_CLIENT_ID", "id")
                .containsKey("HTTP_PORT");
        assertThat(given.get("DATABASE_URL")).startsWith("jdbc:sqlite:").doesNotContain(folder.toString());
        assertThat(runtime.opened.get(0).extent()).isEqualTo(Extent.API);
    }

    @Test
    @DisplayName(
            "demo has a master key of its own, gives no checkpoint to the places of the installation, and reads no mailbox")
    void ownLedger() {
        env.put("LEDGER_MASTER_KEY_FILE", "/run/secrets/key");
        env.put("LEDGER_CHECKPOINTS_FILE", "/mnt/other/checkpoints");
        env.put("MAIL_SMTP_PASSWORD", "secret");
        env.put("MAIL_BOUNCES_HOST", "imap.example.com");

        run("demo");
        run("demo");

        Map<String, String> given = runtime.opened.get(0).env();
        assertThat(given.get("LEDGER_MASTER_KEY"))
                .matches("[0-9a-f]{64}")
                .isNotEqualTo(runtime.opened.get(1).env().get("LEDGER_MASTER_KEY"));
        for (String nothing : List.of(
                "LEDGER_NEXT_MASTER_KEY",
                "LEDGER_CHECKPOINTS_FILE",
                "LEDGER_CHECKPOINTS_WEBHOOK",
                "LEDGER_CHECKPOINTS_MAIL",
                "MAIL_SMTP_USER",
                "MAIL_SMTP_PASSWORD",
                "MAIL_BOUNCES_HOST")) {
            assertThat(given).containsEntry(nothing, "");
        }
    }

    @Test
    @DisplayName("demo reads the samples, or the folder given with --config")
    void samples() {
        runBare("demo");
        run("demo");
        runBare("demo", "--config=" + folder.resolve("config"));
        runBare("sync", "list");

        assertThat(runtime.opened)
                .extracting(FakeRuntime.Opened::config)
                .containsExactly(
                        Path.of("samples/config"),
                        folder.resolve("config"),
                        folder.resolve("config"),
                        Path.of("config"));
        assertThat(runtime.opened.get(0).env())
                .as("the sandbox counts no calls")
                .containsEntry("QUOTA_JSON_LISTSUBSCRIBE", "none")
                .containsEntry("QUOTA_DEFAULT", "none");
    }

    @Test
    @DisplayName("demo leaves nothing behind, and a second one works")
    void twice() {
        run("demo", "--people", "10");
        run("demo", "--people", "10");

        assertThat(sandbox.closed).isEqualTo(2);
        assertThat(runtime.closed).isEqualTo(2);
        assertThat(runtime.opened)
                .extracting(this::database)
                .doesNotHaveDuplicates()
                .allSatisfy(path -> assertThat(path.getParent()).doesNotExist());
    }

    @Test
    @DisplayName("demo --json prints the documents of the runs")
    void json() throws Exception {
        Result result = run("demo", "--json");

        assertThat(result.json().fieldNames()).toIterable().containsExactly("runs", "confirmations");
        assertThat(result.json().at("/runs/0/sync").asText()).isEqualTo("hospitality-leads");
        assertThat(result.json().at("/runs/0/new").asInt()).isEqualTo(60);
    }

    @Test
    @DisplayName(
            "demo sends mails to the sandbox, lets some of the people answer, and shows what became of the requests")
    void answers() throws Exception {
        runtime.operations.confirmations = List.of(new ConfirmationsView("product-news", 844, 744, 30, 60, 10, 0, 0));

        Result result = run("demo");

        assertThat(sandbox.answered).containsExactly("0.6 0.1");
        assertThat(result.out())
                .contains("PURPOSE       REQUESTED  WAITING  SENT  CONFIRMED  REFUSED  EXPIRED  BOUNCED")
                .contains("product-news        844      744    30         60       10        0        0");
        assertThat(runtime.opened.get(0).env())
                .containsEntry("MAIL_SMTP_HOST", "127.0.0.1")
                .containsEntry("MAIL_SMTP_PORT", "2525")
                .containsEntry("MAIL_SMTP_TLS", "none")
                .containsEntry("CONFIRMATION_PER_HOUR", "100");
        assertThat(runtime.opened.get(0).env().get("PUBLIC_URL"))
                .isEqualTo("http://127.0.0.1:" + runtime.opened.get(0).env().get("PUBLIC_PORT"));
        assertThat(run("demo", "--json").json().at("/confirmations/0/confirmed").asInt())
                .isEqualTo(60);
    }

    @Test
    @DisplayName("demo --keep shows all addresses and removes its files on Ctrl-C")
    void keep() {
        Result result = run("demo", "--keep");

        assertThat(result.err())
                .contains(
                        "The sandbox listens at http://127.0.0.1:9999, its mailbox is at http://127.0.0.1:9999/sandbox/mailbox,"
                                + " the API at http://127.0.0.1:8080");
        assertThat(runtime.opened.get(0).extent()).isEqualTo(Extent.API);
        assertThat(sandbox.closed).isPositive();
        assertThat(Files.exists(database(runtime.opened.get(0)).getParent())).isFalse();
    }

    @Test
    @DisplayName("a demo that cannot open its runtime stops the sandbox and says why")
    void cannotOpen() {
        runtime.refusal = new OperationFailure.Refused("a sync names no purpose");

        Result result = run("demo");

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).contains("a sync names no purpose");
        assertThat(sandbox.closed).isEqualTo(1);
    }

    private Path database(FakeRuntime.Opened opened) {
        return Path.of(opened.env().get("DATABASE_URL").substring("jdbc:sqlite:".length()));
    }
}
