package io.consentbridge.api;

import java.util.List;

/**
 * Everything that a person can ask of ConsentBridge, whichever face they use: command line or HTTP API.
 *
 * <p>Implementations are safe for use by several threads. Every method may call the database; {@link #check()} and
 * {@link #reload()} may call Zoho. What goes wrong is thrown as an {@link OperationFailure}, and nothing else is thrown
 * on purpose: {@link OperationFailure.UnknownName} for a name or number that is not there,
 * {@link OperationFailure.Refused} for what a rule forbids now, {@link OperationFailure.Misconfigured} for files that
 * cannot be used, {@link OperationFailure.OutOfReach} when Zoho or the database does not answer. No returned list, map or
 * view is null; a component of a view is null only where its record says so.
 */
public interface Operations {

    /** Every sync, by name. */
    List<SyncView> syncs();

    /** One sync; unknown names are answered with the names that are near. */
    SyncView sync(String name);

    /**
     * Admits a run of the sync by command and returns at once; reading and delivering go on behind it (B55). Inactive
     * syncs run too.
     *
     * @param full whether every record is read again ("all data", B66)
     * @throws OperationFailure.Refused when a limit forbids it (B56-B58, B67) or the sync is running already
     */
    RunStarted startRun(String sync, boolean full);

    /**
     * Lets those people leave whom the brake holds for the sync, and returns at once; the run that was braked goes on.
     *
     * @param people how many, as the brake named it
     * @throws OperationFailure.Refused when it is another number, or nobody is held; it says so
     */
    RunStarted allowRemovals(String sync, long people);

    /**
     * One run as it stands now, or as it ended: counters, reasons, decisions, calls (B69). It counts the run's records;
     * callers that ask often use {@link #progress}.
     */
    RunView run(String id);

    /** How far a run is. */
    RunProgress progress(String id);

    /**
     * Runs, newest first (B69).
     *
     * @param sync only this sync's; null for every sync
     * @param limit how many at most; at least 1
     */
    default List<RunView> history(String sync, int limit) {
        return history(sync, null, limit);
    }

    /** @param after only runs that began before this one; null to begin with the newest */
    List<RunView> history(String sync, String after, int limit);

    /**
     * The people behind the numbers of a run, a page at a time (B69-B83); unknown words are answered with those that are
     * near.
     */
    RecordsView records(String run, RecordsView.Asked asked);

    /**
     * The sync runs by itself from now on; nothing changes when it does already.
     *
     * @throws OperationFailure.Refused when as many syncs are active as may be (B58, B60, B63)
     */
    SyncView activate(String sync);

    /** The sync no longer runs by itself; what it decided before is still delivered. */
    SyncView deactivate(String sync);

    /**
     * Makes a sync of a file's text (B64-B66): checked like any file, written into the folder of syncs, taken over at once.
     *
     * @throws OperationFailure.Misconfigured when the text is wrong, with every problem by file and line
     * @throws OperationFailure.Refused when there is one of that name, or as many are active as may be (B60, B63)
     */
    SyncView createSync(String name, SyncSource text);

    /** Puts the text in the place of the sync's file; the next run is by it, one that is under way is not. */
    SyncView editSync(String name, SyncSource text);

    /**
     * Deletes a sync and its file: a run of it stops reading, what it would subscribe is taken back, who is to leave still
     * leaves. Its history stays.
     */
    SyncDeleted deleteSync(String name);

    /**
     * Deliveries that cannot succeed without a person's help, newest first.
     *
     * @param limit how many at most; at least 1
     */
    List<DeadLetterView> deadLetters(int limit);

    /** One dead letter, with what it would have said. */
    DeadLetterView deadLetter(long id);

    /**
     * Queues these dead letters for delivery again; none of them when one is unknown. One that is in replay already
     * stays there.
     *
     * @return those that were put back, and those against which something stands
     * @throws OperationFailure.Refused when something stands against each of them
     */
    DeadLettersHandled replay(List<Long> ids);

    /**
     * Queues the next dead letters for delivery again, by their numbers.
     *
     * @param after only those of a higher number; 0 to begin
     * @return as {@link #replay}, of some hundreds at most; nothing when there is none of a higher number
     */
    DeadLettersHandled replayAfter(long after);

    /** Gives these dead letters up for good; none of them when one is unknown. */
    DeadLettersHandled discard(List<Long> ids);

    /** What is used of Zoho's quotas and of the limits on runs, what waits, and when it will be through. */
    QuotaView quota();

    /** One look at the installation: what runs, what is held, what waits, who is on the lists. Changes nothing, and asks nothing of Zoho. */
    StatusView status();

    /**
     * Everything that can be wrong, at once: configuration, routes, database, credential, lists, fields. Problems are
     * the result, not a failure; changes nothing.
     */
    CheckView check();

    /**
     * Checks changed routes, purposes and syncs, then takes them over all together; what is broken is refused whole, and
     * what runs is kept.
     */
    ReloadView reload();

    /**
     * Begins to find out what a run of the sync would do, and returns at once. It makes only reading calls and changes
     * nothing; the caller that began it ends it with {@link #endPreview}, or it is given up after a quarter of an hour in which
     * nobody asks about it.
     *
     * @param full whether the run would read every record again
     * @throws OperationFailure.Refused when a run of the sync is reading
     */
    PreviewView startPreview(String sync, boolean full);

    /** One preview as it stands. */
    PreviewView preview(String id);

    /**
     * A part of what a preview foresees, which must be ready.
     *
     * @param after {@link PreviewPage#next()} of the part before; empty to begin
     * @param unchanged whether those are told too of whom nothing changes
     */
    PreviewPage previewLines(String id, String after, boolean unchanged);

    /** Gives a preview up; the answer is how it stood. */
    PreviewView endPreview(String id);

    /** How a plan of a preview begins, which must be ready; {@link #plan} has the rest. */
    PlanHeader planHeader(String preview);

    /** A part of the plan of a preview. */
    PlanPage plan(String preview, String after);

    /**
     * Begins to take a plan in; {@link #addToPlan} takes its lines and {@link #startPlan} carries it out.
     *
     * @throws OperationFailure.Refused when sync, purpose or mapping have changed, or another run has been since
     */
    PlanKept beginPlan(PlanHeader header);

    /** Takes lines of a plan in, a thousand at most. */
    PlanKept addToPlan(String plan, List<PlanPage.Line> lines);

    /** As {@link #startRun}, for a run that carries a plan out and nothing else. */
    RunStarted startPlan(String plan);

    /** Everything that is known of the person of an address, however it is written; of a stranger, nothing. */
    ExplainView explain(String email);
}
