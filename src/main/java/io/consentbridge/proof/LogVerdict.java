package io.consentbridge.proof;

import java.util.Optional;

/** What the verification of a log found. */
public sealed interface LogVerdict {

    /**
     * Everything fits.
     *
     * @param entries how many entries the log has
     * @param root the root over all of them
     * @param checkpoints how many checkpoints it has
     * @param last the last checkpoint; empty if there is none yet
     * @param outside how many checkpoints from outside were compared
     */
    record Sound(long entries, Hash root, long checkpoints, Optional<Checkpoint> last, int outside)
            implements LogVerdict {}

    /**
     * Something does not fit.
     *
     * @param because the first thing that does not, as a sentence
     */
    record Damaged(String because) implements LogVerdict {}
}
