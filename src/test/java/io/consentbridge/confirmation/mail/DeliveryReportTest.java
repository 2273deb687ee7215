package io.consentbridge.confirmation.mail;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeliveryReportTest {

    private static final String REPORT = """
            From: MAILER-DAEMON@mx.example.net
            To: bounces@example.org
            Subject: Undelivered
            MIME-Version: 1.0
            Content-Type: multipart/report; report-type=delivery-status; boundary="b"

            --b
            Content-Type: text/plain

            Sorry.
            --b
            Content-Type: message/delivery-status

            Reporting-MTA: dns; mx.example.net

            Final-Recipient: rfc822; jane@elsewhere.example.com
            Original-Recipient: rfc822;jane@example.com
            Action: failed
            Status: 5.1.1 (no such user)
            Diagnostic-Code: smtp; 550
             5.1.1 unknown

            Final-Recipient: rfc822; joe@example.com
            Action: delayed
            Status: 4.4.1
            --b
            Content-Type: message/rfc822

            From: news@example.org
            Message-ID: <1234@example.org>
            Subject: x

            The text.
            --b--
            """;

    private static Optional<DeliveryReport> read(String text) throws Exception {
        return DeliveryReport.of(new MimeMessage(
                Session.getInstance(new Properties()),
                new ByteArrayInputStream(text.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1))));
    }

    @Test
    @DisplayName("A report names the mail, and who failed for good, by the address to which the mail was sent")
    void reads() throws Exception {
        DeliveryReport report = read(REPORT).orElseThrow();
        assertThat(report.messageId()).contains("<1234@example.org>");
        assertThat(report.recipients()).containsExactly(new DeliveryReport.Failed("jane@example.com", "5.1.1"));
        assertThat("" + report + report.recipients()).doesNotContain("jane");
    }

    @Test
    @DisplayName("Headers alone, or no original mail at all, are enough")
    void partial() throws Exception {
        assertThat(read(REPORT.replace("message/rfc822", "text/rfc822-headers"))
                        .orElseThrow()
                        .messageId())
                .contains("<1234@example.org>");
        String without = REPORT.substring(0, REPORT.indexOf("--b\nContent-Type: message/rfc822")) + "--b--\n";
        assertThat(read(without).orElseThrow().messageId()).isEmpty();
        assertThat(read(without).orElseThrow().recipients()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "multipart/report; report-type=delivery-status, multipart/mixed",
        "Action: failed, Action: relayed",
        "Action: failed, Action: delivered",
        "message/delivery-status, application/octet-stream",
        "Original-Recipient: rfc822;jane@example.com, X-Other: 1"
    })
    @DisplayName("What is no report of a failure changes nothing")
    void none(String what, String by) throws Exception {
        String changed = REPORT.replace(what, by);
        if (by.startsWith("X-Other")) {
            changed = changed.replace(
                    "Final-Recipient: rfc822; jane@elsewhere.example.com", "Final-Recipient: x; nobody");
        }
        assertThat(read(changed)).isEmpty();
    }

    @Test
    @DisplayName("Broken and huge reports end without harm")
    void broken() throws Exception {
        assertThat(read("Subject: x\n\n")).isEmpty();
        assertThat(read(REPORT.substring(0, REPORT.indexOf("Action: failed")))).isEmpty();
        assertThat(read(REPORT.replace("Status: 5.1.1 (no such user)", "Status: ???"))
                        .orElseThrow()
                        .recipients())
                .containsExactly(new DeliveryReport.Failed("jane@example.com", "5.0.0"));
        String many = "Final-Recipient: rfc822; a@example.com\nAction: failed\nStatus: 5.1.1\n\n".repeat(5_000);
        assertThat(read(REPORT.replace(
                                "Final-Recipient: rfc822; joe@example.com",
                                many + "Final-Recipient: rfc822; joe@example.com"))
                        .orElseThrow()
                        .recipients())
                .hasSize(100);
    }
}
