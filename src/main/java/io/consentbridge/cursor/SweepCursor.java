package io.consentbridge.cursor;

import io.consentbridge.crm.CrmPage;
import io.consentbridge.crm.CrmRecord;
import io.consentbridge.crm.Cursor;
import java.time.Instant;
import java.util.Optional;

/**
 * The position up to which the refusals of a module were swept. A sweep reads what changed since the previous one began, by
 * Zoho's clock alone; the first sweep, or the sweep of a full run, also reads all refusals.
 *
 * @param since when the last complete sweep began; empty before the first
 * @param everything whether all refusals are read, whatever their time
 * @param next when the sweep in progress began; empty while there is none
 * @param reached its last record; empty before its first page
 */
public record SweepCursor(
        Optional<Instant> since, boolean everything, Optional<Instant> next, Optional<Cursor> reached) {

    /** The position before the first sweep. */
    public static final SweepCursor NONE = new SweepCursor(Optional.empty(), true, Optional.empty(), Optional.empty());

    /** The position after a page of the sweep. */
    public SweepCursor after(CrmPage page) {
        Instant began = next.orElse(page.readAt());
        if (page.last()) {
            return new SweepCursor(Optional.of(began), false, Optional.empty(), Optional.empty());
        }
        CrmRecord last = page.records().get(page.records().size() - 1);
        return new SweepCursor(
                since, everything, Optional.of(began), Optional.of(new Cursor(last.modified(), last.id())));
    }
}
