package io.consentbridge.sync;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * A period in whole seconds, both bounds included: a day in a zone, or a single second.
 *
 * @param first the first second
 * @param last the last second
 */
public record Span(Instant first, Instant last) {

    /** The day in the zone, which may have 23 or 25 hours. */
    public static Span of(LocalDate day, ZoneId zone) {
        return new Span(
                day.atStartOfDay(zone).toInstant(),
                day.plusDays(1).atStartOfDay(zone).toInstant().minusSeconds(1));
    }
}
