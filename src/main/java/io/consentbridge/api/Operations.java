package io.consentbridge.api;

import java.util.List;

/**
 * Every operation that a person can request of ConsentBridge, over the command line or the HTTP API.
 *
 * <p>Implementations are safe for use by several threads. Every method may call the database; {@link #check()} and {@link
 * #reload()} may call Zoho. Failures are thrown as an {@link OperationFailure}, and nothing else is thrown on purpose:
 * {@link OperationFailure.UnknownName} for a name or number that does not exist, {@link OperationFailure.Refused} for what a
 * rule refuses now, {@link OperationFailure.Misconfigured} for files that cannot be used, {@link
 * OperationFailure.OutOfReach} when Zoho or the database does not answer. No returned list, map or view is null; a component
 * of a view is null only where its record says so.
 */
public interface Operations {

    /** Returns every sync, by name. */
    List<SyncView> syncs();

    /** Returns one sync; an unknown name is answered with similar names. */
    SyncView sync(String name);

    /**
     * Admits a run of the sync by command and returns at once; reading and delivering continue in the background (B55).
     * Inactive syncs run too.
     *
     * @param full whether every record is read again ("all data", B66)
     * @throws OperationFailure.Refused when a limit refuses it (B56-B58, B67) or the sync is running already
     */
    RunStarted startRun(String sync, boolean full);

    /**
     * Releases the people whom the brake holds for the sync, so that they leave, and returns at once; the braked run
     * continues.
     *
     * @param people how many, as the brake named it
     * @throws OperationFailure.Refused when the number differs, or nobody is held; says which
     */
    RunStarted allowRemovals(String sync, long people);

    /**
     * Returns one run in its current or final state: counters, reasons, decisions, calls (B69). It counts the run's records;
     * callers that ask often use {@link #progress}.
     */
    RunView run(String id);

    /** Returns how far a run is. */
    RunProgress progress(String id);

    /**
     * Returns runs, newest first (B69).
     *
     * @param sync only the runs of this sync; null for every sync
     * @param limit the maximum number; at least 1
     */
    default List<RunView> history(String sync, int limit) {
        return history(sync, null, limit);
    }

    /** @param after only runs that began before this one; null to begin with the newest */
    List<RunView> history(String sync, String after, int limit);

    /**
     * Returns the people behind the numbers of a run, one page at a time (B69-B83); unknown words are answered with similar
     * ones.
     */
    RecordsView records(String run, RecordsView.Asked asked);

    /**
     * Activates the sync, so that it runs by itself from now on; does nothing when it is active already.
     *
     * @throws OperationFailure.Refused when the limit of active syncs is reached (B58, B60, B63)
     */
    SyncView activate(String sync);

    /** Deactivates the sync, so that it no longer runs by itself; its earlier decisions are still delivered. */
    SyncView deactivate(String sync);

    /**
     * Creates a sync from a file's text (B64-B66): checks it like any file, writes it into the folder of syncs, and takes it
     * over at once.
     *
     * @throws OperationFailure.Misconfigured when the text is wrong, with every problem by file and line
     * @throws OperationFailure.Refused when a sync of that name exists, or the limit of active syncs is reached (B60, B63)
     */
    SyncView createSync(String name, SyncSource text);

    /** Replaces the text of the sync's file; the next run uses it, a run under way does not. */
    SyncView editSync(String name, SyncSource text);

    /**
     * Deletes a sync and its file: a run of it stops reading, its waiting subscriptions are withdrawn, its waiting removals
     * are still sent. Its history stays.
     */
    SyncDeleted deleteSync(String name);

    /**
     * Returns deliveries that cannot succeed without a person's help, newest first.
     *
     * @param limit the maximum number; at least 1
     */
    List<DeadLetterView> deadLetters(int limit);

    /** Returns one dead letter, with the values that it would have sent. */
    DeadLetterView deadLetter(long id);

    /**
     * Queues these dead letters for delivery again; none of them when one is unknown. One that is already in replay stays
     * there.
     *
     * @return those that were queued, and those that were refused with the reason
     * @throws OperationFailure.Refused when each of them is refused
     */
    DeadLettersHandled replay(List<Long> ids);

    /**
     * Queues the next dead letters for delivery again, by their numbers.
     *
     * @param after only those of a higher number; 0 to begin
     * @return as {@link #replay}, for several hundred at most; empty when there is none of a higher number
     */
    DeadLettersHandled replayAfter(long after);

    /** Discards these dead letters for good; none of them when one is unknown. */
    DeadLettersHandled discard(List<Long> ids);

    /** Returns how much is used of Zoho's quotas and of the limits on runs, what waits, and when it will all be sent. */
    QuotaView quota();

    /** Returns the requests for consent, counted for each purpose that has any. */
    List<ConfirmationsView> confirmations();

    /**
     * Returns the status of the installation: what runs, what is held, what waits, who is on the lists. Changes nothing, and
     * makes no call to Zoho.
     */
    StatusView status();

