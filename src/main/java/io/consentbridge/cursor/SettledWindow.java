package io.consentbridge.cursor;

import io.consentbridge.crm.CrmPage;
import java.time.Duration;
import java.time.Instant;

/**
 * The time after which a second of {@code Modified_Time} can bring no further change. {@code Modified_Time} has whole
 * seconds: a record whose second had not passed, or had only just passed, when Zoho answered may change again without
 * another {@code Modified_Time}. Such a record is decided again when it is read again.
 */
public final class SettledWindow {

    static final Duration SETTLE_IN = Duration.ofSeconds(30);

    private SettledWindow() {}

    /** Whether that second is over, so that any further change shows another {@code Modified_Time}. */
    public static boolean isOver(Instant modified, CrmPage page) {
        return !modified.isAfter(page.readAt().minus(SETTLE_IN));
    }
}
