package io.consentbridge.crm;

import io.consentbridge.zoho.Answer;
import io.consentbridge.zoho.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The answer of a {@code direct:crm-...} seam.
 *
 * @param question the question
 * @param json the JSON object, immutable; empty if there are no rows (status 204 and 304)
 * @param at Zoho's clock at the time of the reply
 */
public record CrmReply(CrmCall question, Map<String, Object> json, Instant at) implements Answer {

    /** The rows in {@code data}; none if it is absent. */
    List<JsonValue> rows() {
        return value().path("data").values();
    }

    /** The token of the next page; null if there is none. */
    String nextPageToken() {
        JsonValue token = value().path("info").path("next_page_token");
        return token.isText() ? token.text() : null;
    }

    boolean hasMore() {
        return value().path("info").path("more_records").flag(false);
    }

    JsonValue value() {
        return new JsonValue(json);
    }
}
