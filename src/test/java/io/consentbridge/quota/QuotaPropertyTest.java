package io.consentbridge.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class QuotaPropertyTest {

    /** Some calls are asked for after some milliseconds. */
    record Step(int millis, int wanted) {}

    record Call(Instant at, int calls) {}

    @Property(tries = 300)
    @Label("No sequence of reservations exceeds the limit in any window of that length")
    void neverTooMany(
            @ForAll @Size(min = 1, max = 120) List<@IntRange(min = 0, max = 9_000) Integer> pauses,
            @ForAll @IntRange(min = 1, max = 60) int limit,
            @ForAll @IntRange(min = 1, max = 90) int seconds) {
        Duration length = Duration.ofSeconds(seconds);
        SlidingSlots slots = new SlidingSlots(new Quota.Window(limit, length));
        Instant now = Instant.parse("2026-11-22T09:00:00Z");
        List<Call> calls = new ArrayList<>();
        for (int pause : pauses) {
            now = now.plusMillis(pause);
            int granted = Math.min(1 + pause % 17, slots.free(now));
            slots.add(slots.slot(now), granted);
            calls.add(new Call(now, granted));
        }
        for (Call first : calls) {
            Instant end = first.at().plus(length);
            int inWindow = calls.stream()
                    .filter(call ->
                            !call.at().isBefore(first.at()) && !call.at().isAfter(end))
                    .mapToInt(Call::calls)
                    .sum();
            assertThat(inWindow).isLessThanOrEqualTo(limit);
        }
    }

    @Property(tries = 300)
    @Label("A call is free at the instant that was foretold, and not a millisecond before")
    void freeWhenForetold(
            @ForAll @Size(min = 1, max = 40) List<@IntRange(min = 0, max = 9_000) Integer> pauses,
            @ForAll @IntRange(min = 1, max = 20) int limit) {
        SlidingSlots slots = new SlidingSlots(new Quota.Window(limit, Duration.ofMinutes(1)));
        Instant now = Instant.parse("2026-11-22T09:00:00Z");
        for (int pause : pauses) {
            now = now.plusMillis(pause);
            slots.add(slots.slot(now), Math.min(3, slots.free(now)));
        }
        Instant freeAt = slots.freeAt(now);
        assertThat(slots.free(freeAt)).isPositive();
        if (freeAt.isAfter(now)) {
            assertThat(slots.free(freeAt.minusMillis(1))).isZero();
        }
    }
}
