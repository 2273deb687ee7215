package io.consentbridge.api;

import java.util.List;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;

/**
 * The HTTP API of a running runtime, on Camel's platform-http: each operation has a path, JSON in and out, failures as
 * problem details. Every request must carry the token.
 */
public final class ApiRoutes extends RouteBuilder {

    private static final int OK = 200;
    private static final int ACCEPTED = 202;
    private static final int USUAL_LIMIT = 20;
    private static final int MOST = 10_000;

    private final Operations operations;
    private final ApiToken token;

    /** Creates the routes; every request uses both parameters, from several threads. */
    public ApiRoutes(Operations operations, ApiToken token) {
        this.operations = operations;
        this.token = token;
    }

    /** The body of a request for a run. */
    record RunRequest(boolean full) {}

    /** The body of a request that releases removals. */
    record RemovalsRequest(long people) {}

    /** The body of a request about dead letters. */
    record IdsRequest(List<Long> ids) {}

    /** The body of a request about the dead letters of higher numbers. */
    record AfterRequest(long after) {}

    /** The body of a request about one person. */
    record ExplainRequest(String email) {
        @Override
        public String toString() {
            return "request about a person";
        }
    }

    /** The answer of {@code /api/ping}, by which a command recognises a running runtime. */
    record Pong(String product) {}

    @Override
    public void configure() {
        errorHandler(noErrorHandler());
        get("ping", "ping", "Answers when the runtime is up", request -> new Pong("ConsentBridge"));
        get("list-syncs", "syncs", "Every sync", request -> operations.syncs());
        get("show-sync", "syncs/{name}", "One sync", request -> operations.sync(name(request)));
        post(
                "start-run",
                "syncs/{name}/runs",
                "Starts a run of a sync if the limits allow it",
                ACCEPTED,
                request -> operations.startRun(
                        name(request), body(request, RunRequest.class).full()));
        post(
                "allow-removals",
                "syncs/{name}/removals",
                "Releases the removals of a sync that the brake holds",
                ACCEPTED,
                request -> operations.allowRemovals(
                        name(request), body(request, RemovalsRequest.class).people()));
        post(
                "activate-sync",
                "syncs/{name}/activate",
                "Activates a sync: it runs on its schedule",
                OK,
                request -> operations.activate(name(request)));
        post(
                "deactivate-sync",
                "syncs/{name}/deactivate",
                "Deactivates a sync: it does not run on its schedule",
                OK,
                request -> operations.deactivate(name(request)));
        post(
                "create-sync",
                "syncs/{name}/create",
                "Creates a sync",
                OK,
                request -> operations.createSync(name(request), syncText(request)));
        post(
                "edit-sync",
                "syncs/{name}/edit",
                "Changes a sync",
                OK,
                request -> operations.editSync(name(request), syncText(request)));
        post(
                "delete-sync",
                "syncs/{name}/delete",
                "Deletes a sync",
                OK,
                request -> operations.deleteSync(name(request)));
        get(
                "list-runs",
                "runs",
                "Runs, newest first",
                request -> operations.history(text(request, "sync"), text(request, "after"), limit(request)));
        get("show-run", "runs/{id}", "One run", request -> operations.run(request.getHeader("id", String.class)));
        get(
                "show-run-progress",
                "runs/{id}/progress",
                "The progress of one run",
                request -> operations.progress(request.getHeader("id", String.class)));
        post(
                "start-preview",
                "syncs/{name}/previews",
                "Starts a preview of a sync",
                ACCEPTED,
                request -> operations.startPreview(
                        name(request), body(request, RunRequest.class).full()));
        get("show-preview", "previews/{id}", "One preview", request -> operations.preview(id(request)));
        get(
                "list-preview",
                "previews/{id}/people",
                "The people of a preview, page by page",
                request -> operations.previewLines(
                        id(request),
                        request.getHeader("after", "", String.class),
                        Boolean.parseBoolean(text(request, "unchanged"))));
        post("end-preview", "previews/{id}/end", "Ends a preview", OK, request -> operations.endPreview(id(request)));
        get(
                "show-plan",
                "previews/{id}/plan",
                "The header of the plan of a preview",
                request -> operations.planHeader(id(request)));
        get(
                "list-plan",
                "previews/{id}/plan/lines",
                "The lines of the plan of a preview, page by page",
                request -> operations.plan(id(request), request.getHeader("after", "", String.class)));
        post(
                "begin-plan",
                "plans",
                "Starts the upload of a plan",
                ACCEPTED,
                request -> operations.beginPlan(body(request, PlanHeader.class)));
        post(
                "add-to-plan",
                "plans/{id}/lines",
                "Uploads lines of a plan",
                ACCEPTED,
                request -> operations.addToPlan(
                        id(request), body(request, PlanPage.class).lines()));
        post(
                "start-plan",
                "plans/{id}/run",
                "Starts a run that carries out a plan",
                ACCEPTED,
                request -> operations.startPlan(id(request)));
        get(
                "list-run-records",
                "runs/{id}/records",
                "The records of a run, page by page",
                request -> operations.records(
                        text(request, "id"),
                        new RecordsView.Asked(
                                text(request, "outcome"),
                                text(request, "reason"),
                                text(request, "after"),
                                limit(request))));
        get(
                "list-dead-letters",
                "dead-letters",
                "Dead letters, newest first",
                request -> operations.deadLetters(limit(request)));
        get(
                "show-dead-letter",
                "dead-letters/{id}",
                "One dead letter",
                request -> operations.deadLetter(number(request, "id")));
        post(
                "replay-dead-letters",
                "dead-letters/replay",
                "Queues dead letters for delivery again",
                OK,
                request -> operations.replay(ids(request)));
        post(
                "replay-dead-letters-after",
                "dead-letters/replay-after",
                "Queues the next dead letters after a number for delivery again",
                OK,
                request ->
                        operations.replayAfter(body(request, AfterRequest.class).after()));
        post(
                "discard-dead-letters",
                "dead-letters/discard",
                "Discards dead letters",
                OK,
                request -> operations.discard(ids(request)));
        post(
                "explain",
                "explain",
                "Everything about one person",
                OK,
                request -> operations.explain(email(body(request, ExplainRequest.class))));
        get(
                "list-pending-requests",
                "consent/pending",
                "The open requests for consent",
                request -> operations.pending(text(request, "purpose")));
        post(
                "suppress-person",
                "person/suppress",
                "Suppresses one person by hand",
                OK,
                request -> operations.suppress(body(request, PersonOrder.class)));
        post(
                "export-person",
                "person/export",
                "Writes everything that is held about one person into a folder",
                OK,
                request -> operations.exportPerson(body(request, PersonFolder.class)));
        post(
                "erase-person",
                "person/erase",
                "Erases one person",
                ACCEPTED,
                request -> operations.erase(body(request, PersonOrder.class)));
        post(
                "show-erasure",
                "person/erasures/{id}",
                "How far an erasure is",
                OK,
                request -> operations.erasure(number(request, "id")));
        post(
                "release-person",
                "person/release",
                "Ends suppressions by hand of one person",
                OK,
                request -> operations.release(body(request, PersonOrder.class)));
        post(
                "try-consent",
                "consent/try",
                "Sends the mail of a purpose to an address of the operator's",
                OK,
                request -> operations.tryConsent(body(request, ConsentTrial.class)));
        post(
                "keep-notice",
                "consent/notice",
                "Fetches the privacy notice of a purpose and stores its hash",
                OK,
                request -> operations.keepNotice(body(request, PurposeName.class)));
        get("show-ledger", "ledger", "The state of the consent ledger", request -> operations.ledgerStatus());
        post(
                "verify-ledger",
                "ledger/verify",
                "Verifies the consent ledger",
                OK,
                request -> operations.verifyLedger(body(request, LedgerCheck.class)));
        post(
                "export-ledger",
                "ledger/export",
                "Writes the consent ledger into a folder",
                OK,
                request -> operations.exportLedger(body(request, LedgerFolder.class)));
        post(
                "acknowledge-ledger",
                "ledger/acknowledge",
                "Ends the alarm of the consent ledger",
                OK,
                request -> operations.acknowledgeLedger(body(request, LedgerReason.class)));
        post(
                "rotate-ledger-key",
                "ledger/rotate-key",
                "Replaces the master key of the consent ledger",
                OK,
                request -> operations.rotateLedgerKey());
        get(
                "list-confirmations",
                "confirmations",
                "Requests for consent, counted by purpose and state",
                request -> operations.confirmations());
        get("show-quota", "quota", "Quotas, limits and pending deliveries", request -> operations.quota());
        get("show-status", "status", "An overview of the installation", request -> operations.status());
        post("check", "check", "All problems of the installation", OK, request -> operations.check());
        post("reload", "reload", "Loads changed files", OK, request -> operations.reload());
    }

