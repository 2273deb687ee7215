package io.consentbridge.confirmation.page;

import java.util.LinkedHashMap;
import java.util.Map;

/** The reply to a request to the public page. */
record PageReply(int status, String type, String body, Map<String, String> headers) {

    private static final int RETRY_SECONDS = 60;

    /** What every reply says: nobody stores it, frames it, indexes it, or learns from where its links were followed. */
    private static final Map<String, String> ALWAYS = Map.of(
            "Cache-Control", "no-store",
            "Content-Security-Policy", PageHtml.CONTENT_SECURITY_POLICY,
            "Referrer-Policy", "no-referrer",
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "X-Robots-Tag", "noindex, nofollow");

    static PageReply html(int status, String body) {
        return new PageReply(status, "text/html; charset=utf-8", body, ALWAYS);
    }

    static PageReply text(int status, String body) {
        return new PageReply(status, "text/plain; charset=utf-8", body, ALWAYS);
    }

    /** Returns the same reply for a method that the path does not have. */
    PageReply allowing(String methods) {
        return with("Allow", methods);
    }

    /** Returns the same reply, which says when to try again. */
    PageReply later() {
        return with("Retry-After", Integer.toString(RETRY_SECONDS));
    }

    private PageReply with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new PageReply(status, type, body, more);
    }
}
