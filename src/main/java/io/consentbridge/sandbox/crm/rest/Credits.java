package io.consentbridge.sandbox.crm.rest;

import io.consentbridge.sandbox.clock.SandboxClock;
import io.consentbridge.sandbox.web.Reply;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * API credits of a day and concurrent calls (docs/zoho-notes.md, "CRM: credits and calls at once"). A day begins with its
 * first call and does not roll. Safe for use by several threads.
 */
public final class Credits {

    static final int COQL = -1;

    private static final long DAY = 86_400_000L;
    private static final int AT_ONCE = 20;
    private static final int COQL_AT_ONCE = 10;

    private final SandboxClock clock;
    private final BooleanSupplier limited;
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger runningCoql = new AtomicInteger();
    private long limit = 100_000;
    private long used;
    private long dayStart;

    public Credits(SandboxClock clock, BooleanSupplier limited) {
        this.clock = clock;
        this.limited = limited;
    }

    /** Sets how many credits a day has. */
    public synchronized void limit(long newLimit) {
        limit = newLimit;
    }

    public synchronized long used() {
        return used;
    }

    public synchronized long limit() {
        return limit;
    }

    Reply spend(String name, int price, Supplier<Reply> call) {
        boolean coql = price == COQL;
        AtomicInteger narrow = coql ? runningCoql : running;
        int others = narrow.getAndIncrement();
        try {
            if (limited.getAsBoolean() && others >= (coql ? COQL_AT_ONCE : AT_ONCE)) {
                throw tooMany();
            }
            take(coql ? 1 : price, limited.getAsBoolean());
            Reply reply = call.get();
            if (coql) {
                take(reply.body().length > 400_000 ? 2 : reply.body().length > 40_000 ? 1 : 0, false);
            }
            return marked(reply);
        } finally {
            narrow.decrementAndGet();
        }
    }

    private synchronized void take(int price, boolean enforced) {
        long now = clock.millis();
        if (now - dayStart >= DAY || now < dayStart) {
            dayStart = now;
            used = 0;
        }
        if (enforced && used + price > limit) {
            throw tooMany();
        }
        used += price;
    }

    private synchronized Reply marked(Reply reply) {
        boolean shown = limited.getAsBoolean() && used * 2 >= limit;
        return shown ? reply.withHeader("X-API-CREDITS-REMAINING", Long.toString(Math.max(0, limit - used))) : reply;
    }

    private static Refusal tooMany() {
        return new Refusal(429, UncertainCrm.TOO_MANY, "Too many requests. Please try again later.", Map.of());
    }
}
