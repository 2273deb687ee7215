package io.consentbridge.outbox;

import io.consentbridge.zoho.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The batches that this process has in flight: how many there may be, and of which connection and action the next one is.
 * Safe for many threads.
 */
final class BatchesInFlight {

    /** A connection and an action of which a batch may be claimed. */
    record Turn(Connection connection, Action action) {}

    /** Room for one batch after another; has the identity of an object. */
    static final class Place {
        private Optional<Turn> flying = Optional.empty();
        private Instant until;

        private boolean has(String connection, Action mostUrgent) {
            return flying.filter(turn -> turn.connection().name().equals(connection))
                    .filter(turn -> turn.action().compareTo(mostUrgent) <= 0)
                    .isPresent();
        }
    }

    private final int most;
    private final InstantSource clock;
    private final Duration lease;
    private final Set<Place> taken = new HashSet<>();
    private final Map<String, Long> lastTurns = new HashMap<>();
    private long turns;

    /**
     * @param most how many batches may be in flight, at least 1
     * @param lease how long a batch is claimed; after that its place is free again, whatever became of its thread
     */
    BatchesInFlight(int most, InstantSource clock, Duration lease) {
        this.most = most;
        this.clock = clock;
        this.lease = lease;
    }

    /** How many further batches may be in flight now. */
    synchronized int free() {
        Instant now = clock.instant();
        taken.removeIf(place -> place.until.isBefore(now));
        return most - taken.size();
    }

    /** Takes a place; empty if none is free. */
    synchronized Optional<Place> take() {
        if (free() < 1) {
            return Optional.empty();
        }
        Place place = new Place();
        place.until = clock.instant().plus(lease);
        taken.add(place);
        return Optional.of(place);
    }

    /** Frees the place. Idempotent. */
    synchronized void leave(Place place) {
        taken.remove(place);
    }

    /** A batch of that connection and action has the place. */
    synchronized void flies(Place place, Turn turn) {
        place.flying = Optional.of(turn);
        place.until = clock.instant().plus(lease);
        lastTurns.put(turn.connection().name(), ++turns);
    }

    /** The batch of the place has ended. Returns whether the place may have another one. */
    synchronized boolean ended(Place place) {
        place.flying = Optional.empty();
        return taken.contains(place);
    }

    /**
     * In which sequence a claim looks for deliveries. Of one connection the more urgent action is always the first. Of several
     * connections it is the one that has no such batch in flight, then the more urgent action, then the connection with the
     * fewest batches in flight, then the one whose last batch is the oldest.
     */
    synchronized List<Turn> turns(Collection<Connection> connections) {
        List<Turn> all = new ArrayList<>();
        for (Connection connection : connections) {
            for (Action action : Action.values()) {
                all.add(new Turn(connection, action));
            }
        }
        all.sort(Comparator.<Turn>comparingLong(turn -> flying(turn.connection(), turn.action()))
                .thenComparing(Turn::action)
                .thenComparingLong(turn -> flying(turn.connection(), Action.SUBSCRIBE))
                .thenComparingLong(
                        turn -> lastTurns.getOrDefault(turn.connection().name(), 0L)));
        return all;
    }

    private long flying(Connection connection, Action mostUrgent) {
        return taken.stream()
                .filter(place -> place.has(connection.name(), mostUrgent))
                .count();
    }
}