    /**
     * Checks everything that can be wrong, at once: configuration, routes, database, credential, lists, fields. Problems are
     * the result, not a failure; changes nothing.
     */
    CheckView check();

    /**
     * Checks changed routes, purposes and syncs, then takes them over all together; if anything is broken, everything is
     * refused and the running configuration stays.
     */
    ReloadView reload();

    /**
     * Begins to find out what a run of the sync would do, and returns at once. It makes only reading calls and changes
     * nothing; the caller ends it with {@link #endPreview}, otherwise it is closed after a quarter of an hour without a
     * request for it.
     *
     * @param full whether the run would read every record again
     * @throws OperationFailure.Refused when a run of the sync is reading
     */
    PreviewView startPreview(String sync, boolean full);

    /** Returns the current state of a preview. */
    PreviewView preview(String id);

    /**
     * Returns a page of what a preview foresees; the preview must be ready.
     *
     * @param after {@link PreviewPage#next()} of the page before; empty for the first page
     * @param unchanged whether to include people for whom nothing changes
     */
    PreviewPage previewLines(String id, String after, boolean unchanged);

    /** Closes a preview; returns its last state. */
    PreviewView endPreview(String id);

    /** Returns the header of a preview's plan; the preview must be ready. {@link #plan} has the rest. */
    PlanHeader planHeader(String preview);

    /** Returns a page of the plan of a preview. */
    PlanPage plan(String preview, String after);

    /**
     * Begins to receive a plan; {@link #addToPlan} adds its lines and {@link #startPlan} carries it out.
     *
     * @throws OperationFailure.Refused when sync, purpose or mapping have changed, or another run has taken place since
     */
    PlanKept beginPlan(PlanHeader header);

    /** Adds lines to a plan, a thousand at most. */
    PlanKept addToPlan(String plan, List<PlanPage.Line> lines);

    /** Starts a run as {@link #startRun} does; the run carries out the plan and nothing else. */
    RunStarted startPlan(String plan);

    /** Returns everything that is known about the person of an address, in any spelling; an empty view for a stranger. */
    ExplainView explain(String email);

    /**
     * Suppresses a person by hand, known or not, and drafts their removal from the lists on which they are. Nothing but {@link
     * #release} ends such a suppression.
     *
     * @throws OperationFailure.Refused when no reason is given, or the text is no address and no record of that id is known
     */
    PersonSuppressed suppress(PersonOrder order);

    /**
     * Returns the open requests for consent, the oldest first.
     *
     * @param purpose only of this purpose; null for all
     * @throws OperationFailure.UnknownName if there is no such purpose
     */
    PendingView pending(String purpose);

    /**
     * Sends the mail of a purpose that asks by mail to an address of the operator's, and to nobody else. It counts nowhere.
     *
     * @throws OperationFailure.Refused when the purpose does not ask by mail, or the address is none
     * @throws OperationFailure.OutOfReach when the mail server does not take it
     */
    ConsentTried tryConsent(ConsentTrial trial);

    /**
     * Fetches the privacy notice of a purpose, and stores its hash for consent records.
     *
     * @throws OperationFailure.Refused when the purpose names none
     * @throws OperationFailure.OutOfReach when it cannot be fetched
     */
    NoticeKept keepNotice(PurposeName purpose);

    /**
     * Begins the erasure of a person, known or not, and goes on with it as far as it can at once. It cannot be taken back. The
     * rest follows by itself; {@link #erasure} says how far it is.
     */
    PersonErasure erase(PersonOrder order);

    /**
     * Writes everything that is held about a person into a folder of the runtime's machine.
     *
     * @throws OperationFailure.Refused when nothing is held, or the folder is not empty or cannot be written
     */
    PersonExported exportPerson(PersonFolder order);

    /** Goes on with an erasure, and returns how far it is. */
    PersonErasure erasure(long id);

    /** Ends suppressions by hand of a person; what the CRM, Campaigns, or the person said stays. */
    PersonReleased release(PersonOrder order);

    /**
     * Returns the state of the ledger. Events that wait are given their numbers before.
     *
     * @throws OperationFailure.Refused when no process has begun the ledger yet
     */
    LedgerStatusView ledgerStatus();

    /**
     * Verifies the whole ledger: entries, tree, checkpoints, signatures. What does not fit is the result, not a failure; it raises
     * the alarm, which stops subscriptions.
     */
    LedgerVerified verifyLedger(LedgerCheck check);

    /**
     * Writes the ledger up to a new checkpoint into a folder, where it can be checked without the product.
     *
     * @throws OperationFailure.Refused when the folder is not empty or cannot be written
     */
    LedgerExported exportLedger(LedgerFolder folder);

    /**
     * Ends the alarm of the ledger, so that subscriptions go on.
     *
     * @throws OperationFailure.Refused when no reason is given, or there is no alarm
     */
    LedgerAcknowledged acknowledgeLedger(LedgerReason reason);

    /**
     * Replaces the master key of the ledger.
     *
     * @throws OperationFailure.Refused when this process does not have the old and the new key
     */
    LedgerKeyRotated rotateLedgerKey();
}
