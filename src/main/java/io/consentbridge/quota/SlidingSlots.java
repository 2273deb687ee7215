package io.consentbridge.quota;

import java.time.Instant;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The calls within one window, counted in slots of a twelfth of it. The window at any moment touches at most twelve slots
 * before the running one, so keeping those thirteen within the limit keeps every window within it. Not safe for several
 * threads.
 */
final class SlidingSlots {

    private static final int FULL_SLOTS = 12;

    private final Quota.Window window;
    private final long slotMillis;
    private final NavigableMap<Long, Integer> used = new TreeMap<>();

    SlidingSlots(Quota.Window window) {
        this.window = window;
        this.slotMillis = (window.length().toMillis() + FULL_SLOTS - 1) / FULL_SLOTS;
    }

    Quota.Window window() {
        return window;
    }

    long slot(Instant now) {
        return Math.floorDiv(now.toEpochMilli(), slotMillis);
    }

    /** The oldest slot that counts now. */
    long oldest(Instant now) {
        return slot(now) - FULL_SLOTS;
    }

    void add(long slot, int calls) {
        used.merge(slot, calls, Integer::sum);
    }

    /** Returns at most {@code calls} calls of one slot, and says how many. */
    int takeBack(long slot, int calls) {
        int taken = Math.min(calls, used.getOrDefault(slot, 0));
        used.merge(slot, -taken, Integer::sum);
        return taken;
    }

    /** Later slots count too: they exist if a clock was set back. */
    int used(Instant now) {
        return used.tailMap(oldest(now)).values().stream()
                .mapToInt(Integer::intValue)
                .sum();
    }

    int free(Instant now) {
        return Math.max(0, window.limit() - used(now));
    }

    /** When at least one call is free. */
    Instant freeAt(Instant now) {
        int over = used(now) - window.limit();
        if (over < 0) {
            return now;
        }
        for (var slot : used.tailMap(oldest(now)).entrySet()) {
            over -= slot.getValue();
            if (over < 0) {
                return Instant.ofEpochMilli((slot.getKey() + FULL_SLOTS + 1) * slotMillis);
            }
        }
        throw new IllegalStateException("a limit below 1 never frees anything");
    }
}
