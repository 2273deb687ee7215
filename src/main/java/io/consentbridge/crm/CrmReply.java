package io.consentbridge.crm;

import com.fasterxml.jackson.databind.JsonNode;
import io.consentbridge.zoho.Answer;
import java.time.Instant;

/**
 * What a {@code direct:crm-...} seam answers.
 *
 * @param question what was asked
 * @param json a JSON object; one without content when there are no rows (status 204 and 304)
 * @param at Zoho's clock when it answered
 */
public record CrmReply(CrmCall question, JsonNode json, Instant at) implements Answer {

    /** The rows under {@code data}; none when it is absent. */
    Iterable<JsonNode> rows() {
        return json.path("data");
    }

    /** The token of the page that follows; null when none does. */
    String nextPageToken() {
        return json.path("info").path("next_page_token").textValue();
    }

    boolean hasMore() {
        return json.path("info").path("more_records").asBoolean(false);
    }
}
