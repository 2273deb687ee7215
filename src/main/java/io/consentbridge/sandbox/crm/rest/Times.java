package io.consentbridge.sandbox.crm.rest;

import io.consentbridge.sandbox.web.Request;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.OptionalLong;

/**
 * The conditional headers, ISO date-times with an offset (docs/zoho-notes.md, "CRM: lists of records" and "CRM: writes").
 */
final class Times {

    private Times() {}

    /** Returns the header's time in seconds of the epoch, empty when it was not sent. */
    static OptionalLong header(Request request, String name) {
        String text = request.header(name);
        if (text == null) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(OffsetDateTime.parse(text).toEpochSecond());
        } catch (DateTimeException e) {
            throw Refusal.invalid(name);
        }
    }
}
