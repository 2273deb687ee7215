package io.consentbridge.run;

import io.consentbridge.crm.Cursor;
import java.time.Instant;
import java.util.Optional;

/**
 * Up to where the opted-out people of a module were swept. The first sweep reads only refusals. Once it is over, the
 * sweeps of a module that is not the sync's own read whatever changed, and so find those who opted back in too.
 *
 * @param after the last record read; empty before the first page
 * @param changesSince whence changes are read once the refusals were; empty when they are read already, or not yet known
 */
public record SweepCursor(Optional<Cursor> after, Optional<Instant> changesSince) {

    /** Nothing was swept yet. */
    static final SweepCursor NONE = new SweepCursor(Optional.empty(), Optional.empty());

    /** Whether the refusals were all read once. */
    boolean knowsRefusals() {
        return after.isPresent() && changesSince.isEmpty();
    }
}
