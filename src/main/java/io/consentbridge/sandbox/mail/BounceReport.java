package io.consentbridge.sandbox.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** A report that a mail came back, as mail servers send it (RFC 3464). */
final class BounceReport {

    private BounceReport() {}

    /** @param status the enhanced status code, such as 5.1.1 */
    static MimeMessage about(ReceivedMail mail, String status) throws MessagingException {
        String action = status.startsWith("4") ? "delayed" : "failed";
        String text = """
                From: Mail Delivery System <MAILER-DAEMON@sandbox.example>
                To: %1$s
                Subject: Undelivered Mail Returned to Sender
                Auto-Submitted: auto-replied
                MIME-Version: 1.0
                Content-Type: multipart/report; report-type=delivery-status; boundary="sandbox-report"

                This is a MIME-encapsulated message.

                --sandbox-report
                Content-Type: text/plain; charset=us-ascii

                This is the mail system at host sandbox.example.
                Your message could not be delivered to %2$s.

                --sandbox-report
                Content-Type: message/delivery-status

                Reporting-MTA: dns; sandbox.example
                Arrival-Date: Sun, 1 Nov 2026 12:00:00 +0000

                Final-Recipient: rfc822; %2$s
                Original-Recipient: rfc822;%2$s
                Action: %3$s
                Status: %4$s
                Remote-MTA: dns; mx.sandbox.example
                Diagnostic-Code: smtp; 550 %4$s <%2$s>:
                    Recipient address rejected

                --sandbox-report
                Content-Type: text/rfc822-headers

                From: %5$s
                To: %2$s
                Subject: a question
                Message-ID: %6$s

                --sandbox-report--
                """.formatted(mail.returnPath(), mail.to(), action, status, mail.returnPath(), mail.messageId());
        return new MimeMessage(
                Session.getInstance(new Properties()),
                new ByteArrayInputStream(text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8)));
    }
}
