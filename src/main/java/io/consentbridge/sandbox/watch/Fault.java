package io.consentbridge.sandbox.watch;

import io.consentbridge.sandbox.web.Reply;
import io.consentbridge.sandbox.web.Request;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** An order to make calls fail: which calls, how, how often, and how often it struck so far. */
public final class Fault {

    /** In which way a call fails. */
    public enum Kind {
        STATUS,
        HTML,
        TRUNCATED,
        XML,
        CODE,
        DELAY,
        LOST_REPLY,
        DROP,
        /** The reply comes byte by byte, with a pause before each. */
        DRIP,
        /** A reply of so many bytes, packed with gzip if ordered so; what it says is nothing. */
        HUGE,
        /** Every call is answered as the first one that was struck, and that more follows. */
        REPEAT,
        /** The last row of the right answer stands in it twice. */
        TWICE;

        /** The kind for its word in a fault order ({@code lost-reply}). */
        public static Kind of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }

    /**
     * What was ordered.
     *
     * @param pattern text within the method's name or the path; null for all calls
     * @param email strike only calls that name this address; null for all
     * @param times how often, 0 or less for ever
     * @param skip how many matching calls pass before the first one fails
     * @param delayMillis how long a delayed reply takes, or the pause before each byte of a dripping one
     * @param bytes how large a huge reply is, once unpacked
     * @param packed whether a huge reply is packed
     */
    public record Order(
            String pattern,
            String email,
            Kind kind,
            long times,
            long skip,
            int status,
            String code,
            String message,
            long delayMillis,
            long bytes,
            boolean packed) {}

    private final Order order;
    private final AtomicLong seen = new AtomicLong();
    private final AtomicLong struck = new AtomicLong();
    private final AtomicReference<Reply> first = new AtomicReference<>();

    Fault(Order order) {
        this.order = order;
    }

    public Order order() {
        return order;
    }

    public long struck() {
        return struck.get();
    }

    /** True when the call is one to fail; uses up one of the times. */
    boolean strikes(String name, Request request) {
        if (order.pattern() != null
                && !name.contains(order.pattern())
                && !request.path().contains(order.pattern())) {
            return false;
        }
        if (order.email() != null && !names(request, order.email().toLowerCase(Locale.ROOT))) {
            return false;
        }
        if (seen.getAndIncrement() < order.skip()) {
            return false;
        }
        if (order.times() <= 0) {
            struck.incrementAndGet();
            return true;
        }
        return struck.getAndUpdate(n -> Math.min(n + 1, order.times())) < order.times();
    }

    /** The reply of the first call that was struck; the given one becomes it when there is none. */
    Reply first(Supplier<Reply> now) {
        if (first.get() == null) {
            first.compareAndSet(null, now.get());
        }
        return first.get();
    }

    private static boolean names(Request request, String email) {
        return request.params().values().stream()
                .anyMatch(value -> value.toLowerCase(Locale.ROOT).contains(email));
    }
}
