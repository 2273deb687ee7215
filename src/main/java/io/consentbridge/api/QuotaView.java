package io.consentbridge.api;

import java.time.Instant;
import java.util.List;

/**
 * How much is used of quotas and limits, what waits, and when it will all be sent.
 *
 * @param connections one entry for each connection, by name
 */
public record QuotaView(List<OfConnection> connections) {

    /**
     * The figures of one connection.
     *
     * @param connection its name
     * @param heldUntil nothing is delivered before, because Zoho is out of reach; null when the connection is not backing
     *     off
     * @param heldBecause why; null when the connection is not backing off
     * @param heldLists lists to which nobody is subscribed, by name
     * @param methods the quotas of Zoho's methods
     * @param waiting deliveries that wait, by action, in the order of sending
     * @param runs the limits on runs and syncs, and how much is used (B56-B58, B67)
     * @param next when each sync next runs by itself, by name (B62)
     */
    public record OfConnection(
            String connection,
            Instant heldUntil,
            String heldBecause,
            List<HeldList> heldLists,
            List<OfMethod> methods,
            List<Waiting> waiting,
            List<Limit> runs,
            List<NextRun> next) {}

    /**
     * A list to which nobody is subscribed, because it is not what its purpose says or accepts nobody.
     *
     * @param list its name
     * @param triedAt when one person is tried automatically; null while only a run or a person can end it
     * @param because why, and what to do
     */
    public record HeldList(String list, Instant triedAt, String because) {}

    /**
     * One method of Zoho, with each window in which its calls are counted.
     *
     * @param method such as {@code json/listsubscribe}
     * @param windows the windows, shortest first
     * @param lockedUntil until when Zoho has locked it; null when it is not locked
     * @param lockedBecause why; null when it is not locked
     */
    public record OfMethod(String method, List<Window> windows, Instant lockedUntil, String lockedBecause) {}

    /**
     * Calls within a sliding window of time.
     *
     * @param seconds its length
     * @param used calls made in it
     * @param limit calls allowed in it
     */
    public record Window(long seconds, long used, long limit) {}

    /**
     * Waiting deliveries of one action.
     *
     * @param action do-not-mail, unsubscribe, subscribe, update-record for updates of CRM records, or
     *     start-workflow for people who are handed over once they are on the list
     * @param deliveries how many
     * @param held how many more are held until a reading ends, or by the brake on removals
     * @param throughAt when the last of them will have been sent at the pace of the quotas; null when none waits
     */
    public record Waiting(String action, long deliveries, long held, Instant throughAt) {}

    /**
     * When a sync next runs by itself.
     *
     * @param sync its name
     * @param state active or inactive
     * @param at when it runs; null when it does not run by itself
     * @param zone the time zone of its connection
     * @param because the rule that defers an earlier due time, or why the sync is inactive; null when neither applies
     */
    public record NextRun(String sync, String state, Instant at, String zone, String because) {}

    /**
     * A limit on runs or syncs.
     *
     * @param rule the setting without "limits.": active-syncs, runs-per-day, runs-per-month, full-syncs-per-day,
     *     full-syncs-per-month
     * @param sync the sync to which it applies; null where it applies to the connection
     * @param used the number used
     * @param limit the number allowed; 0 when the rule is off
     */
    public record Limit(String rule, String sync, long used, long limit) {}
}
