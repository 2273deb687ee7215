package io.consentbridge.sandbox.watch;

import io.consentbridge.sandbox.clock.SandboxClock;
import io.consentbridge.sandbox.web.Request;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;

/** Counts every call by method and result, and remembers the last 10,000 without their secrets. */
public final class CallBook {

    private static final int REMEMBERED = 10_000;
    private static final Set<String> SECRETS = Set.of("client_secret", "refresh_token", "code", "token");

    private final SandboxClock clock;
    private final Map<String, Map<String, LongAdder>> counts = new ConcurrentHashMap<>();
    private final AtomicReferenceArray<Call> last = new AtomicReferenceArray<>(REMEMBERED);
    private final AtomicLong total = new AtomicLong();

    /** A remembered call. */
    public record Call(
            long number, long at, String name, String method, String path, Map<String, String> params, String result) {}

    public CallBook(SandboxClock clock) {
        this.clock = clock;
    }

    /** Records a finished call. */
    public void note(String name, Request request, String result) {
        counts.computeIfAbsent(name, n -> new ConcurrentHashMap<>())
                .computeIfAbsent(result, r -> new LongAdder())
                .increment();
        long number = total.getAndIncrement();
        last.set(
                (int) (number % REMEMBERED),
                new Call(number, clock.millis(), name, request.method(), request.path(), request.params(), result));
    }

    /** Returns calls by method and result since the start or the last reset. */
    public Map<String, Map<String, Long>> counts() {
        Map<String, Map<String, Long>> copy = new TreeMap<>();
        counts.forEach((name, results) -> {
            Map<String, Long> row = new TreeMap<>();
            results.forEach((result, count) -> row.put(result, count.sum()));
            copy.put(name, row);
        });
        return copy;
    }

    /** Returns the remembered calls whose name contains the text, oldest first. */
    public List<Call> recent(String text, int most) {
        List<Call> found = new ArrayList<>();
        long end = total.get();
        for (long n = end - 1; n >= 0 && n >= end - REMEMBERED && found.size() < most; n--) {
            Call call = last.get((int) (n % REMEMBERED));
            if (call != null && call.name().contains(text)) {
                found.add(0, withoutSecrets(call));
            }
        }
        return found;
    }

    public void reset() {
        counts.clear();
        for (int i = 0; i < REMEMBERED; i++) {
            last.set(i, null);
        }
    }

    private static Call withoutSecrets(Call call) {
        Map<String, String> shown = new HashMap<>(call.params());
        shown.keySet().removeAll(SECRETS);
        return new Call(call.number(), call.at(), call.name(), call.method(), call.path(), shown, call.result());
    }
}
