package io.consentbridge.outbox;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The replies to subscriptions to each list since one of them last succeeded, in this process. A reply that everybody gets
 * is caused by the list or its topic, and not by a person (docs/zoho-notes.md, "Campaigns: subscribing"). Safe for many
 * threads.
 */
final class ListReplies {

    /** As many deliveries with one code as anybody asks about. */
    static final int MOST = 10;

    private static final class Replies {
        private Instant success = Instant.MIN;
        private final Map<String, Set<Long>> failing = new HashMap<>();
    }

    private final Map<Long, Replies> lists = new HashMap<>();

    private Replies of(long listId) {
        return lists.computeIfAbsent(listId, id -> new Replies());
    }

    synchronized void succeeded(long listId, Instant now) {
        Replies replies = of(listId);
        replies.success = now;
        replies.failing.clear();
    }

    /** How many deliveries got that code since the last success, this one among them; {@link #MOST} at most. */
    synchronized int answered(long listId, String code, long deliveryId) {
        Set<Long> same = of(listId).failing.computeIfAbsent(code, first -> new HashSet<>());
        if (same.size() < MOST) {
            same.add(deliveryId);
        }
        return same.size();
    }

    /** Whether somebody was subscribed to the list since then. */
    synchronized boolean succeededSince(long listId, Instant then) {
        return !of(listId).success.isBefore(then);
    }

    /** Whether people were answered with different codes since the last success. */
    synchronized boolean differ(long listId) {
        return of(listId).failing.size() > 1;
    }
}
