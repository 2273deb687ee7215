package io.consentbridge.sandbox;

import io.consentbridge.sandbox.campaigns.MailingScreen;
import io.consentbridge.sandbox.web.Endpoint;
import io.consentbridge.sandbox.web.Outcome;
import io.consentbridge.sandbox.web.Reply;
import io.consentbridge.sandbox.web.Request;
import java.util.Map;
import java.util.function.Function;

/**
 * Routes each call to its API, applies faults, and counts every call except those of the control API. A call that is under
 * way when everything is reset ends in the simulation in which it began.
 */
final class Gate implements Function<Request, Outcome> {

    private final Function<Runnable, Simulation> beginning;
    private volatile Simulation simulation;

    /** Begins a simulation; the argument of {@code beginning} begins another one in its place. */
    Gate(Function<Runnable, Simulation> beginning) {
        this.beginning = beginning;
        begin();
    }

    /** Returns the campaigns of the simulation of now. */
    MailingScreen mailings() {
        return simulation.world().mailings();
    }

    private void begin() {
        simulation = beginning.apply(this::begin);
    }

    @Override
    public Outcome apply(Request request) {
        Simulation current = simulation;
        try {
            if (request.path().startsWith("/sandbox/")) {
                return new Outcome.Answered(
                        current.control().endpoint(request).handler().apply(request));
            }
            Endpoint endpoint = current.api(request.path()).endpoint(request);
            Outcome outcome = current.world().faults().run(endpoint, request);
            current.world().calls().note(endpoint.name(), request, result(outcome));
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
