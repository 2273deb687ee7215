package io.consentbridge.run;

import java.util.Arrays;

/** Where a run stands. */
public enum RunState {
    /** Pages are read; a lease says by whom. */
    READING("reading"),
    /** Everything was read; deliveries are in the outbox. */
    DELIVERING("delivering"),
    /** Everything was read, and so many people would leave that nobody does before a person allows it. */
    BRAKED("braked"),
    /** Every record has its outcome. */
    COMPLETED("completed"),
    /** Reading failed, or the figures do not balance; the message says why. */
    FAILED("failed"),
    /** A rule forbade it (B56-B58, B67); people left all the same. */
    REFUSED("refused"),
    /** A rule put it off (B62); people left all the same. */
    DEFERRED("deferred");

    private final String word;

    RunState(String word) {
        this.word = word;
    }

    /** The word used in the database, documents and screens. */
    public String word() {
        return word;
    }

    /** Whether nothing changes any more. */
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
