package io.consentbridge.cursor;

import io.consentbridge.crm.CrmPage;
import java.time.Duration;
import java.time.Instant;

/**
 * {@code Modified_Time} has whole seconds, so a record of a second that had not passed, or not long ago, when Zoho answered
 * may change again without another {@code Modified_Time}. Such a record is decided again when it is read again.
 */
public final class SettledWindow {

    static final Duration SETTLE_IN = Duration.ofSeconds(30);

    private SettledWindow() {}

    /** Whether nothing of that second can change any more without showing another {@code Modified_Time}. */
    public static boolean isOver(Instant modified, CrmPage page) {
        return !modified.isAfter(page.readAt().minus(SETTLE_IN));
    }
}
