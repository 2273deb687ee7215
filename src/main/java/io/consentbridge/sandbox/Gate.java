package io.consentbridge.sandbox;

import io.consentbridge.sandbox.control.World;
import io.consentbridge.sandbox.web.Api;
import io.consentbridge.sandbox.web.Endpoint;
import io.consentbridge.sandbox.web.Outcome;
import io.consentbridge.sandbox.web.Reply;
import io.consentbridge.sandbox.web.Request;
import java.util.Map;
import java.util.function.Function;

/** Routes each call to its API, applies faults, and counts every call except those of the control API. */
final class Gate implements Function<Request, Outcome> {

    private final World world;
    private final Api crm;
    private final Api campaigns;
    private final Api control;
    private volatile Api accounts;

    Gate(World world, Api crm, Api campaigns, Api control) {
        this.world = world;
        this.crm = crm;
        this.campaigns = campaigns;
        this.control = control;
    }

    /** Adds the accounts API, once the port is known for which its tokens are valid. */
    void open(Api newAccounts) {
        accounts = newAccounts;
    }

    @Override
    public Outcome apply(Request request) {
        try {
            String path = request.path();
            if (path.startsWith("/sandbox/")) {
                return new Outcome.Answered(control.endpoint(request).handler().apply(request));
            }
            Endpoint endpoint = api(path).endpoint(request);
            Outcome outcome = world.faults().run(endpoint, request);
            world.calls().note(endpoint.name(), request, result(outcome));
            return outcome;
        } catch (RuntimeException e) {
            // As at Zoho, the caller sees a plain failure, and the cause stays in the sandbox.
            System.getLogger("sandbox").log(System.Logger.Level.ERROR, "sandbox: a call failed", e);
            return new Outcome.Answered(Reply.json(
                    500,
                    Map.of(
                            "code",
                            "INTERNAL_ERROR",
                            "details",
                            Map.of(),
                            "message",
                            "Internal Server Error",
                            "status",
                            "error")));
        }
    }

    private Api api(String path) {
        if (path.startsWith("/crm/")) {
            return crm;
        }
        return path.startsWith("/oauth/") ? accounts : campaigns;
    }

    private static String result(Outcome outcome) {
        if (outcome instanceof Outcome.Answered answered) {
            return answered.reply().result();
        }
        if (outcome instanceof Outcome.Truncated) {
            return "truncated";
        }
        if (outcome instanceof Outcome.Dripped) {
            return "dripped";
        }
        return outcome instanceof Outcome.Huge ? "huge" : "dropped";
    }
}
