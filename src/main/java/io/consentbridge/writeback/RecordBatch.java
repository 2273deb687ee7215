package io.consentbridge.writeback;

import io.consentbridge.zoho.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Claimed updates of one connection and module, which one call writes.
 *
 * @param connection their connection
 * @param module API name of the module
 * @param updates the updates, at least one
 * @param records what is written, one for each update in their order
 * @param notes what is written differently, by the number of the update
 * @param unmodifiedSince when the newest change was made that was there as their addresses were read; null if none were read
 * @param until when the claim ends
 */
public record RecordBatch(
        Connection connection,
        String module,
        List<ClaimedUpdate> updates,
        List<Map<String, Object>> records,
        Map<Long, String> notes,
        Instant unmodifiedSince,
        Instant until) {

    /** How many records are written. */
    public int size() {
        return updates.size();
    }

    @Override
    public String toString() {
        return size() + " updates of " + module;
    }
}
