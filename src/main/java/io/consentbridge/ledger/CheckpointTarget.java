package io.consentbridge.ledger;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Where checkpoints go, outside of the database. */
interface CheckpointTarget {

    /** Its word: file, webhook or mail. */
    String name();

    /** How long it is left alone after it got some. */
    default Duration every() {
        return Duration.ZERO;
    }

    /**
     * Takes checkpoints, the oldest first. What it took before may come again.
     *
     * @throws IOException if it is out of reach; the message says why
     */
    void take(List<StoredCheckpoint> checkpoints) throws IOException;
}
