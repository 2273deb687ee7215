package io.consentbridge.sandbox.mail;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The mails that the sandbox took, the newest ones. */
public final class Postbox {

    private static final int MOST = 10_000;
    /** As mail programs see it: what ends a sentence is no part of a link. */
    private static final Pattern LINK = Pattern.compile("https?://[^\\s<>\"]*[^\\s<>\".,:;!?)]");

    private final Clock clock;
    private final Deque<ReceivedMail> mails = new ArrayDeque<>();
    private long last;

    Postbox(Clock clock) {
        this.clock = clock;
    }

    /** Returns the mails, the oldest first. */
    public synchronized List<ReceivedMail> mails() {
        return new ArrayList<>(mails);
    }

    public synchronized Optional<ReceivedMail> mail(long id) {
        return mails.stream().filter(mail -> mail.id() == id).findFirst();
    }

    public synchronized void clear() {
        mails.clear();
    }

    synchronized ReceivedMail add(String returnPath, String recipient, MimeMessage message) {
        ReceivedMail mail = read(++last, returnPath, recipient, message);
        mails.add(mail);
        if (mails.size() > MOST) {
            mails.remove();
        }
        return mail;
    }

    private ReceivedMail read(long id, String returnPath, String recipient, MimeMessage message) {
        try {
            String text = content(message, "text/plain").orElse("");
            return new ReceivedMail(
                    id,
                    clock.instant(),
                    returnPath,
                    message.getFrom() == null ? "" : ((InternetAddress) message.getFrom()[0]).toUnicodeString(),
                    recipient,
                    String.valueOf(message.getSubject()),
                    String.valueOf(message.getMessageID()),
                    text,
                    content(message, "text/html").orElse(""),
                    LINK.matcher(text).results().map(MatchResult::group).toList());
        } catch (MessagingException | IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private static Optional<String> content(Part part, String type) throws MessagingException, IOException {
        if (part.isMimeType(type)) {
            return Optional.of(String.valueOf(part.getContent()).replace("\r\n", "\n"));
        }
        if (part.getContent() instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                BodyPart one = parts.getBodyPart(i);
                Optional<String> found = content(one, type);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }
}
