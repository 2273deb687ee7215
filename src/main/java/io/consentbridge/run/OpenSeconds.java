package io.consentbridge.run;

import io.consentbridge.crm.CrmPage;
import io.consentbridge.crm.CrmRecord;
import io.consentbridge.crm.Cursor;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Where reading may go on after a page. {@code Modified_Time} has whole seconds, so a second that had not passed, or not
 * long ago, when Zoho answered may still gain records with smaller ids. The cursor stays before such seconds; what is then
 * read twice is decided twice, and costs nothing but the page: what was delivered is recognised by its fingerprint.
 */
final class OpenSeconds {

    private static final Duration SETTLES_IN = Duration.ofSeconds(30);

    private OpenSeconds() {}

    /** Empty when the page had no records: the cursor stays where it is. */
    static Optional<Cursor> after(CrmPage page) {
        if (page.records().isEmpty()) {
            return Optional.empty();
        }
        CrmRecord last = page.records().get(page.records().size() - 1);
        return Optional.of(
                isOver(last.modified(), page) ? new Cursor(last.modified(), last.id()) : new Cursor(settled(page), ""));
    }

    /** Whether nothing of that second can change any more without showing another {@code Modified_Time}. */
    static boolean isOver(Instant modified, CrmPage page) {
        return !modified.isAfter(settled(page));
    }

    /** Up to that instant everything was over when the page was read. */
    static Instant settled(CrmPage page) {
        return page.readAt().minus(SETTLES_IN);
    }
}
