package io.consentbridge.sandbox.crm.rest;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The position at which a list read continues (docs/zoho-notes.md, "CRM: lists of records"): how many rows were returned, on
 * which page, which row was the last, until when the token is valid and to which parameters it is bound.
 */
record PageToken(int given, int page, long lastKey, long until, int bound) {

    String text() {
        String plain = given + ":" + page + ":" + lastKey + ":" + until + ":" + bound;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    static PageToken read(String text) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(":");
            return new PageToken(
                    Integer.parseInt(parts[0]),
                    Integer.parseInt(parts[1]),
                    Long.parseLong(parts[2]),
                    Long.parseLong(parts[3]),
                    Integer.parseInt(parts[4]));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw Refusal.invalid("page_token");
        }
    }
}
