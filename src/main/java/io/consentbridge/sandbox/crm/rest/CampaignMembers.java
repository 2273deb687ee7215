package io.consentbridge.sandbox.crm.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.consentbridge.sandbox.crm.store.Crm;
import io.consentbridge.sandbox.crm.store.Memberships;
import io.consentbridge.sandbox.crm.store.ModuleStore;
import io.consentbridge.sandbox.web.Reply;
import io.consentbridge.sandbox.web.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * {@code /Campaigns/{id}/Leads} and {@code …/Contacts}: the members of a campaign (docs/zoho-notes.md, "CRM: campaigns and
 * their members").
 */
final class CampaignMembers {

    private static final int MOST = 100;

    private final Crm crm;
    private final RecordList list;

    CampaignMembers(Crm crm, RecordList list) {
        this.crm = crm;
        this.list = list;
    }

    /** @param parts the path segments after the campaign's id: the related list, and perhaps the id of a member */
    Reply call(long campaign, List<String> parts, Request request) {
        ModuleStore store = List.of("Leads", "Contacts").contains(parts.get(0))
                ? crm.module(parts.get(0)).orElseThrow()
                : null;
        if (store == null) {
            throw Refusal.of(
                    "INVALID_DATA", "the relation name given seems to be invalid", Map.of("resource_path_index", 2));
        }
        if (crm.module("Campaigns").flatMap(all -> all.find(campaign)).isEmpty()) {
            throw Refusal.of("INVALID_DATA", "the id given seems to be invalid", Map.of("resource_path_index", 1));
        }
        Memberships memberships = crm.memberships();
        return switch (request.method()) {
            case "GET" -> list.read(store, request, memberships.of(campaign, store));
            case "PUT" -> link(memberships, campaign, store, parts, request);
            case "DELETE" -> unlink(memberships, campaign, store, parts, request);
            default -> throw Refusal.method();
        };
    }

    private static Reply link(
            Memberships memberships, long campaign, ModuleStore store, List<String> parts, Request request) {
        JsonNode data = request.json().map(body -> body.path("data")).orElse(null);
        if (data == null || !data.isArray() || data.isEmpty()) {
            throw Refusal.missing("data");
        }
        if (data.size() > MOST) {
            throw Refusal.of("LIMIT_EXCEEDED", "limit exceeded", Map.of("maximum_length", MOST, "api_name", "data"));
        }
        List<Result> results = new ArrayList<>();
        for (JsonNode one : data) {
            String id = parts.size() > 1 ? parts.get(1) : one.path("id").asText();
            String status = one.path("Member_Status").asText("Planned");
            results.add(result(store, id, "relation added", member -> {
                memberships.put(campaign, store, member, status);
                return true;
            }));
        }
        return Writes.reply(results, 200, 400);
    }

    private static Reply unlink(
            Memberships memberships, long campaign, ModuleStore store, List<String> parts, Request request) {
        String ids = parts.size() > 1 ? parts.get(1) : request.param("ids");
        if (ids == null || ids.isBlank()) {
            throw Refusal.missing("ids");
        }
        List<Result> results = new ArrayList<>();
        for (String id : ids.split(",")) {
            results.add(result(
                    store, id.trim(), "relation removed", member -> memberships.remove(campaign, store, member)));
        }
        return Writes.reply(results, 200, 400);
    }

    private interface Change {
        boolean of(long member);
    }

    private static Result result(ModuleStore store, String id, String message, Change change) {
        boolean done = id.matches("\\d{1,19}")
                && store.find(Long.parseUnsignedLong(id)).isPresent()
                && change.of(Long.parseUnsignedLong(id));
        return done
                ? Result.well(Map.of("id", id), message)
                : Result.refused("INVALID_DATA", Map.of("id", id), "the id given seems to be invalid");
    }
}
