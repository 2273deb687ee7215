package io.consentbridge.sandbox.control;

import com.fasterxml.jackson.databind.JsonNode;
import io.consentbridge.sandbox.campaigns.Backstage;
import io.consentbridge.sandbox.web.Reply;
import io.consentbridge.sandbox.web.Request;
import java.util.Locale;

/** What happens to members of lists, and new lists, topics and contact fields. */
final class MemberControl {

    private final World world;

    MemberControl(World world) {
        this.world = world;
    }

    Reply event(String word, Request request) {
        JsonNode body = Answers.body(request);
        Backstage.Event event =
                Backstage.Event.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
        String email = Answers.required(body, "email");
        boolean happened = world.campaigns().happens(event, Answers.text(body, "list"), email);
        return Answers.done(happened, email + " is not there, or not in the state that this needs");
    }

    Reply list(Request request) {
        if (request.method().equals("DELETE")) {
            String name = request.param("name", "");
            return Answers.done(world.campaigns().removeList(name), "there is no list " + name);
        }
        JsonNode body = Answers.body(request);
        boolean open = "public".equals(Answers.text(body, "signupform"));
        return world.campaigns().addList(Answers.required(body, "name"), open)
                ? Answers.done()
                : Answers.wrong("there is a list of that name");
    }

    Reply topic(Request request) {
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
}
