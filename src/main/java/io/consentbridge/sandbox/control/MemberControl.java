package io.consentbridge.sandbox.control;

import com.fasterxml.jackson.databind.JsonNode;
import io.consentbridge.sandbox.campaigns.Backstage;
import io.consentbridge.sandbox.campaigns.Listing;
import io.consentbridge.sandbox.web.Reply;
import io.consentbridge.sandbox.web.Request;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** Makes events happen to members of lists, and creates lists, topics and contact fields. */
final class MemberControl {

    private final World world;

    MemberControl(World world) {
        this.world = world;
    }

    Reply event(String word, Request request) {
        JsonNode body = Answers.body(request);
        Backstage.Event event =
                Backstage.Event.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
        String list = Answers.text(body, "list");
        if (body.has("emails")) {
            return many(event, list, body.get("emails"));
        }
        String email = Answers.required(body, "email");
        boolean happened = world.campaigns().happens(event, list, email);
        return Answers.done(happened, email + " is not there, or not in the state that this needs");
    }

    private Reply many(Backstage.Event event, String list, JsonNode emails) {
        int happened = 0;
        for (JsonNode email : emails) {
            happened += world.campaigns().happens(event, list, email.asText()) ? 1 : 0;
        }
        return Answers.done(Map.of("happened", happened));
    }

    /** Sets how members are listed, and who may come back; anything not named stays unchanged. */
    Reply listing(Request request) {
        JsonNode body = Answers.body(request);
        Listing listing = world.campaigns().listing();
        if (body.has("most")) {
            listing.most(body.get("most").asInt(Integer.MAX_VALUE));
        }
        if (body.has("order")) {
            listing.order(Listing.Order.valueOf(word(body, "order")));
        }
        if (body.has("late")) {
            String until = Answers.text(body, "until");
            listing.late(
                    Duration.parse(Answers.text(body, "late")).toMillis(),
                    until == null ? Listing.Until.OLD : Listing.Until.valueOf(word(body, "until")));
        }
        if (body.has("rejoin")) {
            listing.rejoin(Listing.Rejoin.valueOf(word(body, "rejoin")));
        }
        if (body.has("empty")) {
            listing.empty(Listing.Empty.valueOf(word(body, "empty")));
        }
        if (body.has("reactivates")) {
            listing.reactivates(body.get("reactivates").asBoolean());
        }
        return Answers.done();
    }

    private static String word(JsonNode body, String name) {
        return Answers.text(body, name).toUpperCase(Locale.ROOT);
    }

    Reply list(Request request) {
        if (request.method().equals("DELETE")) {
            String name = request.param("name", "");
            return Answers.done(world.campaigns().removeList(name), "there is no list " + name);
        }
        JsonNode body = Answers.body(request);
        if (request.method().equals("PUT")) {
            return change(body);
        }
        boolean open = "public".equals(Answers.text(body, "signupform"));
        return world.campaigns().addList(Answers.required(body, "name"), open)
                ? Answers.done()
                : Answers.wrong("there is a list of that name");
    }

    private Reply change(JsonNode body) {
        if (body.has("tellForm")) {
            world.campaigns().tellForm(body.get("tellForm").asBoolean());
            return Answers.done();
        }
        String name = Answers.required(body, "name");
        String form = Answers.text(body, "signupform");
        Boolean open = form == null ? null : form.equals("public");
        return Answers.done(
                world.campaigns().changeList(name, Answers.text(body, "newName"), open),
                "there is no list " + name + ", or one of the new name already");
    }

    Reply topic(Request request) {
        if (request.method().equals("DELETE")) {
            String gone = request.param("name", "");
            return Answers.done(world.campaigns().removeTopic(gone), "there is no topic " + gone);
        }
        JsonNode body = Answers.body(request);
        String name = Answers.required(body, "name");
        String description = Answers.text(body, "description");
        return world.campaigns().addTopic(name, description == null ? name : description)
                ? Answers.done()
                : Answers.wrong("there is a topic of that name");
    }

    Reply field(Request request) {
        return world.campaigns().addField(Answers.required(Answers.body(request), "name"))
                ? Answers.done()
                : Answers.wrong("there is a field of that name");
    }

    /** Switches all workflows on or off ({@code active}). */
    Reply workflows(Request request) {
        world.campaigns()
                .workflows()
                .active(Answers.body(request).path("active").asBoolean(true));
        return Answers.done();
    }
}
