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

/**
 * {@code workflow/KEY/action/trigger}: starts a workflow for contacts of a list (docs/zoho-notes.md, "Campaigns: workflows"). A
 * contact is started once; one that is not active on the list is ignored.
 */
final class WorkflowCalls {

    private static final int MOST = 200;

    private final Account account;

    WorkflowCalls(Account account) {
        this.account = account;
    }

    /** Returns whether this path is that of a workflow. */
    static boolean concerns(String path) {
        return path.matches("workflow/[^/]+/action/trigger");
    }

    Reply trigger(String workflow, Request request) {
        JsonNode details = Optional.ofNullable(request.param("details"))
                .flatMap(Json::read)
                .filter(JsonNode::isObject)
                .orElse(null);
        if (details == null || details.path("lead_email").asText("").isBlank()) {
            return error(request, "9001", "Mandatory parameter is missing.");
        }
        String[] emails = details.path("lead_email").asText().split(",");
        if (emails.length > MOST) {
            return error(request, "9004", "More contacts than a call may have.");
        }
        if (!account.workflows().active()) {
            return error(request, "9006", "Workflow is inactive.");
        }
        String listKey = details.path("listkey").asText();
        MailingList list = account.lists().stream()
                .filter(each -> each.key().equals(listKey))
                .findFirst()
                .orElse(null);
        if (list == null) {
            return error(request, "9002", "Invalid list.");
        }
        List<String> already = new ArrayList<>();
        List<String> ignored = new ArrayList<>();
        for (String email : emails) {
            Member member = list.member(Account.key(email));
            if (member == null || member.status() != Status.ACTIVE) {
                ignored.add(email);
            } else if (!account.workflows()
                    .start(workflow, details.path("triggerkey").asText(), Account.key(email))) {
                already.add(email);
            }
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("code", "200");
        body.put("status", "success");
        body.put("message", "Workflow triggered");
        body.put("already_triggered", already);
        body.put("ignored", ignored);
        body.put("uri", request.path());
        return Reply.json(200, body, "200");
    }

    private static Reply error(Request request, String code, String message) {
        return Envelope.error(request.path(), code, message).json();
    }
}
