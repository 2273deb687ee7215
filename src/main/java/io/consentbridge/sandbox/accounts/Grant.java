package io.consentbridge.sandbox.accounts;

import java.util.ArrayDeque;
import java.util.Deque;

/** One refresh token: the access tokens issued for it, oldest first, and when it was used. Guarded by its owner. */
final class Grant {

    private static final long WINDOW = 10 * 60_000L;
    private static final int PER_WINDOW = 10;
    private static final int ACTIVE = 15;

    /** An access token and its expiry. */
    record Issued(String token, long until) {}

    private final Deque<Long> asked = new ArrayDeque<>();
    private final Deque<Issued> active = new ArrayDeque<>();

    boolean mayAsk(long now) {
        while (!asked.isEmpty() && asked.peekFirst() <= now - WINDOW) {
            asked.removeFirst();
        }
        return asked.size() < PER_WINDOW;
    }

    /** Adds a token and returns the one that expires because of it, or null. */
    Issued issue(Issued issued, long now) {
        asked.addLast(now);
        active.removeIf(old -> old.until() <= now);
        active.addLast(issued);
        return active.size() > ACTIVE ? active.removeFirst() : null;
    }

    Deque<Issued> active() {
        return active;
    }
}
