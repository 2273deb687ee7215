package io.consentbridge.cursor;

import io.consentbridge.crm.Cursor;
import java.time.Instant;
import java.util.Map;

/** The position to which a page has brought the reading of its sync. */
public sealed interface Checkpoint {

    /** The position in the sync's own module. */
    record Records(Cursor cursor) implements Checkpoint {}

    /** The time up to which deletions were read. */
    record Deletions(Instant until) implements Checkpoint {}

    /** The position in the sweep of a module for people who opted out. */
    record Sweep(String module, SweepCursor cursor) implements Checkpoint {}

    /** The position of one of the additional readings, such as those of changed lookups. */
    record Selected(String reading, ReadingCursor cursor) implements Checkpoint {}

    /** Records of the sync's module with their current {@code Modified_Time}, whether the sync selects them or not. */
    record Changes(Map<String, Instant> records) implements Checkpoint {
        public Changes {
            records = Map.copyOf(records);
        }
    }

    /** Two checkpoints that are saved together. */
    record Both(Checkpoint first, Checkpoint second) implements Checkpoint {}
}
