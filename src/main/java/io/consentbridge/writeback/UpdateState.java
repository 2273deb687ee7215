package io.consentbridge.writeback;

/** What became of the newest update of a record. */
public enum UpdateState {
    /** It waits for its call, or its call is under way. */
    PENDING("pending"),
    /** The CRM wrote it. */
    DONE("done"),
    /** The record is gone, so there is nothing to write. */
    GONE("gone"),
    /** The record carries another address than that of the person whom it is about, so it is not written. */
    SUPERSEDED("superseded"),
    /** The CRM refuses it for good; it waits for a person's decision. */
    DEAD_LETTERED("dead-lettered");

    private final String word;

    UpdateState(String word) {
        this.word = word;
    }

    /** The word used in the database and on screens. */
    public String word() {
        return word;
    }

    /** Whether nothing is written any more, and nobody has to decide. */
    boolean over() {
        return this == DONE || this == GONE || this == SUPERSEDED;
    }

    static UpdateState of(String word) {
        for (UpdateState state : values()) {
            if (state.word.equals(word)) {
                return state;
            }
        }
        throw new IllegalArgumentException("there is no state " + word + " of an update");
    }
}
