package io.consentbridge.results;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * What is known of people's clicks in campaigns. Clicks of link scanners are none. What was not read is not known: a person whose
 * campaigns were never read has neither clicked nor not clicked.
 */
public interface ClickEvidence {

    /** Nothing was read. */
    ClickEvidence NONE = new ClickEvidence() {
        @Override
        public List<Instant> mailings(Handle handle, long listId, Instant after) {
            return List.of();
        }

        @Override
        public Map<Long, Instant> last(Handle handle, String connection, Collection<Long> people) {
            return Map.of();
        }

        @Override
        public Optional<Instant> knownUntil(Handle handle, long listId) {
            return Optional.empty();
        }
    };

    /**
     * When campaigns were sent to that list whose clicks were read since, the oldest first.
     *
     * @param listId row of the list
     * @param after only those that were sent after this instant
     */
    List<Instant> mailings(Handle handle, long listId, Instant after);

    /**
     * When each of these people last clicked, in any campaign of the connection; people who never did are absent.
     *
     * @param people numbers of the people
     */
    Map<Long, Instant> last(Handle handle, String connection, Collection<Long> people);

    /**
     * The instant up to which the clicks in all campaigns to that list are known; empty if those of none are. A campaign that is
     * too old to be read again does not count.
     */
    Optional<Instant> knownUntil(Handle handle, long listId);
}
