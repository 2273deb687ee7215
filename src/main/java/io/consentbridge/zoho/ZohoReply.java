package io.consentbridge.zoho;

import io.consentbridge.consent.ConsentBreach;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Message;

/**
 * What Zoho replied, before anybody says what it means.
 *
 * @param status the HTTP status
 * @param date the header of that name; null when the reply has none
 * @param json the JSON object; empty when the status says that there is nothing
 */
public record ZohoReply(int status, String date, Map<String, Object> json) {

    /**
     * Takes the reply out of the message, and every header off it, so that none travels on.
     *
     * @throws ConsentBreach when it is not what Zoho replied, or no step of the product placed a call
     */
    public static ZohoReply takeFrom(Message message) {
        int status = HttpReply.statusOf(message);
        String date = message.getHeader("Date", String.class);
        ZohoRequest.dropHeaders(message);
        return PlacedCall.of(message.getExchange()).read(status, date, message.getBody());
    }

    /** Zoho's clock when it answered; empty when the reply does not say. */
    public Optional<Instant> answeredAt() {
        if (date == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
