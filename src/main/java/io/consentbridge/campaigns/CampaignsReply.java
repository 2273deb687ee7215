package io.consentbridge.campaigns;

import io.consentbridge.zoho.Answer;
import io.consentbridge.zoho.JsonValue;
import java.util.List;
import java.util.Map;

/**
 * What a {@code direct:} seam that reads or prepares answers.
 *
 * @param question what was asked
 * @param json the whole JSON object; nobody can change it
 * @param empty whether Campaigns said, by an error code, that there is nothing (docs/zoho-notes.md, "Campaigns: empty
 *     answers")
 * @param existed whether what should be created was there already
 */
public record CampaignsReply(CampaignsCall question, Map<String, Object> json, boolean empty, boolean existed)
        implements Answer {

    /** The rows under that name; none when there is nothing. */
    List<JsonValue> rows(String name) {
        return empty ? List.of() : value().path(name).values();
    }

    JsonValue value() {
        return new JsonValue(json);
    }
}
