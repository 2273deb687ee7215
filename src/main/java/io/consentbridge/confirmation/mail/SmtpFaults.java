package io.consentbridge.confirmation.mail;

import io.consentbridge.config.SmtpSettings;
import io.consentbridge.mail.MailServerFault;
import io.consentbridge.mail.SmtpConnection;
import jakarta.mail.MessagingException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;

/**
 * Tells what a failure of SMTP means for the person, for the mail, and for those after it (RFC 5321, section 4.2; RFC 3463).
 */
final class SmtpFaults {

    /** Codes of RCPT that speak of the mailbox; others speak of the server and its rules. */
    private static final Set<Integer> NO_SUCH_MAILBOX = Set.of(521, 550, 551, 553, 556);

    private static final Pattern ENHANCED = Pattern.compile("\\b([245])\\.(\\d{1,3})\\.(\\d{1,3})\\b");
    private static final int PERMANENT = 500;

    private SmtpFaults() {}

    /** A failure before the mail was given to the server. */
    static MailFault connecting(MailServerFault fault) {
        return new MailFault.Unreached(
                fault.getMessage(), fault.refusesCredential() ? "credential" : "unreached", fault);
    }

    /**
     * A failure while the mail was given to the server.
     *
     * @param step how far it had come
     */
    static MailFault sending(SmtpSettings server, SmtpConnection.Step step, MessagingException failure) {
        List<Throwable> chain = MailServerFault.chain(failure).toList();
        Optional<SMTPAddressFailedException> recipient = first(chain, SMTPAddressFailedException.class);
        if (recipient.isPresent()) {
            int code = recipient.get().getReturnCode();
            if (code < 0) {
                return lost(server, step, failure);
            }
            String said = code(code, recipient.get().getMessage());
            if (code < PERMANENT) {
                return new MailFault.Temporary(said);
            }
            // Class 7 is a rule of the server, such as that it relays nothing for us.
            return NO_SUCH_MAILBOX.contains(code) && !said.contains(" 5.7.")
                    ? new MailFault.Refused(said)
                    : rejected(server, said, failure);
        }
        Optional<Integer> code = first(chain, SMTPSenderFailedException.class)
                .map(SMTPSenderFailedException::getReturnCode)
                .or(() -> first(chain, SMTPSendFailedException.class).map(SMTPSendFailedException::getReturnCode));
        if (code.isEmpty() || code.get() < 0) {
            return lost(server, step, failure);
        }
        String said = code(code.get(), chain.get(0).getMessage());
        return code.get() < PERMANENT ? new MailFault.Temporary(said) : rejected(server, said, failure);
    }

    /** A server can be slow to look a recipient up, or to find them in a grey list, and quick with others. */
    private static MailFault lost(SmtpSettings server, SmtpConnection.Step step, Throwable cause) {
        return switch (step) {
            case BEFORE ->
                new MailFault.Unreached(
                        "The mail server " + server
                                + " gives no answer, or ends the connection, before it takes a mail",
                        "unreached",
                        cause);
            case RECIPIENT -> new MailFault.Temporary("no-answer");
            case TEXT -> new MailFault.PerhapsSent(cause);
        };
    }

    private static MailFault rejected(SmtpSettings server, String code, Throwable cause) {
        return new MailFault.Unreached(
                "The mail server " + server + " refuses the mails of this sender: " + code, code, cause);
    }

    /** The text of the reply is left out, because it usually names the person. */
    private static String code(int code, String reply) {
        Matcher enhanced = ENHANCED.matcher(reply == null ? "" : reply);
        return enhanced.find() ? code + " " + enhanced.group() : Integer.toString(code);
    }

    private static <T> Optional<T> first(List<Throwable> chain, Class<T> type) {
        return chain.stream().filter(type::isInstance).map(type::cast).findFirst();
    }
}
