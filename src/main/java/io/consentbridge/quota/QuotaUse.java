package io.consentbridge.quota;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The use of a method's quota, for screens.
 *
 * @param connection name of the connection
 * @param method Campaigns method, such as {@code json/listsubscribe}
 * @param windows one for each window of the quota, the shortest first
 * @param lockedUntil end of a lock that Zoho imposed; empty if there is none
 * @param because why it is locked; empty if it is not
 * @param freeAt when the next call is allowed; now or earlier if it is allowed now
 */
public record QuotaUse(
        String connection,
        String method,
        List<WindowUse> windows,
        Optional<Instant> lockedUntil,
        Optional<String> because,
        Instant freeAt) {

    public QuotaUse {
        windows = List.copyOf(windows);
    }

    /** Calls counted against one window. */
    public record WindowUse(Quota.Window window, int used) {}
}
