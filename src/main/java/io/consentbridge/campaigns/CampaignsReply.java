package io.consentbridge.campaigns;

import io.consentbridge.zoho.Answer;
import io.consentbridge.zoho.JsonValue;
import java.util.List;
import java.util.Map;

/**
 * The answer of a {@code direct:} seam that reads or prepares.
 *
 * @param question the question
 * @param json the whole JSON object, immutable
 * @param empty whether Campaigns said, by an error code, that there is nothing (docs/zoho-notes.md, "Campaigns: empty
 *     answers")
 * @param existed whether the thing to create existed already
 */
public record CampaignsReply(CampaignsCall question, Map<String, Object> json, boolean empty, boolean existed)
        implements Answer {

    /** The rows with that name; none if there is nothing. */
    List<JsonValue> rows(String name) {
        return empty ? List.of() : value().path(name).values();
    }

    JsonValue value() {
        return new JsonValue(json);
    }
}
