package io.consentbridge.run;

import java.util.Arrays;

/** The state of a run. */
public enum RunState {
    /** Pages are read; a lease names the reader. */
    READING("reading"),
    /** Everything was read; deliveries are in the outbox. */
    DELIVERING("delivering"),
    /** Everything was read, and so many people would leave that nobody leaves before a person allows it. */
    BRAKED("braked"),
    /** Every record has its outcome. */
    COMPLETED("completed"),
    /** Reading failed, or the figures do not balance; the message says why. */
    FAILED("failed"),
    /** A limit refused the run (B56-B58, B67); leavers were still processed. */
    REFUSED("refused"),
    /** A limit deferred the run (B62); leavers were still processed. */
    DEFERRED("deferred");

    private final String word;

    RunState(String word) {
        this.word = word;
    }

    /** The word used in the database, documents and screens. */
    public String word() {
        return word;
    }

    /** Whether the state is final. */
    public boolean ended() {
        return this != READING && this != DELIVERING && this != BRAKED;
    }

    /** @throws IllegalArgumentException when no state has that word */
    public static RunState of(String word) {
        return Arrays.stream(values())
                .filter(state -> state.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such run state: " + word));
    }
}
