package io.consentbridge.sandbox.campaigns;

import io.consentbridge.sandbox.clock.SandboxClock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/** The call limits of each method (docs/zoho-notes.md, "Campaigns: call limits"). Safe for use by several threads. */
public final class Quotas {

    private static final long MINUTE = 60_000L;

    private final SandboxClock clock;
    private final BooleanSupplier enforced;
    private final Map<String, MethodQuota> methods = new ConcurrentHashMap<>();

    public Quotas(SandboxClock clock, BooleanSupplier enforced) {
        this.clock = clock;
        this.enforced = enforced;
    }

    boolean take(String method) {
        return !enforced.getAsBoolean()
                || methods.computeIfAbsent(method, Quotas::limits).take(clock.millis());
    }

    /** Deletes all counts of calls and ends every lock. */
    public void clear() {
        methods.values().forEach(MethodQuota::clear);
    }

    /** Returns the lock-outs and refused calls of the methods that had any. */
    public Map<String, Object> lockedOut() {
        Map<String, Object> all = new TreeMap<>();
        methods.forEach((method, quota) -> {
            if (quota.refused() > 0) {
                Map<String, Object> one = new LinkedHashMap<>();
                one.put("times", quota.lockedOut());
                one.put("refusedCalls", quota.refused());
                one.put("until", quota.lockedUntil());
                all.put(method, one);
            }
        });
        return all;
    }

    private static MethodQuota limits(String method) {
        return switch (method) {
            case "json/listsubscribe" ->
                new MethodQuota(
                        30 * MINUTE,
                        new Window(500, MINUTE),
                        new Window(12_500, 60 * MINUTE),
                        new Window(75_000, 24 * 60 * MINUTE));
            case "addlistsubscribersinbulk" -> new MethodQuota(10 * MINUTE, new Window(2_000, MINUTE));
            case "custom/add" -> new MethodQuota(30 * MINUTE, new Window(100, 5 * MINUTE));
            default -> new MethodQuota(30 * MINUTE, new Window(500, 5 * MINUTE));
        };
    }
}
