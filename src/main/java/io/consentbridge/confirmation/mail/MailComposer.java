package io.consentbridge.confirmation.mail;

import io.consentbridge.config.MailTemplate;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.Properties;
import java.util.UUID;

/** Composes mails: text and HTML of the same content, to one recipient. */
final class MailComposer {

    private static final Session NO_SERVER = Session.getInstance(new Properties());

    private MailComposer() {}

    /** Its Message-ID stays what it was given, and names no machine. */
    private static final class Composed extends MimeMessage {

        private final String id;

        Composed(String id) {
            super(NO_SERVER);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }

    /** The header of a mail beside date and id; addresses and names in plain text. */
    record Header(String sender, String senderName, String address, String subject, String language) {}

    /**
     * Composes a mail.
     *
     * @throws MessagingException when an address cannot be one of a mail
     */
    static MimeMessage compose(Header header, MailTemplate.Filled filled, Instant at) throws MessagingException {
        InternetAddress to = new InternetAddress(header.address(), true);
        to.validate();
        InternetAddress from = new InternetAddress(header.sender(), true);
        MimeMessage message = new Composed(newId(header.sender()));
        try {
            from.setPersonal(oneLine(header.senderName()), StandardCharsets.UTF_8.name());
        } catch (UnsupportedEncodingException impossible) {
            throw new IllegalStateException(impossible);
        }
        message.setFrom(from);
        message.setRecipient(MimeMessage.RecipientType.TO, to);
        message.setSubject(oneLine(header.subject()), StandardCharsets.UTF_8.name());
        message.setSentDate(Date.from(at));
        // No answering machine answers it (RFC 3834).
        message.setHeader("Auto-Submitted", "auto-generated");
        if (!header.language().isBlank()) {
            message.setContentLanguage(new String[] {header.language()});
        }
        MimeMultipart parts = new MimeMultipart("alternative");
        parts.addBodyPart(part(filled.text(), "plain"));
        parts.addBodyPart(part(filled.html(), "html"));
        message.setContent(parts);
        message.saveChanges();
        return message;
    }

    /** Returns the SHA-256 of a mail as it leaves, in hexadecimal digits. */
    static String hash(MimeMessage message) throws MessagingException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            message.writeTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException unwritten) {
            throw new MessagingException("a mail cannot be written", unwritten);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("this Java has no SHA-256", impossible);
        }
    }

    private static MimeBodyPart part(String text, String type) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setText(text, StandardCharsets.UTF_8.name(), type);
        return part;
    }

    private static String newId(String sender) {
        return "<" + UUID.randomUUID() + sender.substring(sender.lastIndexOf('@')) + ">";
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ").strip();
    }
}
