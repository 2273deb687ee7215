package io.consentbridge.api;

import com.fasterxml.jackson.core.type.TypeReference;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The operations of a runtime that is up, called over its API. */
public final class RemoteOperations implements Operations {

    private final ApiClient client;

    /** Creates the operations; makes no request yet. */
    public RemoteOperations(ApiToken token) {
        this.client = new ApiClient(token);
    }

    /**
     * Returns a runtime of this data folder, empty when there is none; ignores a file that a crash left behind.
     *
     * @throws OperationFailure.OutOfReach when runtimes exist, and none answers
     */
    public static Optional<RemoteOperations> find(Path dataFolder) {
        OperationFailure.OutOfReach silent = null;
        for (ApiToken token : ApiToken.read(dataFolder)) {
            RemoteOperations found = new RemoteOperations(token);
            try {
                if (found.client.answers()) {
                    return Optional.of(found);
                }
            } catch (OperationFailure.OutOfReach busy) {
                silent = new OperationFailure.OutOfReach(
                        busy.getMessage() + ". If that is not ConsentBridge, remove the file " + token.file(dataFolder),
                        busy);
            }
        }
        if (silent != null) {
            throw silent;
        }
        return Optional.empty();
    }

    @Override
    public List<SyncView> syncs() {
        return client.get("syncs", new TypeReference<>() {});
    }

    @Override
    public SyncView sync(String name) {
        return client.get("syncs/" + coded(name), new TypeReference<>() {});
    }

    @Override
    public RunStarted startRun(String sync, boolean full) {
        return client.post("syncs/" + coded(sync) + "/runs", new ApiRoutes.RunRequest(full), new TypeReference<>() {});
    }

    @Override
    public RunStarted allowRemovals(String sync, long people) {
        return client.post(
                "syncs/" + coded(sync) + "/removals", new ApiRoutes.RemovalsRequest(people), new TypeReference<>() {});
    }

    @Override
    public RunView run(String id) {
        return client.get("runs/" + coded(id), new TypeReference<>() {});
    }

    @Override
    public RunProgress progress(String id) {
        return client.get("runs/" + coded(id) + "/progress", new TypeReference<>() {});
    }

    @Override
    public List<RunView> history(String sync, String after, int limit) {
        return client.get(
                "runs?limit=" + limit + parameter("sync", sync) + parameter("after", after), new TypeReference<>() {});
    }

    @Override
    public RecordsView records(String run, RecordsView.Asked asked) {
        return client.get(
                "runs/" + coded(run) + "/records?limit=" + asked.limit() + parameter("outcome", asked.outcome())
                        + parameter("reason", asked.reason()) + parameter("after", asked.after()),
                new TypeReference<>() {});
    }

    private static String parameter(String name, String value) {
        return value == null ? "" : "&" + name + "=" + coded(value);
    }

    @Override
    public SyncView activate(String sync) {
        return client.post("syncs/" + coded(sync) + "/activate", null, new TypeReference<>() {});
    }

    @Override
    public SyncView deactivate(String sync) {
        return client.post("syncs/" + coded(sync) + "/deactivate", null, new TypeReference<>() {});
    }

    @Override
    public SyncView createSync(String name, SyncSource text) {
        return client.post("syncs/" + coded(name) + "/create", text, new TypeReference<>() {});
    }

    @Override
    public SyncView editSync(String name, SyncSource text) {
        return client.post("syncs/" + coded(name) + "/edit", text, new TypeReference<>() {});
    }

    @Override
    public SyncDeleted deleteSync(String name) {
        return client.post("syncs/" + coded(name) + "/delete", null, new TypeReference<>() {});
    }

    @Override
    public List<DeadLetterView> deadLetters(int limit) {
        return client.get("dead-letters?limit=" + limit, new TypeReference<>() {});
    }

    @Override
    public DeadLetterView deadLetter(long id) {
        return client.get("dead-letters/" + id, new TypeReference<>() {});
    }

    @Override
    public DeadLettersHandled replay(List<Long> ids) {
        return client.post("dead-letters/replay", new ApiRoutes.IdsRequest(ids), new TypeReference<>() {});
    }

    @Override
    public DeadLettersHandled replayAfter(long after) {
        return client.post("dead-letters/replay-after", new ApiRoutes.AfterRequest(after), new TypeReference<>() {});
    }

    @Override
    public DeadLettersHandled discard(List<Long> ids) {
        return client.post("dead-letters/discard", new ApiRoutes.IdsRequest(ids), new TypeReference<>() {});
    }

