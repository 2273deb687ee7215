package io.consentbridge.reaction;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A person whom Campaigns lists among those who left a list.
 *
 * @param list row of the list
 * @param purposes names of the purposes that the list serves
 * @param since when that was first read
 * @param takenOff whether the product took the person off for a reason of its own: the record was deleted, moved or no longer
 *     selected, or its consent was lost
 * @param removedAt when the product last took the person off the list, for whatever reason; empty if it never did
 * @param subscribedAt when the product last subscribed the person; empty if it never did
 */
public record Departure(
        long list,
        Set<String> purposes,
        Instant since,
        boolean takenOff,
        Optional<Instant> removedAt,
        Optional<Instant> subscribedAt) {

    public Departure {
        purposes = Set.copyOf(purposes);
    }

    /**
     * Whether the person left by themselves. Somebody whom the product took off stands among the unsubscribed as well, and is
     * never taken for one who left, unless it was read before that they had left, or the product has subscribed them since.
     */
    public boolean byThemselves() {
        boolean ours = removedAt
                .filter(at -> !since.isBefore(at))
                .filter(at -> subscribedAt.filter(again -> again.isAfter(at)).isEmpty())
                .isPresent();
        return !takenOff && !ours;
    }
}
