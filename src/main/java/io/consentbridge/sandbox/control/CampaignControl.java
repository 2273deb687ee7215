package io.consentbridge.sandbox.control;

import com.fasterxml.jackson.databind.JsonNode;
import io.consentbridge.sandbox.crm.store.ModuleStore;
import io.consentbridge.sandbox.web.Reply;
import io.consentbridge.sandbox.web.Request;

/** Adds and removes members of CRM campaigns as a user of the CRM would. */
final class CampaignControl {

    private final World world;

    CampaignControl(World world) {
        this.world = world;
    }

    /** {@code POST} makes the record {@code id} of {@code module} a member of the campaign, {@code DELETE} removes it. */
    Reply call(String campaign, Request request) {
        JsonNode body = Answers.body(request);
        ModuleStore store = world.crm()
                .module(Answers.required(body, "module"))
                .orElseThrow(() -> new IllegalArgumentException("there is no such module"));
        long id = Long.parseLong(Answers.required(body, "id"));
        long of = Long.parseLong(campaign);
        if (request.method().equals("DELETE")) {
            return Answers.done(world.crm().memberships().remove(of, store, id), "there is no such member");
        }
        world.crm().memberships().put(of, store, id, "Planned");
        return Answers.done();
    }
}
