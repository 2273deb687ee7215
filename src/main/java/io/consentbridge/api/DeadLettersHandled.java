package io.consentbridge.api;

import java.util.List;

/**
 * The dead letters that were replayed or discarded.
 *
 * @param ids their numbers, each once
 * @param refused those that were left unchanged
 */
public record DeadLettersHandled(List<Long> ids, List<Refused> refused) {

    /** Creates the result in which none was refused. */
    public DeadLettersHandled(List<Long> ids) {
        this(ids, List.of());
    }

    public DeadLettersHandled {
        ids = List.copyOf(ids);
        refused = refused == null ? List.of() : List.copyOf(refused);
    }

    /**
     * A dead letter that was left unchanged.
     *
     * @param id its number
     * @param because why
     */
    public record Refused(long id, String because) {

        /** Returns the sentence for people. */
        public String text() {
            return "dead letter " + id + ": " + because;
        }
    }
}
