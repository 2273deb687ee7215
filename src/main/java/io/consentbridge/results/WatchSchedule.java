package io.consentbridge.results;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a campaign is looked at: hourly until two days after sending, daily until two weeks, weekly until three months, then no
 * more (docs/write-back.md, "How often Zoho is asked").
 */
final class WatchSchedule {

    /** A part of the time after sending, and how often the campaign is looked at in it. */
    private record Phase(Duration until, Duration every) {}

    private static final Phase[] PHASES = {
        new Phase(Duration.ofDays(2), Duration.ofHours(1)),
        new Phase(Duration.ofDays(14), Duration.ofDays(1)),
        new Phase(Duration.ofDays(91), Duration.ofDays(7))
    };

    private WatchSchedule() {}

    /** The number of the phase, counted from 0; that after the last one if the campaign is not looked at any more. */
    static int phase(Instant sent, Instant now) {
        Duration age = Duration.between(sent, now);
        int phase = 0;
        while (phase < PHASES.length && age.compareTo(PHASES[phase].until()) >= 0) {
            phase++;
        }
        return phase;
    }

    /**
     * When a campaign that is looked at now is looked at next; empty for no more. The instants are counted from the sending, so
     * that a look that comes late does not move those behind it.
     */
    static Optional<Instant> next(Instant sent, Instant now) {
        int phase = phase(sent, now);
        if (phase == PHASES.length) {
            return Optional.empty();
        }
        Duration every = PHASES[phase].every();
        long passed = Math.max(0, Duration.between(sent, now).dividedBy(every));
        return Optional.of(sent.plus(every.multipliedBy(passed + 1)));
    }
}
