package io.consentbridge.api;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** Operations over two syncs that remember what they were asked and answer with {@link Samples}. */
public class FakeOperations implements Operations {

    /** The requests for consent. */
    public List<ConfirmationsView> confirmations = List.of();

    /** What was asked, in order. */
    public final List<String> asked = new ArrayList<>();

    /** The state in which every run is found. */
    public String runState = "completed";

    public CheckView check = new CheckView(List.of("2 syncs, 1 purpose"), List.of());
    public ReloadView reload = new ReloadView(true, List.of("sync hospitality-leads changed"), List.of(), List.of());

    public StatusView status = Samples.status();

    public int recordsPerPage = 100;

    /** The sync that may not be activated; null for none. */
    public String notToActivate;

    /** The state in which every erasure is found. */
    public String erasureState = "erased";

    /** How many dead letters there are. */
    public int letters = 1;

    /** Whether the ledger does not fit. */
    public boolean ledgerAlarm;

    /** Thrown by every operation when it is not null. */
    public OperationFailure failure;

    /** Thrown when a run is to start and it is not null. */
    public OperationFailure refusedRun;

    private static final List<String> NAMES = List.of("hospitality-leads", "customers");

    @Override
    public List<SyncView> syncs() {
        note("syncs");
        return List.of(
                Samples.sync("customers", false),
                Samples.sync("hospitality-leads", notToActivate == null || !notToActivate.equals("hospitality-leads")));
    }

    @Override
    public SyncView sync(String name) {
        note("sync " + name);
        return Samples.sync(known(name), true);
    }

    @Override
    public SyncView createSync(String name, SyncSource text) {
        note("create " + name + " from " + text.from() + ": " + text.text());
        return Samples.sync(name, true);
    }

    @Override
    public SyncView editSync(String name, SyncSource text) {
        note("edit " + name + " from " + text.from() + ": " + text.text());
        return Samples.sync(known(name), true);
    }

    @Override
    public SyncDeleted deleteSync(String name) {
        note("delete " + name);
        return new SyncDeleted(known(name), 3, 1);
    }

    @Override
    public RunStarted startRun(String sync, boolean full) {
        note("run " + sync + (full ? " full" : ""));
        if (refusedRun != null) {
            throw refusedRun;
        }
        return new RunStarted("r-" + known(sync), sync, full, false);
    }

    @Override
    public RunStarted allowRemovals(String sync, long people) {
        note("allow " + people + " to leave " + sync);
        return new RunStarted("r-" + known(sync), sync, false, false);
    }

    @Override
    public RunView run(String id) {
        note("run? " + id);
        return view(id);
    }

    private RunView view(String id) {
        if (!id.startsWith("r-")) {
            throw new OperationFailure.UnknownName("run", id, List.of());
        }
        return Samples.run(id, NAMES.contains(id.substring(2)) ? id.substring(2) : "hospitality-leads", runState);
    }

    @Override
    public RunProgress progress(String id) {
        note("progress? " + id);
        RunView run = view(id);
        return new RunProgress(id, run.sync(), run.state(), run.over(), run.total(), run.pending());
    }

    @Override
    public List<RunView> history(String sync, String after, int limit) {
        note("history " + sync + " " + limit + (after == null ? "" : " after " + after));
        String name = sync == null ? "customers" : known(sync);
        return List.of(Samples.run("r-2", name, "failed"), Samples.run("r-1", name, "completed"));
    }

    /** Three records, of which a page holds as many as are asked for. */
    @Override
    public RecordsView records(String run, RecordsView.Asked asked) {
        note("records " + run + " " + asked.outcome() + " " + asked.reason() + " " + asked.after() + " "
                + asked.limit());
        int from = asked.after() == null ? 0 : Integer.parseInt(asked.after());
        int to = Math.min(3, from + Math.min(asked.limit(), recordsPerPage));
        return new RecordsView(
                run, "customers", "main", Samples.records().subList(from, to), to < 3 ? String.valueOf(to) : null);
    }

    @Override
    public SyncView activate(String sync) {
        note("activate " + sync);
        if (sync.equals(notToActivate)) {
            throw new OperationFailure.Refused("10 of 10 syncs are active; deactivate one first");
        }
        return Samples.sync(known(sync), true);
    }

    @Override
    public SyncView deactivate(String sync) {
        note("deactivate " + sync);
        return Samples.sync(known(sync), false);
    }

    @Override
    public List<DeadLetterView> deadLetters(int limit) {
        note("dead letters " + limit);
        return LongStream.range(7, 7 + Math.min(letters, limit))
                .mapToObj(Samples::deadLetter)
                .toList();
    }

    @Override
    public DeadLetterView deadLetter(long id) {
        note("dead letter " + id);
        return Samples.deadLetter(number(id));
    }

    @Override
    public DeadLettersHandled replay(List<Long> ids) {
        note("replay " + ids);
        ids.forEach(FakeOperations::number);
        return new DeadLettersHandled(ids);
    }

    @Override
    public DeadLettersHandled replayAfter(long after) {
        note("replay after " + after);
        return new DeadLettersHandled(after == 0 ? List.of(7L) : List.of());
    }

    @Override
    public DeadLettersHandled discard(List<Long> ids) {
        note("discard " + ids);
        ids.forEach(FakeOperations::number);
        return new DeadLettersHandled(ids);
    }

    @Override
    public List<ConfirmationsView> confirmations() {
        note("confirmations");
        return confirmations;
    }

