package io.consentbridge.run;

import io.consentbridge.decision.Plans;
import java.time.Instant;
import java.util.Optional;

/**
 * A run that is to be stored and begun.
 *
 * @param sync name of the sync
 * @param connection name of the connection
 * @param cause what triggers it
 * @param full whether it reads every record
 * @param scan whether it reads every record because a full scan is due; such a run does not count as a full run in limits
 * @param dueAt its due time; unique among the runs of the sync
 * @param node the process that begins the run
 * @param plan the plan that it carries out, or {@link Plans#RECORD}; empty for none
 * @param parentRun id of the parent run, if this is a part run; part runs do not count in limits
 */
public record NewRun(
        String sync,
        String connection,
        Run.Cause cause,
        boolean full,
        boolean scan,
        Instant dueAt,
        String node,
        Optional<String> plan,
        Optional<String> parentRun) {

    /** A run of a sync of a file, without a plan. */
    public NewRun(String sync, String connection, Run.Cause cause, boolean full, Instant dueAt, String node) {
        this(sync, connection, cause, full, false, dueAt, node, Optional.empty(), Optional.empty());
    }

    /** The same run when a limit postpones it; whether a full scan is due is decided again later. */
    public NewRun withoutScan() {
        return new NewRun(sync, connection, cause, full && !scan, false, dueAt, node, plan, parentRun);
    }

    /** A part run of {@code parent}, which is the run of the whole sync. */
    public static NewRun partOf(Run parent, String part, boolean full, String node) {
        return new NewRun(
                part,
                parent.connection(),
                parent.cause(),
                full,
                false,
                parent.dueAt(),
                node,
                Optional.empty(),
                Optional.of(parent.id()));
    }
}
