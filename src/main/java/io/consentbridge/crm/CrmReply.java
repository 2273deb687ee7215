package io.consentbridge.crm;

import io.consentbridge.zoho.Answer;
import io.consentbridge.zoho.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a {@code direct:crm-...} seam answers.
 *
 * @param question what was asked
 * @param json the JSON object; empty when there are no rows (status 204 and 304). Nobody can change it
 * @param at Zoho's clock when it answered
 */
public record CrmReply(CrmCall question, Map<String, Object> json, Instant at) implements Answer {

    /** The rows under {@code data}; none when it is absent. */
    List<JsonValue> rows() {
        return value().path("data").values();
    }

    /** The token of the page that follows; null when none does. */
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
