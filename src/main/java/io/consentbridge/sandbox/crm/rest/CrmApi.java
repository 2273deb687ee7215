package io.consentbridge.sandbox.crm.rest;

import io.consentbridge.sandbox.accounts.Tokens;
import io.consentbridge.sandbox.clock.SandboxClock;
import io.consentbridge.sandbox.crm.store.Crm;
import io.consentbridge.sandbox.crm.store.ModuleStore;
import io.consentbridge.sandbox.web.Api;
import io.consentbridge.sandbox.web.Endpoint;
import io.consentbridge.sandbox.web.Reply;
import io.consentbridge.sandbox.web.Request;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Zoho CRM v8: checks who may call, and finds the call. */
public final class CrmApi implements Api {

    private static final String PREFIX = "/crm/v8/";
    private static final String BULK = "/crm/bulk/v8/read";
    private static final int BULK_PRICE = 50;
    private static final String SCHEME = "Zoho-oauthtoken ";

    private final Tokens tokens;
    private final Crm crm;
    private final SandboxClock clock;
    private final Credits credits;
    private final RecordList list;
    private final CoqlCall coql;
    private final Settings settings;
    private final RecordCount count;
    private final Writes writes;
    private final CampaignMembers campaignMembers;
    private final BulkRead bulk;

    public CrmApi(Tokens tokens, Crm crm, SandboxClock clock, Credits credits) {
        this.tokens = tokens;
        this.crm = crm;
        this.clock = clock;
        this.credits = credits;
        this.list = new RecordList(crm, clock);
        this.campaignMembers = new CampaignMembers(crm, list);
        this.coql = new CoqlCall(crm);
        this.settings = new Settings(crm);
        this.count = new RecordCount(crm);
        this.writes = new Writes(crm, clock);
        this.bulk = new BulkRead(crm, clock);
    }

    @Override
    public Endpoint endpoint(Request request) {
        String path = request.path();
        List<String> parts = path.startsWith(PREFIX)
                ? List.of(path.substring(PREFIX.length()).split("/"))
                : List.of();
        Route route;
        try {
            route = path.startsWith(BULK) ? bulk(request) : parts.isEmpty() ? unknown() : route(parts, request);
        } catch (Refusal refusal) {
            route = new Route("(refused)", 1, refusal::reply);
        }
        Route chosen = route;
        return new Endpoint(request.method() + " " + chosen.name(), r -> run(chosen, r));
    }

    /** A resolved call: its name, its price in credits, and its action. */
    private record Route(String name, int price, Supplier<Reply> call) {}

    private Reply run(Route route, Request request) {
        try {
            crm.becomeVisible(clock.seconds().getEpochSecond());
            authorise(request);
            return credits.spend(route.name(), route.price(), route.call());
        } catch (Refusal refusal) {
            return refusal.reply();
        }
    }

    private void authorise(Request request) {
        String header = request.header("Authorization");
        if (header == null || !header.startsWith(SCHEME)) {
            throw new Refusal(401, "AUTHENTICATION_FAILURE", "Authentication failed", Map.of());
        }
        if (!tokens.accepts(header.substring(SCHEME.length()).trim())) {
            throw new Refusal(401, "INVALID_TOKEN", "invalid oauth token", Map.of());
        }
        if (!NeededScopes.of(request).stream().allMatch(tokens.scopes()::permit)) {
            throw new Refusal(401, "OAUTH_SCOPE_MISMATCH", "invalid oauth scope to access this URL", Map.of());
        }
    }

    private Route route(List<String> parts, Request request) {
        String first = parts.get(0);
        String method = request.method();
        switch (first) {
            case "coql":
                return new Route("/crm/v8/coql", Credits.COQL, () -> only("POST", method, () -> coql.run(request)));
            case "org":
                return new Route(
                        "/crm/v8/org",
                        1,
                        () -> Reply.json(200, Organisation.details(crm.privacySettings(), crm.edition())));
            case "users":
                return new Route("/crm/v8/users", 1, () -> Reply.json(200, Users.list(request.param("type"))));
            case "settings":
                return new Route(
                        "/crm/v8/settings/" + (parts.size() > 1 ? parts.get(1) : ""),
                        1,
                        () -> settings.read(parts.subList(1, parts.size()), request));
            default:
                return records(parts, request);
        }
    }

    private Route records(List<String> parts, Request request) {
        ModuleStore store = crm.module(parts.get(0)).orElse(null);
        if (store == null) {
            return new Route("/crm/v8/{unknown}", 1, () -> {
                throw Refusal.module();
            });
        }
        String name = "/crm/v8/" + parts.get(0);
        if (store.access().closed()) {
            return new Route(name, 1, () -> {
                throw Refusal.closed(parts.get(0));
            });
        }
        String method = request.method();
        if (parts.size() == 1) {
            return method.equals("GET")
                    ? new Route(name, request.param("cvid") == null ? 1 : 3, () -> list.read(store, request))
                    : new Route(name, Writes.price(request), () -> writes.write(store, request));
        }
        String second = parts.get(1);
        if (second.equals("deleted")) {
            return new Route(name + "/deleted", 2, () -> only("GET", method, () -> DeletedList.read(store, request)));
        }
        if (second.equals("upsert")) {
            return new Route(name + "/upsert", 1, () -> only("POST", method, () -> writes.upsert(store, request)));
        }
        if (second.equals("actions") && parts.size() == 3 && parts.get(2).equals("count")) {
            return new Route(name + "/actions/count", 1, () -> count.read(store, request));
        }
        if (store.spec().apiName().equals("Campaigns") && parts.size() > 2 && parts.size() < 5) {
            return new Route(
                    name + "/{id}/" + parts.get(2),
                    1,
                    () -> campaignMembers.call(recordId(second), parts.subList(2, parts.size()), request));
        }
        if (parts.size() > 2) {
            return unknown();
        }
        return new Route(name + "/{id}", 1, () -> {
            long id = recordId(second);
            return method.equals("GET") ? SingleRecord.read(store, id, request) : writes.writeOne(store, id, request);
        });
    }

    private Route bulk(Request request) {
        String rest = request.path().substring(BULK.length());
        if (rest.isEmpty()) {
            return new Route(BULK, BULK_PRICE, () -> only("POST", request.method(), () -> bulk.create(request)));
        }
        String id = rest.substring(1);
        return id.endsWith("/result")
                ? new Route(BULK + "/{id}/result", 1, () -> bulk.result(id.substring(0, id.length() - 7)))
                : new Route(BULK + "/{id}", 1, () -> bulk.status(id));
    }

    private static long recordId(String text) {
        if (!text.matches("\\d{1,19}")) {
            throw Refusal.of(
                    "PATTERN_NOT_MATCHED",
                    "Please check whether the input values are correct",
                    Map.of("param_name", "id"));
        }
        return Long.parseUnsignedLong(text);
    }

    private static Reply only(String allowed, String method, Supplier<Reply> call) {
        if (!allowed.equals(method)) {
            throw Refusal.method();
        }
        return call.get();
    }

    private static Route unknown() {
        return new Route("(unknown path)", 1, () -> {
            throw Refusal.url();
        });
    }
}
