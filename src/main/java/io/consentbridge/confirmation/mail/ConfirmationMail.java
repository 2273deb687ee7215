package io.consentbridge.confirmation.mail;

import jakarta.mail.internet.MimeMessage;

/**
 * A mail that asks one person, at the seam {@code direct:send-confirmation}. It contains the link, so it belongs into no log.
 *
 * @param request number of the request
 * @param purpose name of the purpose
 * @param address the recipient
 * @param sender address of the sender
 * @param senderName name of the sender
 * @param subject the subject
 * @param text the text
 * @param html the same as HTML
 * @param messageId its Message-ID, with angle brackets
 * @param hash SHA-256 of the mail, in hexadecimal digits
 * @param message the same mail for SMTP; a changed one does not leave
 */
public record ConfirmationMail(
        long request,
        String purpose,
        String address,
        String sender,
        String senderName,
        String subject,
        String text,
        String html,
        String messageId,
        String hash,
        MimeMessage message) {

    @Override
    public String toString() {
        return "mail of request " + request;
    }
}
