package io.consentbridge.proof;

import java.util.Iterator;
import java.util.List;

/** A whole log, read in one pass for an export or a verification; nothing is held in memory but what is being read. */
public interface LogSource extends TileSource {

    /** The public keys that signed the checkpoints, the oldest first; the last one signs now. */
    List<VerifierKey> keys();

    /** How many entries the log has, those after the last checkpoint too. */
    long size();

    /** The note of each checkpoint in the order in which they were made. */
    Iterator<String> checkpoints();

    /**
     * Gives each entry below a number in the order of the numbers. An entry that is missing is left out.
     *
     * @param size the number before which reading ends
     */
    void entries(long size, EachEntry each);

    /** Receives the entries of a log. */
    @FunctionalInterface
    interface EachEntry {

        /**
         * Receives one entry.
         *
         * @param sequence the number of the entry, from 0
         * @param entry its canonical bytes ({@link LeafForm})
         */
        void receive(long sequence, byte[] entry);
    }
}
