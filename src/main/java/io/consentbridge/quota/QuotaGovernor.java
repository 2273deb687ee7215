package io.consentbridge.quota;

import io.consentbridge.store.Database;
import io.consentbridge.zoho.ZohoFault;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;

/**
 * Keeps the calls of all processes of an installation within Zoho's quota windows, and respects its locks.
 *
 * <p>Calls are counted in slots of a twelfth of each window; twelve full slots and the running one together stay within the
 * limit, so neither a sliding nor a fixed window can be overrun. Reserved calls must be made within a slot of the shortest
 * window (5 seconds of a minute); calls that are not made stay counted.
 */
public final class QuotaGovernor {

    private final Database database;
    private final InstantSource clock;
    private final Quota.Settings settings;

    public QuotaGovernor(Database database, InstantSource clock, Quota.Settings settings) {
        this.database = database;
        this.clock = clock;
        this.settings = settings;
    }

    /**
     * Reserves calls.
     *
     * @return how many of {@code wanted} calls may be made now, 0 or more
     */
    public int reserve(String connection, String method, int wanted) {
        Quota quota = settings.of(connection, method);
        if (quota.windows().isEmpty()) {
            return database.query(handle -> new QuotaRows(handle, connection, method).lock())
                            .holds(clock.instant())
                    ? 0
                    : wanted;
        }
        return database.transaction(handle -> {
            QuotaRows rows = new QuotaRows(handle, connection, method);
            QuotaRows.Lock lock = rows.exclusively();
            // Read after the row is locked: another process may have used a later slot before.
            Instant now = clock.instant();
            if (wanted < 1 || lock.holds(now)) {
                return 0;
            }
            List<SlidingSlots> windows = rows.load(quota);
            int granted = windows.stream().mapToInt(slots -> slots.free(now)).reduce(wanted, Math::min);
            if (granted > 0) {
                windows.forEach(slots -> rows.use(slots, now, granted));
            }
            return granted;
        });
    }

    /** Returns calls that were reserved a moment ago and will not be made; those of a past slot stay counted. */
    public void giveBack(String connection, String method, int calls) {
        Quota quota = settings.of(connection, method);
        if (calls < 1 || quota.windows().isEmpty()) {
            return;
        }
        database.change(handle -> {
            QuotaRows rows = new QuotaRows(handle, connection, method);
            rows.exclusively();
            Instant now = clock.instant();
            for (SlidingSlots slots : rows.load(quota)) {
                rows.use(slots, now, -slots.takeBack(slots.slot(now), calls));
            }
        });
    }

    /**
     * Reserves one call.
     *
     * @throws ZohoFault.Throttled if it may not be made now, with the time at which it may
     */
    public void admit(String connection, String method) {
        reserveAll(connection, method, 1);
    }

    /**
     * Reserves calls, all of them or none.
     *
     * @throws ZohoFault.Throttled if they may not all be made now, with the time at which they may
     */
    public void reserveAll(String connection, String method, int calls) {
        int granted = reserve(connection, method, calls);
        if (granted < calls) {
            giveBack(connection, method, granted);
            Instant until = throughAt(connection, method, calls);
            String why = usage(connection, method)
                    .because()
                    .map(because -> "is locked by Zoho (" + because + ")")
                    .orElse("has used its quota");
            throw new ZohoFault.Throttled(
                    method, "%s: %s %s until %s".formatted(connection, method, why, until), until);
        }
    }

    /** Records that Zoho locked the method: no call is granted before {@code until}. A longer lock stays. */
    public void lock(String connection, String method, Instant until, String because) {
        database.change(handle -> {
            QuotaRows rows = new QuotaRows(handle, connection, method);
            if (rows.exclusively().until().filter(until::isBefore).isEmpty()) {
                rows.lockUntil(until, because);
            }
        });
    }

    /** Whether one call would be granted now; reserves nothing. */
    public boolean mayCall(String connection, String method) {
        return !freeAt(connection, method).isAfter(clock.instant());
    }

    /** When one call would be granted; now if one would be now. */
    public Instant freeAt(String connection, String method) {
        return usage(connection, method).freeAt();
    }

    /** The present use of the quota. */
    public QuotaUse usage(String connection, String method) {
        Quota quota = settings.of(connection, method);
        return database.query(handle -> {
            QuotaRows rows = new QuotaRows(handle, connection, method);
            Instant now = clock.instant();
            QuotaRows.Lock lock = rows.lock().holds(now) ? rows.lock() : QuotaRows.Lock.NONE;
            List<SlidingSlots> windows = rows.load(quota);
            return new QuotaUse(
                    connection,
                    method,
                    windows.stream()
                            .sorted(Comparator.comparing(slots -> slots.window().length()))
                            .map(slots -> new QuotaUse.WindowUse(slots.window(), slots.used(now)))
                            .toList(),
                    lock.until(),
                    lock.because(),
                    freeAt(windows, lock.until().orElse(now)));
        });
    }

    private static Instant freeAt(List<SlidingSlots> windows, Instant from) {
        return windows.stream()
                .map(slots -> slots.freeAt(from))
                .max(Comparator.naturalOrder())
                .orElse(from);
    }

    /** The earliest time at which the last of {@code waiting} calls can be made; now if none waits. */
    public Instant throughAt(String connection, String method, long waiting) {
        Quota quota = settings.of(connection, method);
        return database.query(handle -> {
            QuotaRows rows = new QuotaRows(handle, connection, method);
            Instant now = clock.instant();
            Instant at = rows.lock().until().filter(now::isBefore).orElse(now);
            List<SlidingSlots> windows = rows.load(quota);
            if (windows.isEmpty()) {
                return at;
            }
            for (long left = waiting; left > 0; ) {
                at = freeAt(windows, at);
                Instant then = at;
                int granted = windows.stream()
                        .mapToInt(slots -> slots.free(then))
                        .reduce((int) Math.min(left, Integer.MAX_VALUE), Math::min);
                windows.forEach(slots -> slots.add(slots.slot(then), granted));
                left -= granted;
            }
            return at;
        });
    }
}
