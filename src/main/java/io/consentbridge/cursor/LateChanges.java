package io.consentbridge.cursor;

import io.consentbridge.crm.CrmPage;
import io.consentbridge.crm.CrmRecord;
import io.consentbridge.crm.Cursor;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Where the next reading of changes begins. A change becomes visible some time after its {@code Modified_Time}, and not in the
 * order of these times, so no cursor moves into the time before Zoho's answer in which changes may still appear. A record
 * that is read again and did not change costs only its page, and is not counted again.
 *
 * <p>How late Zoho shows a change is not documented; {@code cursor.overlap} is an assumption.
 */
public final class LateChanges {

    private final Duration overlap;

    /** @param overlap how late a change may become visible; open seconds are waited for in any case */
    public LateChanges(Duration overlap) {
        this.overlap = overlap.compareTo(SettledWindow.SETTLE_IN) > 0 ? overlap : SettledWindow.SETTLE_IN;
    }

    /** Up to where a page brings the reading; empty when the page had no records: the cursor stays where it is. */
    public Optional<Cursor> after(CrmPage page) {
        if (page.records().isEmpty()) {
            return Optional.empty();
        }
        CrmRecord last = page.records().get(page.records().size() - 1);
        Instant complete = complete(page);
        return Optional.of(
                last.modified().isAfter(complete) ? new Cursor(complete, "") : new Cursor(last.modified(), last.id()));
    }

    /** Up to that instant everything was visible when the page was read, by Zoho's clock. */
    public Instant complete(CrmPage page) {
        return page.readAt().minus(overlap);
    }

    /** The same for what was read up to there. */
    public Instant complete(Instant until) {
        return until.minus(overlap);
    }
}