    @Override
    public List<ConfirmationsView> confirmations() {
        return client.get("confirmations", new TypeReference<>() {});
    }

    @Override
    public QuotaView quota() {
        return client.get("quota", new TypeReference<>() {});
    }

    @Override
    public StatusView status() {
        return client.get("status", new TypeReference<>() {});
    }

    @Override
    public CheckView check() {
        return client.post("check", null, new TypeReference<>() {});
    }

    @Override
    public ReloadView reload() {
        return client.post("reload", null, new TypeReference<>() {});
    }

    @Override
    public PreviewView startPreview(String sync, boolean full) {
        return client.post(
                "syncs/" + coded(sync) + "/previews", new ApiRoutes.RunRequest(full), new TypeReference<>() {});
    }

    @Override
    public PreviewView preview(String id) {
        return client.get("previews/" + coded(id), new TypeReference<>() {});
    }

    @Override
    public PreviewPage previewLines(String id, String after, boolean unchanged) {
        return client.get(
                "previews/" + coded(id) + "/people?unchanged=" + unchanged + "&after=" + coded(after),
                new TypeReference<>() {});
    }

    @Override
    public PreviewView endPreview(String id) {
        return client.post("previews/" + coded(id) + "/end", null, new TypeReference<>() {});
    }

    @Override
    public PlanHeader planHeader(String preview) {
        return client.get("previews/" + coded(preview) + "/plan", new TypeReference<>() {});
    }

    @Override
    public PlanPage plan(String preview, String after) {
        return client.get("previews/" + coded(preview) + "/plan/lines?after=" + coded(after), new TypeReference<>() {});
    }

    @Override
    public PlanKept beginPlan(PlanHeader header) {
        return client.post("plans", header, new TypeReference<>() {});
    }

    @Override
    public PlanKept addToPlan(String plan, List<PlanPage.Line> lines) {
        return client.post("plans/" + coded(plan) + "/lines", new PlanPage(lines, null), new TypeReference<>() {});
    }

    @Override
    public RunStarted startPlan(String plan) {
        return client.post("plans/" + coded(plan) + "/run", null, new TypeReference<>() {});
    }

    @Override
    public ConsentTried tryConsent(ConsentTrial trial) {
        return client.post("consent/try", trial, new TypeReference<>() {});
    }

    @Override
    public NoticeKept keepNotice(PurposeName purpose) {
        return client.post("consent/notice", purpose, new TypeReference<>() {});
    }

    @Override
    public PendingView pending(String purpose) {
        return client.get(
                "consent/pending" + (purpose == null ? "" : "?purpose=" + coded(purpose)), new TypeReference<>() {});
    }

    /** Sends the e-mail address in the body, because URLs of requests are logged in many places. */
    @Override
    public ExplainView explain(String email) {
        return client.post("explain", new ApiRoutes.ExplainRequest(email), new TypeReference<>() {});
    }

    @Override
    public PersonSuppressed suppress(PersonOrder order) {
        return client.post("person/suppress", order, new TypeReference<>() {});
    }

    @Override
    public LedgerStatusView ledgerStatus() {
        return client.get("ledger", new TypeReference<>() {});
    }

    @Override
    public LedgerVerified verifyLedger(LedgerCheck check) {
        return client.post("ledger/verify", check, new TypeReference<>() {});
    }

    @Override
    public LedgerExported exportLedger(LedgerFolder folder) {
        return client.post("ledger/export", folder, new TypeReference<>() {});
    }

    @Override
    public LedgerAcknowledged acknowledgeLedger(LedgerReason reason) {
        return client.post("ledger/acknowledge", reason, new TypeReference<>() {});
    }

    @Override
    public LedgerKeyRotated rotateLedgerKey() {
        return client.post("ledger/rotate-key", null, new TypeReference<>() {});
    }

    @Override
    public PersonExported exportPerson(PersonFolder order) {
        return client.post("person/export", order, new TypeReference<>() {});
    }

    @Override
    public PersonErasure erase(PersonOrder order) {
        return client.post("person/erase", order, new TypeReference<>() {});
    }

    @Override
    public PersonErasure erasure(long id) {
        return client.post("person/erasures/" + id, null, new TypeReference<>() {});
    }

    @Override
    public PersonReleased release(PersonOrder order) {
        return client.post("person/release", order, new TypeReference<>() {});
    }

    private static String coded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
