package io.consentbridge.sync;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.consentbridge.consent.IgnoreReason;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * The figures of a run (B70-B83). In a finished run {@code total = new + readded + duplicate + deleted + deadLettered +
 * sum(ignored)}.
 *
 * @param total records counted while reading
 * @param added people new to Campaigns; "new" in every document
 * @param readded people who had left Campaigns
 * @param duplicate people who were there already
 * @param updated how many of the duplicates had a change
 * @param left people who were removed from a list, whatever the outcome of their record; not included in the total
 * @param deleted people deleted in the CRM and updated in Campaigns
 * @param deadLettered records parked in the dead-letter channel
 * @param pending records whose delivery has not ended; omitted from a document if there are none
 * @param ignored how many were left out, by reason; every reason is present
 */
public record Counters(
        long total,
        @JsonProperty("new") long added,
        long readded,
        long duplicate,
        long updated,
        long left,
        long deleted,
        long deadLettered,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) long pending,
        Map<IgnoreReason, Long> ignored) {

    /** All zero. */
    public static final Counters NONE = new Counters(0, 0, 0, 0, 0, 0, 0, 0, 0, Map.of());

    public Counters {
        Map<IgnoreReason, Long> every = new EnumMap<>(IgnoreReason.class);
        for (IgnoreReason reason : IgnoreReason.values()) {
            every.put(reason, ignored == null ? 0L : ignored.getOrDefault(reason, 0L));
        }
        ignored = Collections.unmodifiableMap(every);
    }

    /** The sums of two runs. */
    public Counters plus(Counters other) {
        Map<IgnoreReason, Long> both = new EnumMap<>(ignored);
        other.ignored.forEach((reason, count) -> both.merge(reason, count, Long::sum));
        return new Counters(
                total + other.total,
                added + other.added,
                readded + other.readded,
                duplicate + other.duplicate,
                updated + other.updated,
                left + other.left,
                deleted + other.deleted,
                deadLettered + other.deadLettered,
                pending + other.pending,
                both);
    }

    /** Whether every counted record has exactly one outcome. */
    public boolean balances() {
        long reasons = ignored.values().stream().mapToLong(Long::longValue).sum();
        return total == added + readded + duplicate + deleted + deadLettered + pending + reasons;
    }
}
