package io.consentbridge.run;

import io.consentbridge.decision.Plans;
import java.time.Instant;
import java.util.Optional;

/**
 * A run that is asked for.
 *
 * @param sync name of the sync
 * @param connection name of the connection
 * @param cause what sets it off
 * @param full whether everything is read
 * @param scan whether everything is read because a full scan is due, which counts for no limit on full runs
 * @param dueAt for when it is meant; of one sync only one run has it
 * @param node the process that asks
 * @param plan the plan that it carries out, or {@link Plans#RECORD}; empty for none
 * @param orderOf the run of the whole sync of which this one carries out a part; it counts for no limit
 */
public record RunRequest(
        String sync,
        String connection,
        Run.Cause cause,
        boolean full,
        boolean scan,
        Instant dueAt,
        String node,
        Optional<String> plan,
        Optional<String> orderOf) {

    /** A run of a sync of a file, without a plan. */
    public RunRequest(String sync, String connection, Run.Cause cause, boolean full, Instant dueAt, String node) {
        this(sync, connection, cause, full, false, dueAt, node, Optional.empty(), Optional.empty());
    }

    /** The same where a limit puts it off: whether a full scan is due is looked at again then. */
    public RunRequest withoutScan() {
        return new RunRequest(sync, connection, cause, full && !scan, false, dueAt, node, plan, orderOf);
    }

    /** A run of one part, within the order of the whole sync. */
    public static RunRequest ofPart(Run order, String part, boolean full, String node) {
        return new RunRequest(
                part,
                order.connection(),
                order.cause(),
                full,
                false,
                order.dueAt(),
                node,
                Optional.empty(),
                Optional.of(order.id()));
    }
}
