package io.consentbridge.sandbox.control;

import io.consentbridge.sandbox.crm.store.ModuleStore;
import io.consentbridge.sandbox.web.Reply;
import io.consentbridge.sandbox.web.Request;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads the state of the sandbox, and resets it. */
final class Observation {

    private static final int USUAL_CALLS = 100;

    private final World world;
    private final Runnable restart;

    Observation(World world, Runnable restart) {
        this.world = world;
        this.restart = restart;
    }

    Reply state(Request request) {
        Map<String, Object> modules = new LinkedHashMap<>();
        for (ModuleStore store : world.crm().modules()) {
            modules.put(store.spec().apiName(), store.size());
        }
        Map<String, Object> quotas = new LinkedHashMap<>();
        quotas.put("enforced", world.limits().getAsBoolean());
        quotas.put("crmCreditsUsed", world.credits().used());
        quotas.put("crmCreditsADay", world.credits().limit());
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("now", world.clock().seconds().toString());
        state.put("quotas", quotas);
        state.put("tokensIssued", world.tokens().issued());
        state.put("calls", world.calls().counts());
        state.put("lockedOut", world.quotas().lockedOut());
        state.put("violations", world.violations().counts());
        state.put("violationList", world.violations().list());
        state.put("records", modules);
        state.put("contacts", world.campaigns().contacts());
        state.put("workflows", world.campaigns().workflows().log());
        state.put("lists", world.campaigns().lists());
        state.put("topics", world.campaigns().topicList());
        state.put("mailings", world.mailings().all());
        return Answers.done(state);
    }

    Reply members(Request request) {
        String list = request.param("list");
        if (list == null) {
            return Answers.wrong("'list' is missing");
        }
        return world.campaigns()
                .members(list)
                .map(members -> Answers.done(Map.of("list", list, "members", members)))
                .orElseGet(() -> Answers.done(false, "there is no list " + list));
    }

    Reply calls(Request request) {
        int limit = Integer.parseInt(request.param("limit", Integer.toString(USUAL_CALLS)));
        return Answers.done(Map.of("calls", world.calls().recent(request.param("method", ""), limit)));
    }

    /** Forgets calls and violations, or, with {@code "everything": true}, whatever happened since the start. */
    Reply reset(Request request) {
        if (Answers.body(request).path("everything").asBoolean(false)) {
            restart.run();
        } else {
            world.calls().reset();
            world.violations().reset();
        }
        return Answers.done();
    }
}
