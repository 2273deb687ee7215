package io.consentbridge.api;

import java.time.Instant;
import java.util.List;

/**
 * What is used of quotas and limits, what waits, and when it will be through.
 *
 * @param connections one entry a connection, by name
 */
public record QuotaView(List<OfConnection> connections) {

    /**
     * The figures of one connection.
     *
     * @param connection its name
     * @param heldUntil nothing is delivered before, because Zoho is out of reach; null when nothing is held
     * @param heldBecause why; null when nothing is held
     * @param heldLists lists to which nobody is subscribed, by name
     * @param methods the quotas of Zoho's methods
     * @param waiting deliveries that wait, by action, in the order in which they go
     * @param runs the limits on runs and syncs, and what is used (B56-B58, B67)
     * @param next when each sync runs next by itself, by name (B62)
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
     * A list to which nobody is subscribed, because it is not what its purpose says or takes nobody.
     *
     * @param list its name
     * @param triedAt when one person is tried by itself; null while only a run or a person can end it
     * @param because why, and what to do
     */
    public record HeldList(String list, Instant triedAt, String because) {}

    /**
     * One method of Zoho's, with each window in which its calls are counted.
     *
     * @param method such as {@code json/listsubscribe}
     * @param windows shortest first
     * @param lockedUntil Zoho locked it until then; null when it is free
     * @param lockedBecause why; null when it is free
     */
    public record OfMethod(String method, List<Window> windows, Instant lockedUntil, String lockedBecause) {}

    /**
     * Calls within a window of time that moves along.
     *
     * @param seconds its length
     * @param used calls made in it
     * @param limit calls allowed in it
     */
    public record Window(long seconds, long used, long limit) {}

    /**
     * Deliveries of one action that wait.
     *
     * @param action do-not-mail, unsubscribe or subscribe
     * @param deliveries how many
     * @param held how many more are held back until a reading ends, or by the brake on removals
     * @param throughAt when the last of them will have left at the pace the quotas allow; null when none waits
     */
    public record Waiting(String action, long deliveries, long held, Instant throughAt) {}

    /**
     * When a sync runs next by itself.
     *
     * @param sync its name
     * @param state active or inactive
     * @param at when; null when it does not run by itself
     * @param zone the time zone of its connection
     * @param because the rule that puts off what was due before, or why the sync is inactive; null when nothing does
     */
    public record NextRun(String sync, String state, Instant at, String zone, String because) {}

    /**
     * A limit on runs or syncs.
     *
     * @param rule the setting without "limits.": active-syncs, runs-per-day, runs-per-month, full-syncs-per-day,
     *     full-syncs-per-month
     * @param sync the sync it counts for; null where it counts for the connection
     * @param used how many there were
     * @param limit how many there may be; 0 when the rule is off
     */
    public record Limit(String rule, String sync, long used, long limit) {}
}
