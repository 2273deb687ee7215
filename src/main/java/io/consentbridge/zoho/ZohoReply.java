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
     * Takes the reply and all its headers out of the message, so that no header travels on.
     *
     * @throws ConsentBreach if it is not Zoho's reply, or if no step of the product made a call
     */
    public static ZohoReply takeFrom(Message message) {
        int status = HttpReply.statusOf(message);
        String date = message.getHeader("Date", String.class);
        ZohoRequest.dropHeaders(message);
        return PlacedCall.of(message.getExchange()).read(status, date, message.getBody());
    }

    /** Zoho's clock at the time of the reply; empty if the reply does not tell it. */
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
