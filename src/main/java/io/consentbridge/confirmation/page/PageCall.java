package io.consentbridge.confirmation.page;

import java.util.List;
import java.util.Map;

/**
 * One request to the public page, read completely.
 *
 * @param method such as {@code GET}
 * @param path without query
 * @param peer the address from which the connection comes
 * @param forwarded the value of the trusted header; null when it was not sent or none is trusted
 * @param userAgent null when it was not sent
 * @param acceptLanguage null when it was not sent
 * @param form the fields of a form; empty when the body is none
 */
record PageCall(
        String method,
        String path,
        String peer,
        String forwarded,
        String userAgent,
        String acceptLanguage,
        Map<String, List<String>> form) {

    /** Shows neither path nor form: they contain the token. */
    @Override
    public String toString() {
        return method + " of the public page";
    }
}
