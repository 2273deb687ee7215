package io.consentbridge.api;

import java.util.List;

/**
 * Dead letters that were dealt with.
 *
 * @param ids their numbers, each once
 * @param refused those with which nothing was done
 */
public record DeadLettersHandled(List<Long> ids, List<Refused> refused) {

    /** All of them were dealt with. */
    public DeadLettersHandled(List<Long> ids) {
        this(ids, List.of());
    }

    public DeadLettersHandled {
        ids = List.copyOf(ids);
        refused = refused == null ? List.of() : List.copyOf(refused);
    }

    /**
     * One with which nothing was done.
     *
     * @param id its number
     * @param because why
     */
    public record Refused(long id, String because) {

        /** For people. */
        public String text() {
            return "dead letter " + id + ": " + because;
        }
    }
}
