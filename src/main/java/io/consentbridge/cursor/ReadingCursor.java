package io.consentbridge.cursor;

import io.consentbridge.crm.CrmPage;
import io.consentbridge.crm.Cursor;
import java.time.Instant;
import java.util.Optional;

/**
 * The position of one of the additional readings of a sync. Each reading goes through everything that changed since the
 * previous one began.
 *
 * @param since the position from which changes are read; empty to read everything
 * @param next the position from which the following reading reads; empty while no reading is in progress
 * @param reached the last record of the reading in progress; empty before its first page
 */
public record ReadingCursor(Optional<Instant> since, Optional<Instant> next, Optional<Cursor> reached) {

    public static final ReadingCursor NONE = new ReadingCursor(Optional.empty(), Optional.empty(), Optional.empty());

    /** A cursor with no reading in progress, whose next reading reads what changes from that page on. */
    public static ReadingCursor from(CrmPage page, LateChanges late) {
        return new ReadingCursor(Optional.of(late.complete(page)), Optional.empty(), Optional.empty());
    }

    /** The cursor after a page. */
    public ReadingCursor after(CrmPage page, Optional<Cursor> last, LateChanges late) {
        Instant following = next.orElse(late.complete(page));
        return page.last()
                ? new ReadingCursor(Optional.of(following), Optional.empty(), Optional.empty())
                : new ReadingCursor(since, Optional.of(following), last.or(() -> reached));
    }
}
