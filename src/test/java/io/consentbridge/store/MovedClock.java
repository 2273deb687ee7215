package io.consentbridge.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until a test moves it. */
public final class MovedClock implements InstantSource {

    private volatile Instant now = Instant.parse("2026-11-22T09:00:00Z");

    @Override
    public Instant instant() {
        return now;
    }

    /** Lets that much time pass. */
    public void pass(Duration time) {
        now = now.plus(time);
    }
}
