package io.consentbridge.results;

import java.util.List;
import java.util.Optional;

/**
 * A page of the people of a figure (B155).
 *
 * @param people in a stable order
 * @param next where the next page begins; empty if this is the last one
 */
public record ActivityPage(List<Reacted> people, Optional<Mark> next) {

    /** Everything from the beginning. */
    public static final Mark BEGINNING = new Mark(0, 0);

    public ActivityPage {
        people = List.copyOf(people);
    }

    /**
     * A place between two people.
     *
     * @param part number of the part of the campaign
     * @param after number of the last reaction that was given
     */
    public record Mark(long part, long after) {}
}
