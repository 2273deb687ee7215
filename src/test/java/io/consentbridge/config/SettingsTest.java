package io.consentbridge.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.config.Settings.LogFormat;
import io.consentbridge.config.Settings.Window;
import io.consentbridge.sync.Limits;
import io.consentbridge.zoho.Connection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

    @TempDir
    Path temporary;

    private Folder folder;

    @BeforeEach
    void aFolderWithoutMistake() {
        folder = new Folder(temporary);
    }

    @Test
    @DisplayName("B44, B56-B58, B67: a missing setting has the documented default")
    void defaults() {
        Settings settings = settings();

        assertThat(settings.limits()).isEqualTo(Limits.DOCUMENTED);
        assertThat(settings.brake()).isEqualTo(new Settings.Brake(10, 50, 10, 5));
        assertThat(settings.http()).isEqualTo(new Settings.Http("127.0.0.1", 8080));
        assertThat(settings.delivery()).isEqualTo(new Settings.Delivery(10, 100, 2, Duration.ofSeconds(1)));
        assertThat(settings.retry())
                .isEqualTo(new Settings.Retry(3, Duration.ofMillis(500), Duration.ofSeconds(10), 2, 3, 0.25));
        assertThat(settings.backoff()).isEqualTo(new Settings.Backoff(Duration.ofSeconds(2), Duration.ofMinutes(15)));
        assertThat(settings.freshness())
                .isEqualTo(
                        new Settings.Freshness(Duration.ofMinutes(10), Duration.ofMinutes(5), Duration.ofMinutes(15)));
        assertThat(settings.lease()).isEqualTo(Duration.ofMinutes(5));
        assertThat(settings.logFormat()).isEqualTo(LogFormat.TEXT);
        assertThat(settings.database().url()).isEqualTo("jdbc:sqlite:" + folder.home() + "/data/consentbridge.db");
    }

    @ParameterizedTest
    @CsvSource({
        "news@example.com, ledger@example.com, ledger@example.com",
        "news@example.com, '', news@example.com",
        "news, '', bounces@example.com"
    })
    @DisplayName(
            "Checkpoints are sent by the address of the settings, else by the SMTP user, else by the address of bounces")
    void checkpointSender(String user, String given, String sender) {
        folder.settings("""
                mail.smtp.host = localhost
                mail.smtp.user = %s
                mail.bounces.address = bounces@example.com
                ledger.checkpoints.mail = auditor@example.org
                ledger.checkpoints.mail-from = %s
                """.formatted(user, given));

        assertThat(settings().ledger().checkpoints().mail().orElseThrow().from())
                .isEqualTo(sender);
    }

    @Test
    @DisplayName("Settings, secrets and documents that begin with a byte order mark are read without it")
    void byteOrderMark() {
        String mark = "\uFEFF";
        folder.write("secret", mark + "hush\n");
        folder.write("application.properties", mark + Folder.PROPERTIES)
                .write("purposes/news.yaml", mark + Folder.NEWS)
                .write("syncs/leads.yaml", mark + Folder.LEADS)
                .environment(
                        "ZOHO_MAIN_CLIENT_SECRET_FILE", folder.path("secret").toString());

        assertThat(settings().connections().get("main").clientSecret()).isEqualTo("hush");
    }

    @Test
    @DisplayName("A secret file that is not in UTF-8, as some editors save it, is reported as such")
    void notUtf8() throws Exception {
        Files.write(folder.path("secret"), "\uFEFFhush".getBytes(StandardCharsets.UTF_16LE));
        folder.environment("ZOHO_MAIN_CLIENT_SECRET_FILE", folder.path("secret").toString());

        assertThat(folder.problems())
                .singleElement()
                .asString()
                .contains("names the file secret, which is not in UTF-8. Save it as UTF-8");
    }

    @Test
    @DisplayName("Relative paths start from the folder that contains config/, or from CONSENTBRIDGE_HOME")
    void relativePaths(@TempDir Path home) throws Exception {
        Files.writeString(folder.home().resolve("hush"), "of the folder");
        Files.writeString(home.resolve("hush"), "\uFEFFof the home\r\n");
        folder.environment("ZOHO_MAIN_CLIENT_SECRET_FILE", "./hush")
                .environment("DATABASE_URL", "jdbc:sqlite:d/../e/c.db");
        assertThat(settings().connections().get("main").clientSecret()).isEqualTo("of the folder");
        assertThat(settings().database().url()).isEqualTo("jdbc:sqlite:" + folder.home() + "/e/c.db");
        assertThat(settings().texts())
                .containsEntry("database.url", settings().database().url());

        folder.environment("CONSENTBRIDGE_HOME", home.toString());
        assertThat(settings().connections().get("main").clientSecret()).isEqualTo("of the home");
        assertThat(settings().database().url()).isEqualTo("jdbc:sqlite:" + home + "/e/c.db");
        for (String url : new String[] {"jdbc:sqlite:~/db", "jdbc:sqlite:/d/db", "jdbc:postgresql://h/./d"}) {
            folder.environment("DATABASE_URL", url);
            assertThat(settings().database().url()).isEqualTo(url);
        }
    }

    @ParameterizedTest(name = "{0} of {1}: {2}")
    @CsvSource({
        "5, 5, true",
        "4, 4, false",
        "4, 5, false",
        "5, 10, true",
        "4, 10, false",
        "20, 40, true",
        "19, 40, false",
        "50, 500, false",
        "51, 500, true",
        "0, 0, false",
        "6, 5, true"
    })
    @DisplayName("B47: the brake holds half of ten or more and all of five or more, and nothing below that")
    void brake(long leavers, long members, boolean held) {
        assertThat(settings().brake().holds(leavers, members).isPresent()).isEqualTo(held);
    }

    @Test
    @DisplayName("Each Campaigns method has its documented quota, and none lifts it")
    void quotas() {
        assertThat(settings().quotas().of("json/listsubscribe"))
                .containsExactly(
                        new Window(500, Duration.ofMinutes(1)),
                        new Window(12500, Duration.ofHours(1)),
                        new Window(75000, Duration.ofDays(1)));
        assertThat(settings().quotas().of("custom/add")).containsExactly(new Window(100, Duration.ofMinutes(5)));
        assertThat(settings().quotas().of("getmailinglists")).containsExactly(new Window(500, Duration.ofMinutes(5)));
        assertThat(settings().quotas().of("tag/add")).containsExactly(new Window(500, Duration.ofMinutes(5)));

        folder.settings("quota.json-listsubscribe = none\nquota.default = 7 / 2s\n");
        assertThat(settings().quotas().of("json/listsubscribe")).isEmpty();
        assertThat(settings().quotas().of("tag/add")).containsExactly(new Window(7, Duration.ofSeconds(2)));
    }

    @ParameterizedTest
    @CsvSource({
        "us, accounts.zoho.com, www.zohoapis.com, campaigns.zoho.com",
        "eu, accounts.zoho.eu, www.zohoapis.eu, campaigns.zoho.eu",
        "in, accounts.zoho.in, www.zohoapis.in, campaigns.zoho.in",
        "au, accounts.zoho.com.au, www.zohoapis.com.au, campaigns.zoho.com.au",
        "jp, accounts.zoho.jp, www.zohoapis.jp, campaigns.zoho.jp",
        "ca, accounts.zohocloud.ca, www.zohoapis.ca, campaigns.zohocloud.ca",
        "cn, accounts.zoho.com.cn, www.zohoapis.com.cn, campaigns.zoho.com.cn",
        "sa, accounts.zoho.sa, www.zohoapis.sa, campaigns.zoho.sa"
    })
    @DisplayName("A data centre sets the three base URLs")
    void dataCentres(String word, String accounts, String crm, String campaigns) {
        Connection main = folder.environment("ZOHO_MAIN_DATA_CENTRE", word)
                .configuration()
                .settings()
                .connections()
                .get("main");

        assertThat(main.accountsUrl()).hasToString("https://" + accounts);
        assertThat(main.crmUrl()).hasToString("https://" + crm);
        assertThat(main.campaignsUrl()).hasToString("https://" + campaigns);
        assertThat(main.zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
    }

    @Test
    @DisplayName("Base URLs override the data centre, may carry a path, and may be plain on this machine")
    void urls() {
        Connection main =
                folder.settings("""
                        zoho.main.crm-url = http://127.0.0.1:8090/crm-stand-in/
                        zoho.main.accounts-url = http://localhost:8090
                        zoho.main.campaigns-url = http://[::1]:8090
                        """).configuration().settings().connections().get("main");

        assertThat(main.crmUrl()).hasToString("http://127.0.0.1:8090/crm-stand-in");
        assertThat(main.accountsUrl()).hasToString("http://localhost:8090");
        assertThat(main.campaignsUrl()).hasToString("http://[::1]:8090");
    }

    @Test
    @DisplayName("Several connections are read in their order")
    void severalConnections() {
        folder.write("application.properties", """
                zoho.connections = main, uk-branch
                zoho.main.data-centre = eu
                zoho.main.client-id = a
                zoho.main.client-secret = b
                zoho.main.refresh-token = c
                zoho.uk-branch.data-centre = in
                zoho.uk-branch.client-id = {{zoho.main.client-id}}
                zoho.uk-branch.client-secret = e
                """);
        folder.environment("ZOHO_UK_BRANCH_REFRESH_TOKEN", "f");

        assertThat(settings().connections()).containsOnlyKeys("main", "uk-branch");
        assertThat(settings().connections().get("uk-branch").clientId()).isEqualTo("a");
        assertThat(settings().connections().get("uk-branch").refreshToken()).isEqualTo("f");
    }

    @Test
    @DisplayName("The environment overrides any setting, itself or by a file")
    void environment() {
        folder.write("secret", "from a file\n")
                .environment("HTTP_PORT", "0")
                .environment("LIMITS_FULL_SYNCS_PER_DAY", "1")
                .environment(
                        "ZOHO_MAIN_CLIENT_SECRET_FILE", folder.path("secret").toString());

        assertThat(settings().http().port()).isZero();
        assertThat(settings().limits().fullSyncsPerDay()).isEqualTo(1);
        assertThat(settings().connections().get("main").clientSecret()).isEqualTo("from a file");
    }

    @Test
    @DisplayName("A setting that the environment gives needs no placeholder filled")
    void overriddenPlaceholder() {
        folder.settings("database.password = {{env:NOBODY_SET_THIS}}\n").environment("DATABASE_PASSWORD", "{{x}}");

        assertThat(settings().database().password()).isEqualTo("{{x}}");
    }

    @Test
    @DisplayName("Placeholders are filled from the environment, its default, another setting and a file")
    void placeholders() {
        folder.write("secret", "s\n").environment("PG_HOST", "db").settings("""
                        database.url = jdbc:postgresql://{{env:PG_HOST}}:{{env:PG_PORT:5432}}/{{database.user}}
                        database.user = {{routes.who}}
                        database.password = {{file:%s}}
                        routes.who = bridge
                        retry.delay = {{routes.pause:250}}
                        """.formatted(folder.path("secret")));

        assertThat(settings().database().url()).isEqualTo("jdbc:postgresql://db:5432/bridge");
        assertThat(settings().database().password()).isEqualTo("s");
        assertThat(settings().retry().delay()).isEqualTo(Duration.ofMillis(250));
    }

    @Test
    @DisplayName("Routes get every setting but the secrets")
    void texts() {
        assertThat(settings().texts())
                .containsEntry("retry.attempts", "3")
                .containsEntry("zoho.connections", "main")
                .doesNotContainKeys("zoho.main.client-secret", "zoho.main.refresh-token", "database.password");
        assertThat(settings().toString()).doesNotContain("secret");
    }

    @Test
    @DisplayName("Properties may go on over lines and carry escapes")
    void propertiesSyntax() {
        folder.settings("quota.default = \\\n  5/1s, \\\n  9/1m\nhttp.host: \\u006cocalhost\n! bang\nhttp.port 99\n");

        assertThat(settings().quotas().of("x")).hasSize(2);
        assertThat(settings().http()).isEqualTo(new Settings.Http("localhost", 99));
    }

    private Settings settings() {
        return folder.configuration().settings();
    }
}
