package io.consentbridge.outbox;

import io.consentbridge.store.Database;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The parked deliveries: shown, replayed or discarded by a person. */
public final class DeadLetters {

    /**
     * What became of one request.
     *
     * @param id of the dead letter
     * @param refused why nothing was done; empty when it was done
     */
    public record Answer(long id, Optional<String> refused) {}

    public DeadLetters(Database database, InstantSource clock) {}

    /** Dead letters by number, the oldest first, from after {@code afterId}. */
    public List<DeadLetter> list(long afterId, int max) {
        throw new UnsupportedOperationException();
    }

    /** How many there are, those in replay not counted. */
    public long count() {
        throw new UnsupportedOperationException();
    }

    /** One of them; empty when there is none of that number. */
    public Optional<DeadLetter> show(long id) {
        throw new UnsupportedOperationException();
    }

    /**
     * Puts each into the outbox again, unless a newer delivery for that person and list waits or was made since, or the
     * person must not be mailed by now.
     *
     * @return one answer for each number, in that order
     */
    public List<Answer> replay(Collection<Long> ids) {
        throw new UnsupportedOperationException();
    }

    /**
     * Forgets each, unless it is in replay; its record stays counted as dead-lettered.
     *
     * @return one answer for each number, in that order
     */
    public List<Answer> discard(Collection<Long> ids) {
        throw new UnsupportedOperationException();
    }
}
