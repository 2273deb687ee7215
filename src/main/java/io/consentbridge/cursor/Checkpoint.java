package io.consentbridge.cursor;

import io.consentbridge.crm.Cursor;
import java.time.Instant;
import java.util.Map;

/** Up to where a page has brought the reading of its sync. */
public sealed interface Checkpoint {

    /** The sync's own module was read up to there. */
    record Records(Cursor cursor) implements Checkpoint {}

    /** Deletions were read up to then. */
    record Deletions(Instant until) implements Checkpoint {}

    /** The opted-out people of a module were swept up to there. */
    record Sweep(String module, SweepCursor cursor) implements Checkpoint {}

    /** One of the readings besides the records themselves has come so far. */
    record Selected(String reading, ReadingCursor cursor) implements Checkpoint {}

    /** These records of the sync's module have that {@code Modified_Time} now, whether the sync selects them or not. */
    record Changes(Map<String, Instant> records) implements Checkpoint {
        public Changes {
            records = Map.copyOf(records);
        }
    }

    /** Two of them at once. */
    record Both(Checkpoint first, Checkpoint second) implements Checkpoint {}
}
