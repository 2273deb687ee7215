package io.consentbridge.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsProblemsTest {

    @TempDir
    Path temporary;

    private Folder folder;

    @BeforeEach
    void aFolderWithoutMistake() {
        folder = new Folder(temporary);
    }

    @Test
    @DisplayName("An unknown setting is reported with the most similar known one")
    void unknown() {
        assertThat(folder.settings("\n# a comment\nlimits.active-sync = 3\n").problems())
                .containsExactly("application.properties:9: limits.active-sync is not a setting. Did you mean"
                        + " limits.active-syncs?");
        assertThat(folder.settings("zoho.main.timezone = UTC\n").problems())
                .containsExactly("application.properties:7: zoho.main.timezone is not a setting. Did you mean"
                        + " zoho.main.time-zone?");
    }

    @Test
    @DisplayName("Settings of Camel and of an integrator's own routes are not checked")
    void free() {
        assertThat(folder.settings("camel.main.name = bridge\nroutes.crm.page = 5\n")
                        .configuration()
                        .settings()
                        .texts())
                .containsEntry("routes.crm.page", "5");
    }

    @Test
    @DisplayName("A setting that is given twice is refused at the second")
    void twice() {
        assertThat(folder.settings("http.port = 1\nhttp.port = 2\n").problems())
                .containsExactly(
                        "application.properties:8: http.port is given twice, first in line 7. Keep one of them");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http.port = many | http.port is \"many\". Write a whole number from 0 to 65535",
                "http.port = 70000 | http.port is \"70000\". Write a whole number from 0 to 65535",
                "limits.runs-per-day = -1 | limits.runs-per-day is \"-1\". Write a whole number, 0 or more",
                "retry.multiplier = 0.5 | retry.multiplier is \"0.5\". Write a number from 1 to 10, such as 1.5",
                "retry.multiplier.reading = NaN | retry.multiplier.reading is \"NaN\". Write a number from 1 to 10, such as 1.5",
                "retry.jitter = 1.5 | retry.jitter is \"1.5\". Write a number from 0 to 1, such as 0.5",
                "retry.jitter = 25% | retry.jitter is \"25%\". Write a number from 0 to 1, such as 0.5",
                "confirmation.ip = all | confirmation.ip is \"all\". Write one of none, truncated, full",
                "mail.smtp.tls = ssl | mail.smtp.tls is \"ssl\". Write one of starttls, tls, none",
                "mail.bounces.protocol = nntp | mail.bounces.protocol is \"nntp\". Write imap, imaps, pop3 or pop3s",
                "public.url = consent.example.com | public.url is \"consent.example.com\". Write where people reach the page, such as https://consent.example.com, without ? and #",
                "public.url = https://example.com/?a=b | public.url is \"https://example.com/?a=b\". Write where people reach the page, such as https://consent.example.com, without ? and #",
                "public.trusted-header = X Real IP | public.trusted-header is \"X Real IP\". Write the name of the header that your reverse proxy sets, such as X-Forwarded-For",
                "mail.bounces.address = Bounces <b@example.com> | mail.bounces.address is \"Bounces <b@example.com>\". Write one e-mail address, such as bounces@example.com",
                "delivery.every = 1ms | delivery.every is \"1ms\". Write a duration such as 30s, 5m or 1h, of at least 10ms",
                "delivery.connections = 0 | delivery.connections is \"0\". Write a whole number from 1 to 20",
                "delivery.connections = 21 | delivery.connections is \"21\". Write a whole number from 1 to 20",
                "retry.delay = soon | retry.delay is \"soon\". Write a duration such as 30s, 5m or 1h, of at"
                        + " least 0ms",
                "lease = 5 | lease is \"5\". Write a duration such as 30s, 5m or 1h, of at least 1000ms",
                "hold.most = 1s | hold.most is \"1s\". Write a duration no shorter than hold.first",
                "log.format = xml | log.format is \"xml\". Write text or json",
                "quota.topics = 5 | quota.topics is \"5\". Write calls per period, such as 500/1m, 12500/1h, or none",
                "quota.topics = 0/1m | quota.topics is \"0/1m\". Write calls per period, such as 500/1m,"
                        + " 12500/1h, or none",
                "quota.crm-update = 1000/1d, 2/1m | quota.crm-update is \"1000/1d, 2/1m\". Write at least 3 credits per period: an update costs one to read the fields of its module, one to read the address of its record, and one to write",
                "quota.topic = 1/1m | quota.topic is not a setting. Did you mean quota.topics?",
                "database.url = jdbc:mysql:x | database.url names an unsupported database. Write"
                        + " jdbc:sqlite:data/consentbridge.db or jdbc:postgresql://host/name"
            })
    @DisplayName("A value of the wrong kind is reported with the right kind")
    void wrongKind(String line, String problem) {
        assertThat(folder.settings(line + "\n").problems()).containsExactly("application.properties:7: " + problem);
    }

    @Test
    @DisplayName("Checkpoints by mail need an address that sends them")
    void checkpointSender() {
        assertThat(folder.settings("mail.smtp.host = localhost\nledger.checkpoints.mail = auditor@example.org\n")
                        .problems())
                .singleElement()
                .asString()
                .contains("ledger.checkpoints.mail-from", "rite one address from which mail.smtp.host takes mail");
    }

    @Test
    @DisplayName("A LOG_LEVEL of the environment that only other programs know is passed over")
    void logLevelOfOthers() {
        assertThat(folder.environment("LOG_LEVEL", "trace").configuration()).isNotNull();
    }

    @Test
    @DisplayName("An invalid log level in the file is reported")
    void logLevel() {
        assertThat(folder.settings("log.level = trace\n").problems())
                .containsExactly("application.properties:7: log.level is \"trace\". Write error, warn, info or debug");
    }

    @Test
    @DisplayName("An unknown data centre or zone is reported")
    void connection() {
        String other = "zoho.main.data-centre = europe\nzoho.main.time-zone = Europe/Berlín\n";

        assertThat(folder.write("application.properties", "zoho.connections = main\n" + other + secrets())
                        .problems())
                .containsExactly(
                        "application.properties:2: zoho.main.data-centre is \"europe\". Write one of us, eu, in, au, jp,"
                                + " ca, cn, sa",
                        "application.properties:3: zoho.main.time-zone is \"Europe/Berlín\". Did you mean"
                                + " Europe/Berlin?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://www.zohoapis.eu",
                "http://127.0.0.1.example.com",
                "http://localhost.example.com",
                "https://user:secret@www.zohoapis.eu",
                "https://www.zohoapis.eu?a=b",
                "www.zohoapis.eu",
                "ftp://localhost",
                "https://"
            })
    @DisplayName("A base URL that is invalid or sends a credential unencrypted is refused")
    void badUrl(String url) {
        assertThat(folder.settings("zoho.main.crm-url = " + url + "\n").problems())
                .singleElement()
                .asString()
                .startsWith("application.properties:7: zoho.main.crm-url is \"" + url.replace("user:secret", "…")
                        + "\". Write https://");
    }

    @Test
    @DisplayName("B84: a connection without a name, a credential or a data centre is reported")
    void missing() {
        assertThat(folder.write("application.properties", "zoho.connections = main, main\n")
                        .problems())
                .contains(
                        "application.properties:1: the connection main is named twice. Name it once",
                        "application.properties: zoho.main.refresh-token is missing. Take it from Zoho's API console",
                        "application.properties: zoho.main.crm-url is missing. Add zoho.main.data-centre = and one of"
                                + " us eu in au jp ca cn sa");
        assertThat(folder.write("application.properties", "http.port = 0\n").problems())
                .contains("application.properties: zoho.connections is \"\". Write one or more names of letters,"
                        + " digits and dashes, separated by commas");
    }

    @Test
    @DisplayName("A placeholder for an unset variable is reported, with how to set it")
    void variableIsNotSet() {
        String properties = "zoho.connections = main\nzoho.main.data-centre = eu\nzoho.main.client-id = a\n"
                + "zoho.main.client-secret = {{env:SECRET}}\nzoho.main.refresh-token = b\n";

        assertThat(folder.write("application.properties", properties).problems())
                .containsExactly("application.properties:4: zoho.main.client-secret is not set."
                        + " Set the environment variable SECRET, or ZOHO_MAIN_CLIENT_SECRET");
    }

    @Test
    @DisplayName("A circular placeholder is reported with its chain")
    void cycle() {
        assertThat(folder.settings("http.host = {{database.user}}\ndatabase.user = {{http.host}}\n")
                        .problems())
                .contains("application.properties:7: http.host refers to itself: database.user → http.host →"
                        + " database.user. Replace one of the references with a value");
    }

    @Test
    @DisplayName("A placeholder without an end is reported once")
    void endless() {
        assertThat(folder.settings("database.url = {{env:URL\n").problems())
                .containsExactly("application.properties:7: database.url has a placeholder that is not closed. Close it"
                        + " with }}");
    }

    @Test
    @DisplayName("A placeholder for a missing setting or file is reported")
    void nothingThere() {
        assertThat(folder.settings("http.host = {{http.hots}}\ndatabase.password = {{file:/nowhere/at/all}}\n")
                        .problems())
                .containsExactly(
                        "application.properties:7: http.host refers to {{http.hots}}, an unknown setting. Did you mean"
                                + " http.host?",
                        "application.properties:8: database.password names the file /nowhere/at/all, which cannot be"
                                + " read. Give a text file that this user may read");
    }

    @Test
    @DisplayName("A wrong value from the environment is reported as such")
    void environment() {
        assertThat(folder.environment("HTTP_PORT", "many").problems())
                .containsExactly(
                        "HTTP_PORT in the environment: http.port is \"many\". Write a whole number from 0 to 65535");
    }

    @Test
    @DisplayName("No problem shows a secret")
    void secretsAreNotShown() {
        assertThat(folder.settings("database.url = jdbc:mysql://me:s3cret@host\nzoho.main.client_secret = s3cret\n")
                        .problems())
                .hasSize(2)
                .noneMatch(problem -> problem.contains("s3cret"));
    }

    private static String secrets() {
        return "zoho.main.client-id = a\nzoho.main.client-secret = b\nzoho.main.refresh-token = c\n";
    }
}
