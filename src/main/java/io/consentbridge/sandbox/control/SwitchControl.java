package io.consentbridge.sandbox.control;

import com.fasterxml.jackson.databind.JsonNode;
import io.consentbridge.sandbox.web.Reply;
import io.consentbridge.sandbox.web.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Limits, clock and tokens. */
final class SwitchControl {

    private final World world;

    SwitchControl(World world) {
        this.world = world;
    }

    Reply quotas(Request request) {
        JsonNode body = Answers.body(request);
        if (body.has("enforced")) {
            world.limits().turn(body.get("enforced").asBoolean());
        }
        if (body.has("crmCredits")) {
            world.credits().limit(body.get("crmCredits").asLong());
        }
        if (body.path("forget").asBoolean(false)) {
            world.quotas().clear();
        }
        return Answers.done();
    }

    Reply clock(Request request) {
        JsonNode body = Answers.body(request);
        String forward = Answers.text(body, "forward");
        String now = Answers.text(body, "now");
        if (forward != null) {
            world.clock().move(Duration.parse(forward));
        }
        if (now != null) {
            world.clock().set(Instant.parse(now));
        }
        return Answers.done(Map.of("now", world.clock().instant().toString()));
    }

    /** Sets the scopes; anything left out stays unchanged; {@code "granted": null} grants everything. */
    Reply scopes(Request request) {
        JsonNode body = Answers.body(request);
        if (body.has("granted")) {
            world.tokens().scopes().grant(Answers.text(body, "granted"));
        }
        if (body.has("told")) {
            world.tokens().scopes().tell(body.get("told").asBoolean());
        }
        if (body.has("named")) {
            world.tokens().scopes().name(body.get("named").asBoolean());
        }
        return Answers.done();
    }

    Reply revoke(Request request) {
        String token = Answers.text(Answers.body(request), "token");
        if (token != null) {
            return Answers.done(world.tokens().revoke(token), "there is no such token");
        }
        world.tokens().revokeAccessTokens();
        return Answers.done();
    }

    Reply credentials(Request request) {
        JsonNode body = Answers.body(request);
        world.tokens()
                .register(
                        Answers.required(body, "clientId"),
                        Answers.required(body, "clientSecret"),
                        Answers.required(body, "refreshToken"));
        return Answers.done();
    }
}
