package io.consentbridge.api;

import java.time.Instant;
import java.util.List;

/**
 * The state of the consent ledger.
 *
 * @param origin the name of the log in checkpoints
 * @param key the public key that signs checkpoints, as name+id+key
 * @param protectedSince entries about earlier events were imported, and nothing protected them before
 * @param entries how many entries the log has
 * @param waiting how many events wait for their number
 * @param checkpoint the last checkpoint; null if there is none yet
 * @param targets where checkpoints go; empty if they stay in the database
 * @param alarm what does not fit; null if nothing is known
 */
public record LedgerStatusView(
        String origin,
        String key,
        Instant protectedSince,
        long entries,
        long waiting,
        Checkpoint checkpoint,
        List<Target> targets,
        Alarm alarm) {

    /**
     * A signed checkpoint.
     *
     * @param size the number of entries
     * @param root the root over them, in base64
     * @param note the whole signed note
     */
    public record Checkpoint(long size, String root, Instant at, String note) {}

    /**
     * Where checkpoints go.
     *
     * @param target file, webhook or mail
     * @param size the number of entries of the last checkpoint that went there
     * @param at when it went there; null if none has
     * @param failure why the next one could not be handed over; null if none waits
     * @param lackingSince when the oldest checkpoint was made that did not go there because of that; null if none waits
     */
    public record Target(String target, long size, Instant at, String failure, Instant lackingSince) {}

    /** What does not fit in the ledger, since when; subscriptions are stopped until an operator acknowledges it. */
    public record Alarm(String because, Instant since) {}
}