    private void get(String id, String path, String description, ApiEndpoint.Answer answer) {
        route(id, path, "GET", description, OK, answer);
    }

    private void post(String id, String path, String description, int success, ApiEndpoint.Answer answer) {
        route(id, path, "POST", description, success, answer);
    }

    private void route(
            String id, String path, String method, String description, int success, ApiEndpoint.Answer answer) {
        from("platform-http:/api/" + path + "?httpMethodRestrict=" + method)
                .routeId("api-" + id)
                .routeDescription(description)
                .process(new ApiEndpoint(token, success, answer));
    }

    private static String name(Message request) {
        return request.getHeader("name", String.class);
    }

    /** Returns the header's text; null when it is missing. */
    private static String text(Message request, String header) {
        return request.getHeader(header, String.class);
    }

    private static String email(ExplainRequest request) {
        if (request.email() == null || request.email().isBlank()) {
            throw new OperationFailure.Refused("give an address in email");
        }
        return request.email();
    }

    private static String id(Message request) {
        return request.getHeader("id", String.class);
    }

    private static int limit(Message request) {
        return request.getHeader("limit") == null ? USUAL_LIMIT : (int) Math.min(number(request, "limit"), MOST);
    }

    private static long number(Message request, String header) {
        String text = request.getHeader(header, String.class);
        try {
            long number = Long.parseLong(text);
            if (number >= 1) {
                return number;
            }
        } catch (NumberFormatException told) {
            // The check below reports this, like a number that is too small.
        }
        throw new OperationFailure.Refused(header + " must be a whole number from 1, not " + text);
    }

    private static List<Long> ids(Message request) throws Exception {
        List<Long> ids = body(request, IdsRequest.class).ids();
        if (ids == null || ids.isEmpty()) {
            throw new OperationFailure.Refused("give at least one dead letter in ids");
        }
        return ids;
    }

    private static SyncSource syncText(Message request) throws Exception {
        SyncSource text = body(request, SyncSource.class);
        if (text.text() == null) {
            throw new OperationFailure.Refused("give the text of the sync's file in text");
        }
        return new SyncSource(text.from() == null ? "text" : text.from(), text.text());
    }

    private static <T> T body(Message request, Class<T> type) throws Exception {
        String text = request.getBody(String.class);
        return Json.MAPPER.readValue(text == null || text.isBlank() ? "{}" : text, type);
    }
}
