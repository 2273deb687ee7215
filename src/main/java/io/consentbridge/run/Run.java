package io.consentbridge.run;

import io.consentbridge.zoho.Calls;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One execution of a sync, as the history stores it.
 *
 * @param id short, unique, sorts by the time it began: {@code 20261122T090000-7f3a}
 * @param sync name of the sync
 * @param connection name of the connection
 * @param cause schedule or command
 * @param full whether everything is read, not only what changed
 * @param dueAt its due time
 * @param state its state
 * @param node the process that reads or read it
 * @param leaseUntil until when that process holds the lease; empty once everything was read
 * @param startedAt when it began
 * @param readAt when everything had been read; empty before
 * @param finishedAt when it ended; empty before
 * @param message why it failed, was refused or deferred, and further notes; empty when there are none
 * @param brake what the brake on mass removals says while it holds the run or a part run of it; empty otherwise
 * @param outOfReach whether it failed because Zoho or the database could not be reached
 * @param total records counted
 * @param calls calls made
 * @param endsAs the state in which it ends: completed, or deferred or refused when a limit let only its leavers (opt-outs
 *     and deletions) through
 * @param dueAgain when the deferred run follows; empty when it has followed or was cancelled
 * @param parentRun id of the parent run, if this is a part run (B104); empty for any other
 */
public record Run(
        String id,
        String sync,
        String connection,
        Cause cause,
        boolean full,
        Instant dueAt,
        RunState state,
        String node,
        Optional<Instant> leaseUntil,
        Instant startedAt,
        Optional<Instant> readAt,
        Optional<Instant> finishedAt,
        Optional<String> message,
        Optional<String> brake,
        boolean outOfReach,
        long total,
        Calls calls,
        RunState endsAs,
        Optional<Instant> dueAgain,
        Optional<String> parentRun) {

    /** The whole message of the run, the brake last, since that names the way out; empty when there is none. */
    public Optional<String> says() {
        return Stream.concat(message.stream(), brake.stream()).reduce((one, other) -> one + "; " + other);
    }

    /**
     * Whether a limit let only leavers through; such a run counts for no limit (docs/decisions/0013-rulings.md, ruling 1).
     */
    public boolean leaversOnly() {
        return endsAs != RunState.COMPLETED;
    }

    /** What triggers a run; the database has it in lower case. */
    public enum Cause {
        SCHEDULE,
        COMMAND
    }
}
