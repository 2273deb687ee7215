package io.consentbridge.sandbox.watch;

import io.consentbridge.sandbox.web.Reply;
import io.consentbridge.sandbox.web.Request;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** A rule that makes calls fail: which calls, how, how often, and how often it has done so. */
public final class Fault {

    /** The way in which a call fails. */
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
        /** A reply of a given size without content, compressed with gzip on request. */
        HUGE,
        /** Every call gets the answer of the first affected one, which says that more follows. */
        REPEAT,
        /** The correct answer contains its last row twice. */
        TWICE;

        /** Returns the kind for its word in a rule ({@code lost-reply}). */
        public static Kind of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }

    /**
     * Which calls fail, and how.
     *
     * @param pattern text within the method's name or the path; null for all calls
     * @param email restricts the rule to calls that name this address, or another text, in a parameter or in JSON; null for all
     * @param times how often; 0 or less for an unlimited number
     * @param skip how many matching calls pass before the first one fails
     * @param delayMillis how long a delayed reply takes, or the pause before each byte of a dripping one
     * @param bytes the size of a huge reply, uncompressed
     * @param packed whether a huge reply is compressed
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

    /** Returns true when the call is to fail; uses up one of the times. */
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

    /** Returns the reply of the first affected call; stores the given one when there is none. */
    Reply first(Supplier<Reply> now) {
        if (first.get() == null) {
            first.compareAndSet(null, now.get());
        }
        return first.get();
    }

    private static boolean names(Request request, String email) {
        return request.params().values().stream()
                        .anyMatch(value -> value.toLowerCase(Locale.ROOT).contains(email))
                || request.json()
                        .filter(body -> body.toString().toLowerCase(Locale.ROOT).contains(email))
                        .isPresent();
    }
}
