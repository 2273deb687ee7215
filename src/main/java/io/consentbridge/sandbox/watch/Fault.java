package io.consentbridge.sandbox.watch;

import io.consentbridge.sandbox.web.Reply;
import io.consentbridge.sandbox.web.Request;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** A rule that makes calls fail: which calls, how, how often, and how often it struck so far. */
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
        /** A reply of a given size, packed with gzip if asked for, without meaning. */
        HUGE,
        /** Every call is answered as the first one that was struck, and that more follows. */
        REPEAT,
        /** The last row of the right answer stands in it twice. */
        TWICE;

        /** The kind for its word in a rule ({@code lost-reply}). */
        public static Kind of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }

    /**
     * Which calls fail, and how.
     *
     * @param pattern text within the method's name or the path; null for all calls
     * @param email strike only calls that name this address; null for all
     * @param times how often, 0 or less for ever
     * @param skip how many matching calls pass before the first one fails
     * @param delayMillis how long a delayed reply takes, or the pause before each byte of a dripping one
     * @param bytes how large a huge reply is, once unpacked
     * @param packed whether a huge reply is packed
     */
    public record Rule(
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

    private final Rule rule;
    private final AtomicLong seen = new AtomicLong();
    private final AtomicLong struck = new AtomicLong();
    private final AtomicReference<Reply> first = new AtomicReference<>();

    Fault(Rule rule) {
        this.rule = rule;
    }

    public Rule rule() {
        return rule;
    }

    public long struck() {
        return struck.get();
    }

    /** True when the call is one to fail; uses up one of the times. */
    boolean strikes(String name, Request request) {
        if (rule.pattern() != null
                && !name.contains(rule.pattern())
                && !request.path().contains(rule.pattern())) {
            return false;
        }
        if (rule.email() != null && !names(request, rule.email().toLowerCase(Locale.ROOT))) {
            return false;
        }
        if (seen.getAndIncrement() < rule.skip()) {
            return false;
        }
        if (rule.times() <= 0) {
            struck.incrementAndGet();
            return true;
        }
        return struck.getAndUpdate(n -> Math.min(n + 1, rule.times())) < rule.times();
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
