package io.consentbridge.confirmation.mail;

import jakarta.mail.Header;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.InternetHeaders;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A report of a mail server about a mail that it could not deliver (RFC 3464). Whatever a mailbox contains beside them is no
 * report; of a broken one only what can be read counts.
 *
 * @param messageId Message-ID of the mail that came back; empty when the report does not name it
 * @param recipients the addresses that failed for good, with the status of each
 */
record DeliveryReport(Optional<String> messageId, List<Failed> recipients) {

    private static final int MOST_BYTES = 65_536;
    private static final int MOST_PARTS = 20;
    private static final int MOST_RECIPIENTS = 100;
    private static final Pattern STATUS = Pattern.compile("[245]\\.\\d{1,3}\\.\\d{1,3}");
    private static final Pattern MESSAGE_ID = Pattern.compile("<[^<>\\s]{3,998}>");

    /** @param address without angle brackets */
    record Failed(String address, String status) {

        @Override
        public String toString() {
            return "failure " + status;
        }
    }

    @Override
    public String toString() {
        return "report about " + recipients.size() + " recipients";
    }

    /** Reads a report; empty when the mail is none, or reports no failure. */
    static Optional<DeliveryReport> of(Part mail) throws MessagingException, IOException {
        if (!mail.isMimeType("multipart/report") || !(mail.getContent() instanceof Multipart parts)) {
            return Optional.empty();
        }
        List<Failed> failed = new ArrayList<>();
        Optional<String> messageId = Optional.empty();
        for (int i = 0; i < Math.min(parts.getCount(), MOST_PARTS); i++) {
            Part part = parts.getBodyPart(i);
            if (part.isMimeType("message/delivery-status") || part.isMimeType("message/global-delivery-status")) {
                failed.addAll(failed(part));
            } else if (part.isMimeType("message/*") || part.isMimeType("text/rfc822-headers")) {
                messageId = messageId.or(() -> messageId(part));
            }
        }
        return failed.isEmpty() ? Optional.empty() : Optional.of(new DeliveryReport(messageId, failed));
    }

    private static List<Failed> failed(Part part) throws MessagingException, IOException {
        List<Failed> failed = new ArrayList<>();
        InputStream blocks = beginning(part);
        while (blocks.available() > 0 && failed.size() < MOST_RECIPIENTS) {
            InternetHeaders block = new InternetHeaders(blocks);
            String action = value(block, "Action").toLowerCase(Locale.ROOT);
            Matcher status = STATUS.matcher(value(block, "Status"));
            String address = address(value(block, "Original-Recipient"))
                    .or(() -> address(value(block, "Final-Recipient")))
                    .orElse("");
            if (action.equals("failed") && !address.isEmpty()) {
                failed.add(new Failed(address, status.find() ? status.group() : "5.0.0"));
            }
        }
        return failed;
    }

    /** The address of {@code rfc822; jane@example.com}. */
    private static Optional<String> address(String field) {
        String address = field.substring(field.indexOf(';') + 1).strip().replaceAll("^<|>$", "");
        return address.contains("@") ? Optional.of(address) : Optional.empty();
    }

    private static Optional<String> messageId(Part part) {
        try {
            Matcher id = MESSAGE_ID.matcher(value(new InternetHeaders(beginning(part)), "Message-ID"));
            return id.find() ? Optional.of(id.group()) : Optional.empty();
        } catch (MessagingException | IOException unreadable) {
            return Optional.empty();
        }
    }

    private static String value(InternetHeaders headers, String name) {
        for (Header header : Collections.list(headers.getAllHeaders())) {
            if (header.getName().equalsIgnoreCase(name)) {
                return header.getValue().strip();
            }
        }
        return "";
    }

    private static InputStream beginning(Part part) throws MessagingException, IOException {
        try (InputStream content = part.getInputStream()) {
            return new ByteArrayInputStream(content.readNBytes(MOST_BYTES));
        }
    }
}
