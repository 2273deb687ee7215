package io.consentbridge.campaigns;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.consentbridge.zoho.Answer;

/**
 * What a {@code direct:} seam that reads or prepares answers.
 *
 * @param question what was asked
 * @param json the whole JSON object
 * @param empty whether Campaigns said, by an error code, that there is nothing (docs/zoho-notes.md, "Campaigns: empty
 *     answers")
 * @param existed whether what should be created was there already
 */
public record CampaignsReply(CampaignsCall question, JsonNode json, boolean empty, boolean existed) implements Answer {

    /** The rows under that name; none when there is nothing. */
    JsonNode rows(String name) {
        return empty ? MissingNode.getInstance() : json.path(name);
    }
}
