package io.consentbridge.cursor;

import io.consentbridge.crm.CrmPage;
import io.consentbridge.crm.Cursor;
import java.time.Instant;
import java.util.Optional;

/**
 * Up to where one of the readings besides the records themselves has come. Each goes through everything that changed since
 * the one before it began.
 *
 * @param since whence changes are read; empty to read everything
 * @param next whence the reading after this one reads; empty while none is under way
 * @param reached the last record of the reading that is under way; empty before its first page
 */
public record ReadingCursor(Optional<Instant> since, Optional<Instant> next, Optional<Cursor> reached) {

    public static final ReadingCursor NONE = new ReadingCursor(Optional.empty(), Optional.empty(), Optional.empty());

    /** Nothing is under way, and the next one reads what changes from that page on. */
    public static ReadingCursor from(CrmPage page, LateChanges late) {
        return new ReadingCursor(Optional.of(late.complete(page)), Optional.empty(), Optional.empty());
    }

    /** After a page whose last record, before anything was left out, was this one. */
    public ReadingCursor after(CrmPage page, Optional<Cursor> last, LateChanges late) {
        Instant following = next.orElse(late.complete(page));
        return page.last()
                ? new ReadingCursor(Optional.of(following), Optional.empty(), Optional.empty())
                : new ReadingCursor(since, Optional.of(following), last.or(() -> reached));
    }
}
