package io.consentbridge.api;

import java.time.Instant;
import java.util.List;

/**
 * One look at an installation: what runs, what is held, what waits, who is on the lists. Times are told in the zone of their
 * connection.
 *
 * @param runtime whether a runtime is up, so that deliveries leave by themselves
 * @param schedules whether schedules fire as well; that of demo --keep only does what it is asked
 * @param database where it is: a file, or a server and a name; null while there is none
 * @param connections one entry a connection, by name
 * @param lists every list that a run was bound to, by connection and name
 * @param syncs one entry a sync, by name
 */
public record StatusView(
        boolean runtime,
        boolean schedules,
        String database,
        List<OfConnection> connections,
        List<OfList> lists,
        List<OfSync> syncs) {

    /** The same of an installation whose database was not made yet. */
    public StatusView withoutDatabase() {
        return new StatusView(runtime, schedules, null, connections, lists, syncs);
    }

    /**
     * A connection and what waits of it.
     *
     * @param connection its name
     * @param zone its time zone
     * @param credential whether the process that answers was given its credential
     * @param missingScopes what the files need and the credential may not do, a sentence each, by what Zoho said last; null
     *     when that is not known
     * @param heldUntil nothing is delivered before, because Zoho is out of reach; null when nothing is held
     * @param heldBecause why; null when nothing is held
     * @param locked methods of Campaigns of which no call is made for now
     * @param waiting deliveries that wait, by action, in the order in which they go
     * @param deadLetters deliveries that cannot succeed without a person's help, those in replay not counted
     * @param unknownWords people who are withheld because a record of theirs names a lawful basis by a word that is not known
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
     * A method of Campaigns of which no call is made, because a quota is used up or the credential lacks a scope.
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
     * @param triedAt when one person is tried by itself; null when it is not held, or while only a run or a person can end that
     * @param waitsUntil nobody is subscribed to it before, because a call that prepares that is locked; null when none is
     * @param ours people who are active there by our books and whom ConsentBridge subscribed
     * @param notOurs people who were active there and whom it did not subscribe, when everybody was read last; null before
     * @param missing people whom it subscribed and who were not there without a reason, by the same reading; null before
     * @param left people who are unsubscribed or bounced there, when Campaigns was last asked; null before
     * @param readAt when everybody on it was read last; null before the first time
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
     * Where a sync stands.
     *
     * @param sync its name
     * @param state active or inactive
     * @param because why its state is not the one of its file; null when it is
     * @param lastRun its newest run; null when it never ran
     * @param message what there is to say of that run, such as why it failed; null for nothing
     * @param nextRun when it runs next by itself; null when it does not
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
     * @param sync the sync, or the part of it, that {@code sync run --allow-removals} is to name
     * @param people how many they are
     */
    public record Braked(String sync, long people) {}
}
