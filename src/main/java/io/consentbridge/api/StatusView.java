package io.consentbridge.api;

import java.time.Instant;
import java.util.List;

/**
 * The status of an installation: what runs, what is held, what waits, who is on the lists. Times are shown in the zone of
 * their connection.
 *
 * @param runtime whether a runtime is up, so that deliveries are sent by themselves
 * @param schedules whether schedules fire as well; the runtime of demo --keep only does what it is asked
 * @param database where it is: a file, or a server and a name; null while there is none
 * @param connections one entry for each connection, by name
 * @param lists every list that a run was bound to, by connection and name
 * @param syncs one entry for each sync, by name
 */
public record StatusView(
        boolean runtime,
        boolean schedules,
        String database,
        List<OfConnection> connections,
        List<OfList> lists,
        List<OfSync> syncs) {

    /** Returns the same for an installation whose database does not exist yet. */
    public StatusView withoutDatabase() {
        return new StatusView(runtime, schedules, null, connections, lists, syncs);
    }

    /**
     * A connection and its waiting deliveries.
     *
     * @param connection its name
     * @param zone its time zone
     * @param credential whether the answering process has its credential
     * @param missingScopes what the files need and the credential does not permit, one sentence each, by what Zoho last
     *     said; null when that is unknown
     * @param heldUntil nothing is delivered before, because Zoho is out of reach; null when the connection is not backing
     *     off
     * @param heldBecause why; null when the connection is not backing off
     * @param locked methods of Campaigns that are not called for now
     * @param waiting deliveries that wait, by action, in the order of sending
     * @param deadLetters deliveries that cannot succeed without a person's help, not counting those in replay
     * @param unknownWords people who are withheld because one of their records names a lawful basis by an unknown word
     */
    public record OfConnection(
            String connection,
            String zone,
            boolean credential,
            List<String> missingScopes,
            Instant heldUntil,
            String heldBecause,
            List<Locked> locked,
            List<QuotaView.Waiting> waiting,
            long deadLetters,
            long unknownWords) {}

    /**
     * A method of Campaigns that is not called, because a quota is used up or the credential lacks a scope.
     *
     * @param method such as {@code json/listsubscribe}
     * @param until when it is tried again
     * @param because why, and what to do
     */
    public record Locked(String method, Instant until, String because) {}

    /**
     * A mailing list and who is on it.
     *
     * @param list its name
     * @param connection name of its connection
     * @param heldBecause why nobody is subscribed to it, and what to do; null when it is not held
     * @param triedAt when one person is tried automatically; null when it is not held, or while only a run or a person can
     *     end that
     * @param waitsUntil nobody is subscribed to it before, because a call that prepares that is locked; null when none is
     * @param ours people who are active there by this product's records and whom ConsentBridge subscribed
     * @param notOurs people who were active there and whom it did not subscribe, at the last reading of everybody; null
     *     before the first one
     * @param missing people whom it subscribed and who were not there, with no known reason, at that reading; null before
     *     the first one
     * @param left people who are unsubscribed or bounced there, when Campaigns was last asked; null before the first time
     * @param readAt when everybody on it was last read; null before the first time
     */
    public record OfList(
            String list,
            String connection,
            String heldBecause,
            Instant triedAt,
            Instant waitsUntil,
            long ours,
            Long notOurs,
            Long missing,
            Long left,
            Instant readAt) {}

    /**
     * The state of a sync.
     *
     * @param sync its name
     * @param state active or inactive
     * @param because why its state differs from that in its file; null when it does not
     * @param lastRun its newest run; null when it never ran
     * @param message a message about that run, such as why it failed; null when there is none
     * @param nextRun when it next runs by itself; null when it does not
     * @param zone the time zone of its connection
     * @param braked whom the brake on mass removals holds until a person decides; empty when it holds nobody
     */
    public record OfSync(
            String sync,
            String state,
            String because,
            SyncView.LastRun lastRun,
            String message,
            Instant nextRun,
            String zone,
            List<Braked> braked) {}

    /**
     * People whom the brake holds.
     *
     * @param sync the sync, or the part of it, to name in {@code sync run --allow-removals}
     * @param people how many people are held
     */
    public record Braked(String sync, long people) {}
}
