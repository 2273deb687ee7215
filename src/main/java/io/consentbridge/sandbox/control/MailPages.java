package io.consentbridge.sandbox.control;

import io.consentbridge.sandbox.mail.ReceivedMail;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** The pages of the mailbox. */
final class MailPages {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

    private MailPages() {}

    /** Lists the mails, the newest first. */
    static String list(List<ReceivedMail> mails) {
        StringBuilder rows = new StringBuilder();
        for (int i = mails.size() - 1; i >= 0; i--) {
            ReceivedMail mail = mails.get(i);
            rows.append("<tr><td>")
                    .append(TIME.format(mail.at()))
                    .append("</td><td>")
                    .append(escaped(mail.to()))
                    .append("</td><td><a href=\"/sandbox/mailbox/")
                    .append(mail.id())
                    .append("\">")
                    .append(escaped(mail.subject()))
                    .append("</a></td></tr>\n");
        }
        String table = mails.isEmpty()
                ? "<p>No mail has arrived yet.</p>"
                : "<table><tr><th>Time (UTC)</th><th>To</th><th>Subject</th></tr>\n" + rows + "</table>";
        return page(
                "Mailbox of the sandbox",
                "<p>Mails that the product sent to sample people. Reload to see new ones.</p>" + table);
    }

    /** Shows one mail with its links. */
    static String one(ReceivedMail mail) {
        StringBuilder links = new StringBuilder();
        mail.links()
                .forEach(link -> links.append("<li><a href=\"")
                        .append(escaped(link))
                        .append("\">")
                        .append(escaped(link))
                        .append("</a></li>\n"));
        return page(
                mail.subject(),
                "<p><a href=\"/sandbox/mailbox\">All mails</a></p><p>From " + escaped(mail.from()) + "<br>To "
                        + escaped(mail.to()) + "<br>" + TIME.format(mail.at()) + " UTC, " + escaped(mail.messageId())
                        + "</p><ul>" + links + "</ul><pre>" + escaped(mail.text()) + "</pre>"
                        + (mail.html().isEmpty()
                                ? ""
                                : "<p><a href=\"/sandbox/mailbox/" + mail.id()
                                        + "/html\">The same mail as HTML</a></p>"));
    }

    private static String page(String title, String main) {
        return """
                <!DOCTYPE html>
                <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
                <title>%1$s</title><style>
                body{max-width:60rem;margin:2rem auto;padding:0 1rem;font:1rem/1.5 system-ui,Arial,sans-serif;color:#1f2933}
                table{border-collapse:collapse;width:100%%}th,td{padding:.4rem .8rem .4rem 0;text-align:left;border-bottom:1px solid #d5dae1}
                pre{padding:1rem;background:#f3f4f6;white-space:pre-wrap}li{overflow-wrap:anywhere}
                </style></head><body><h1>%1$s</h1>%2$s</body></html>
                """.formatted(escaped(title), main);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
