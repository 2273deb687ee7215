package io.consentbridge.confirmation.mail;

import io.consentbridge.config.MailTemplate;
import io.consentbridge.confirmation.ConfirmationToken;
import io.consentbridge.confirmation.page.PageLinks;
import io.consentbridge.consent.Confirmation;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.MimeMessage;
import java.time.Instant;

/** Makes the mail of one request or trial out of its template. */
final class MailMaker {

    private MailMaker() {}

    /** To whom the mail goes, from whom, and about what. */
    record Addressed(
            long request, String address, Confirmation.Sender from, String subject, String language, String purpose) {

        @Override
        public String toString() {
            return "address of request " + request;
        }
    }

    /** @throws MailFault.Refused when the address cannot be that of a mail */
    static ConfirmationMail make(
            Addressed to,
            MailTemplate template,
            String statement,
            String controller,
            PageLinks links,
            ConfirmationToken token,
            Instant at)
            throws MailFault, MessagingException {
        MailTemplate.Filled filled =
                template.fill(new MailTemplate.Values(statement, links.open(token), links.refuse(token), controller));
        MailComposer.Header header = new MailComposer.Header(
                to.from().address(), to.from().name(), to.address(), to.subject(), to.language());
        try {
            MimeMessage message = MailComposer.compose(header, filled, at);
            return new ConfirmationMail(
                    to.request(),
                    to.purpose(),
                    to.address(),
                    to.from().address(),
                    to.from().name(),
                    to.subject(),
                    filled.text(),
                    filled.html(),
                    message.getMessageID(),
                    MailComposer.hash(message),
                    message);
        } catch (AddressException unusable) {
            throw new MailFault.Refused("address");
        }
    }
}
