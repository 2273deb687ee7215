package io.consentbridge.mailing;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;

/** When a campaign is sent, once somebody orders it. */
public sealed interface SendTime {

    /** As soon as it is ordered. */
    record Now() implements SendTime {}

    /**
     * At a time of the clock.
     *
     * @param at the time on the clock
     * @param zone the zone of that clock; empty for the connection's
     * @param recipientsTimeZone whether each recipient gets it when the clock in their own zone shows that time; Zoho keeps
     *     the schedule then
     */
    record At(LocalDateTime at, Optional<ZoneId> zone, boolean recipientsTimeZone) implements SendTime {

        /** The zone of the clock, given that of the connection. */
        public ZoneId zone(ZoneId ofConnection) {
            return zone.orElse(ofConnection);
        }

        /** The instant at which the campaign is due, given the zone of the connection. */
        public Instant due(ZoneId ofConnection) {
            return at.atZone(zone(ofConnection)).toInstant();
        }
    }

    /** Whether Zoho keeps the schedule, so that only Zoho's screen can cancel it. */
    default boolean isHandedOver() {
        return this instanceof At later && later.recipientsTimeZone();
    }
}