    @Override
    public QuotaView quota() {
        note("quota");
        return Samples.quota();
    }

    @Override
    public StatusView status() {
        note("status");
        return status;
    }

    @Override
    public CheckView check() {
        note("check");
        return check;
    }

    @Override
    public ReloadView reload() {
        note("reload");
        return reload;
    }

    @Override
    public PreviewView startPreview(String sync, boolean full) {
        note("preview " + sync + (full ? " full" : ""));
        return Samples.preview("p-" + known(sync), sync, full);
    }

    @Override
    public PreviewView preview(String id) {
        note("preview? " + id);
        return Samples.preview(id, "customers", false);
    }

    @Override
    public PreviewPage previewLines(String id, String after, boolean unchanged) {
        note("people of " + id + " after " + after + (unchanged ? " unchanged too" : ""));
        return after.isEmpty()
                ? new PreviewPage(List.of(Samples.update()), "r:1")
                : new PreviewPage(List.of(Samples.leaver()), null);
    }

    @Override
    public PreviewView endPreview(String id) {
        note("end " + id);
        return Samples.preview(id, "customers", false);
    }

    @Override
    public PlanHeader planHeader(String preview) {
        note("plan of " + preview);
        return new PlanHeader(1, "customers", false, "hash", null, Instant.parse("2026-11-22T09:00:00Z"), 2);
    }

    @Override
    public PlanPage plan(String preview, String after) {
        note("lines of " + preview + " after " + after);
        return after.isEmpty()
                ? new PlanPage(List.of(new PlanPage.Line("1", "deliver", "subscribe", "f", null)), "1")
                : new PlanPage(List.of(new PlanPage.Line("2", "ignore", null, null, "bounced")), null);
    }

    @Override
    public PlanKept beginPlan(PlanHeader header) {
        note("plan for " + header.sync());
        return new PlanKept("plan-1");
    }

    @Override
    public PlanKept addToPlan(String plan, List<PlanPage.Line> lines) {
        note(lines.size() + " lines to " + plan);
        return new PlanKept(plan);
    }

    @Override
    public RunStarted startPlan(String plan) {
        note("run of " + plan);
        return new RunStarted("r-customers", "customers", false, false);
    }

    @Override
    public ExplainView explain(String email) {
        note("explain " + email);
        return Samples.explanation(email);
    }

    @Override
    public ConsentTried tryConsent(ConsentTrial trial) {
        note("try " + trial.purpose());
        return trial.purpose().equals("by-list")
                ? new ConsentTried(trial.purpose(), "Requests", null, true)
                : new ConsentTried(trial.purpose(), null, "https://consent.example.com", true);
    }

    @Override
    public NoticeKept keepNotice(PurposeName purpose) {
        note("notice " + purpose.purpose());
        return new NoticeKept(purpose.purpose(), "https://example.com/privacy", "ab".repeat(32), 1234, Instant.EPOCH);
    }

    @Override
    public PendingView pending(String purpose) {
        note("pending " + purpose);
        return Samples.pending();
    }

    @Override
    public PersonSuppressed suppress(PersonOrder order) {
        note("suppress " + order.person() + " for " + order.purpose() + " because " + order.because());
        return Samples.suppressed(order.person());
    }

    @Override
    public PersonExported exportPerson(PersonFolder order) {
        note("export " + order.person());
        return new PersonExported(order.folder(), java.util.Map.of("person", 1), 2);
    }

    @Override
    public PersonErasure erase(PersonOrder order) {
        note("erase " + order.person());
        return Samples.erasure("pending");
    }

    @Override
    public PersonErasure erasure(long id) {
        note("erasure " + id);
        return Samples.erasure(erasureState);
    }

    @Override
    public PersonReleased release(PersonOrder order) {
        note("release " + order.person() + " for " + order.purpose() + " because " + order.because());
        return Samples.released(order.person());
    }

    @Override
    public LedgerStatusView ledgerStatus() {
        note("ledger");
        return Samples.ledger(ledgerAlarm);
    }

    @Override
    public LedgerVerified verifyLedger(LedgerCheck check) {
        note("verify against " + check.outside().size());
        return ledgerAlarm
                ? new LedgerVerified(
                        false,
                        "Entry 17 is missing.",
                        List.of("Entry 17 is missing.", "Entry 18 is missing."),
                        1234,
                        0,
                        null,
                        0,
                        0)
                : new LedgerVerified(
                        true,
                        null,
                        List.of(),
                        0,
                        12345,
                        "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
                        7,
                        check.outside().size());
    }

    @Override
    public LedgerExported exportLedger(LedgerFolder folder) {
        note("export " + folder.folder());
        return new LedgerExported(folder.folder(), 12345, "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    }

    @Override
    public LedgerAcknowledged acknowledgeLedger(LedgerReason reason) {
        note("acknowledge because " + reason.because());
        return new LedgerAcknowledged("Entry 17 is missing.");
    }

    @Override
    public LedgerKeyRotated rotateLedgerKey() {
        note("rotate");
        return new LedgerKeyRotated(3);
    }

    private void note(String what) {
        asked.add(what);
        if (failure != null) {
            throw failure;
        }
    }

    private static String known(String name) {
        if (!NAMES.contains(name)) {
            throw new OperationFailure.UnknownName("sync", name, NAMES);
        }
        return name;
    }

    private static long number(long id) {
        if (id != 7) {
            throw new OperationFailure.UnknownName("dead letter", Long.toString(id), List.of("7"));
        }
        return id;
    }
}
