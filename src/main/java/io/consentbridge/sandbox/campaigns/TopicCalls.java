package io.consentbridge.sandbox.campaigns;

import com.fasterxml.jackson.databind.JsonNode;
import io.consentbridge.sandbox.web.Json;
import io.consentbridge.sandbox.web.Reply;
import io.consentbridge.sandbox.web.Request;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Topics: JSON always, success is code 200 (docs/zoho-notes.md, "Campaigns: topics"). */
final class TopicCalls {

    private final Account account;

    TopicCalls(Account account) {
        this.account = account;
    }

    Reply call(Request request) {
        JsonNode details = Optional.ofNullable(request.param("details"))
                .flatMap(Json::read)
                .filter(JsonNode::isObject)
                .orElse(null);
        if (request.method().equals("GET")) {
            int from =
                    details == null ? 0 : Math.max(0, details.path("from_index").asInt(0));
            int range = details == null ? 20 : Math.max(1, details.path("range").asInt(20));
            return list(request.path(), from, range);
        }
        return details == null
                ? error(request.path(), "903", "Mandatory parameter is missing.")
                : create(request.path(), details);
    }

    private Reply list(String path, int from, int range) {
        List<Object> rows = new ArrayList<>();
        account.topics().stream()
                .skip(from)
                .limit(Math.min(range, account.listing().most()))
                .forEach(topic -> {
                    Map<String, Object> row = new LinkedHashMap<>();
                    row.put("topicId", topic.id());
                    row.put("topicName", topic.name());
                    row.put("topicDesc", topic.description());
                    row.put("primaryList", "null");
                    rows.add(row);
                });
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("topicDetails", rows);
        body.put("code", "200");
        body.put("message", "Success");
        body.put("uri", path);
        return Reply.json(200, body, "200");
    }

    private Reply create(String path, JsonNode details) {
        String name = details.path("topic_name").asText("");
        String description = details.path("topic_desc").asText("");
        if (name.isBlank() || description.isBlank()) {
            return error(path, name.isBlank() ? "4017" : "4018", "Topic name or description is empty.");
        }
        if (!name.matches("[\\p{L}\\p{N} _-]+")) {
            return error(path, "4011", "Special characters are not allowed in the topic name.");
        }
        Optional<Topic> topic = account.addTopic(name, description);
        if (topic.isEmpty()) {
            return error(path, "4013", "Topic name already exists.");
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("code", "200");
        body.put("message", "Success");
        body.put("topic_id", topic.get().id());
        body.put("uri", path);
        return Reply.json(200, body, "200");
    }

    private static Reply error(String path, String code, String message) {
        return Envelope.error(path, code, message).json();
    }
}
