package io.consentbridge.sandbox.clock;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that ticks like another one but can be moved. Safe for use by several threads. */
public final class SandboxClock extends Clock {

    private final Clock ticking;
    private final AtomicLong aheadMillis = new AtomicLong();

    public SandboxClock(Clock ticking, Instant start) {
        this.ticking = ticking;
        if (start != null) {
            aheadMillis.set(start.toEpochMilli() - ticking.millis());
        }
    }

    /** Moves the clock forward, or back with a negative amount. */
    public void move(Duration amount) {
        aheadMillis.addAndGet(amount.toMillis());
    }

    /** Sets the clock; it ticks on from there. */
    public void set(Instant now) {
        aheadMillis.set(now.toEpochMilli() - ticking.millis());
    }

    /** Returns the time in whole seconds, as both APIs write it. */
    public Instant seconds() {
        return instant().truncatedTo(ChronoUnit.SECONDS);
    }

    @Override
    public long millis() {
        return ticking.millis() + aheadMillis.get();
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(millis());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("the sandbox's clock has one zone, UTC");
    }
}
