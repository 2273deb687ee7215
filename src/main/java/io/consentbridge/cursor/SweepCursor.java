package io.consentbridge.cursor;

import io.consentbridge.crm.CrmPage;
import io.consentbridge.crm.CrmRecord;
import io.consentbridge.crm.Cursor;
import java.time.Instant;
import java.util.Optional;

/**
 * Up to where the refusals of a module were swept. A sweep goes through what changed since the one before it began, by
 * Zoho's clock alone, and the first one, or one for a full run, through all refusals too.
 *
 * @param since when the last whole sweep began; empty before the first
 * @param everything whether all refusals are read, whenever they were said
 * @param next when the sweep that is under way began; empty while none is
 * @param reached its last record; empty before its first page
 */
public record SweepCursor(
        Optional<Instant> since, boolean everything, Optional<Instant> next, Optional<Cursor> reached) {

    /** Nothing was swept yet. */
    public static final SweepCursor NONE = new SweepCursor(Optional.empty(), true, Optional.empty(), Optional.empty());

    /** After a page of the sweep. */
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
