package io.consentbridge.sandbox.campaigns;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A person in the organisation, one for each address. Safe for use by several threads. */
final class Contact {

    /** A bar for the whole organisation, whatever the list. */
    enum Bar {
        NONE,
        BOUNCED,
        BLOCKED,
        DO_NOT_MAIL,
        SPAM
    }

    private final String email;
    private volatile Map<String, String> fields = Map.of();
    private volatile Set<String> topics = Set.of();
    private volatile Bar bar = Bar.NONE;
    private volatile int softBounces;

    Contact(String email) {
        this.email = email;
    }

    String email() {
        return email;
    }

    Map<String, String> fields() {
        return fields;
    }

    Set<String> topics() {
        return topics;
    }

    Bar bar() {
        return bar;
    }

    void bar(Bar newBar) {
        bar = newBar;
    }

    /** Counts another soft bounce; returns how many there were in a row. */
    synchronized int softBounced() {
        return ++softBounces;
    }

    /** Notes that a mail arrived. */
    void reached() {
        softBounces = 0;
    }

    synchronized void merge(Map<String, String> more) {
        if (!more.isEmpty()) {
            Map<String, String> merged = new HashMap<>(fields);
            merged.putAll(more);
            fields = Map.copyOf(merged);
        }
    }

    synchronized void follow(String topic) {
        if (topic != null && !topics.contains(topic)) {
            Set<String> more = ConcurrentHashMap.newKeySet();
            more.addAll(topics);
            more.add(topic);
            topics = Set.copyOf(more);
        }
    }

    synchronized void leave(String topic) {
        Set<String> fewer = new java.util.HashSet<>(topics);
        if (topic == null) {
            fewer.clear();
        } else {
            fewer.remove(topic);
        }
        topics = Set.copyOf(fewer);
    }
}
