package io.consentbridge.decision;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** What the end of a page's transaction does for records whose person confirmed meanwhile. */
public final class PagesOvertaken {

    private PagesOvertaken() {}

    public static void note(Handle handle, String sync, String recordId, Instant since) {
        RemainingRows.confirmed(handle, sync, List.of(recordId), since);
    }
}
