package io.consentbridge.cursor;

import io.consentbridge.crm.CrmPage;
import io.consentbridge.crm.CrmRecord;
import io.consentbridge.crm.Cursor;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Decides where the next reading of changes begins. A change becomes visible some time after its {@code Modified_Time}, and
 * not in the order of these times. Therefore no cursor moves into the time before Zoho's answer in which changes may still
 * appear. A record that is read again without a change costs only its page, and is not counted again.
 *
 * <p>Zoho does not document how late it shows a change; {@code cursor.overlap} is an assumption.
 */
public final class LateChanges {

    private final Duration overlap;

    /** @param overlap how late a change may become visible; at least {@link SettledWindow}'s 30 seconds apply */
    public LateChanges(Duration overlap) {
        this.overlap = overlap.compareTo(SettledWindow.SETTLE_IN) > 0 ? overlap : SettledWindow.SETTLE_IN;
    }

    /**
     * The position to which a page brings the reading; empty when the page has no records, so that the cursor stays where it
     * is.
     */
    public Optional<Cursor> after(CrmPage page) {
        if (page.records().isEmpty()) {
            return Optional.empty();
        }
        CrmRecord last = page.records().get(page.records().size() - 1);
        Instant complete = complete(page);
        return Optional.of(
                last.modified().isAfter(complete) ? new Cursor(complete, "") : new Cursor(last.modified(), last.id()));
    }

    /** The instant, by Zoho's clock, up to which every change was visible when the page was read. */
    public Instant complete(CrmPage page) {
        return page.readAt().minus(overlap);
    }

    /** The instant up to which every change was visible at the time {@code until}. */
    public Instant complete(Instant until) {
        return until.minus(overlap);
    }
}
