package io.consentbridge.sandbox.mail;

import java.time.Instant;
import java.util.List;

/**
 * A mail that the sandbox took.
 *
 * @param id counts from 1
 * @param returnPath to which reports about it go
 * @param html empty when it has none
 * @param links the links of the text, in their order
 */
public record ReceivedMail(
        long id,
        Instant at,
        String returnPath,
        String from,
        String to,
        String subject,
        String messageId,
        String text,
        String html,
        List<String> links) {}
