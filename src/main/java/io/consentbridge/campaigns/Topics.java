package io.consentbridge.campaigns;

import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.HourCache;
import io.consentbridge.zoho.JsonValue;
import io.consentbridge.zoho.ZohoSeams;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** Topics by name, through {@code direct:topics}, kept for an hour (docs/zoho-notes.md, "Campaigns: topics"). */
public final class Topics {

    private static final int PAGE_SIZE = 100;
    // The parts of a sync, and syncs that are due together, are bound within minutes of one another.
    private static final Duration CURRENT = Duration.ofMinutes(5);

    private final ZohoSeams seams;
    private final HourCache<Connection, Map<String, String>> known;

    public Topics(ZohoSeams seams, Clock clock) {
        this.seams = seams;
        this.known = new HourCache<>(clock);
    }

    /**
     * The ids of topics, whose names are compared trimmed and without case. Calls Zoho if the cached topics are older than
     * an hour; no names need no call.
     *
     * @param runId the run that the calls are counted for; null for none
     */
    public TopicIds find(Connection connection, String runId, List<String> names) {
        return names.isEmpty()
                ? new TopicIds(List.of(), List.of())
                : among(known.get(connection, () -> read(connection, runId)), names);
    }

    /**
     * Like {@link #find} with topics that were read within five minutes: a deleted topic must be noticed before a run. A
     * user who was told that a topic is missing may have made it since, so missing ones are looked up again, with at most
     * one call.
     */
    public TopicIds current(Connection connection, String runId, List<String> names) {
        if (names.isEmpty()) {
            return new TopicIds(List.of(), List.of());
        }
        AtomicBoolean asked = new AtomicBoolean();
        TopicIds ids = among(
                known.get(connection, CURRENT, () -> {
                    asked.set(true);
                    return read(connection, runId);
                }),
                names);
        if (ids.missing().isEmpty() || asked.get()) {
            return ids;
        }
        forget(connection);
        return find(connection, runId, names);
    }

    /** Removes the topics from the cache. */
    public void forget(Connection connection) {
        known.forget(connection);
    }

    private static TopicIds among(Map<String, String> topics, List<String> names) {
        List<String> ids = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (String name : names) {
            String id = topics.get(key(name));
            if (id == null) {
                missing.add(name);
            } else {
                ids.add(id);
            }
        }
        return new TopicIds(ids, missing);
    }

    private Map<String, String> read(Connection connection, String runId) {
        Iterator<JsonValue> rows = RowPages.over(
                connection.name() + ": Zoho Campaigns gives the topics", read -> page(connection, runId, read));
        Map<String, String> topics = new HashMap<>();
        while (rows.hasNext()) {
            JsonValue row = rows.next();
            topics.putIfAbsent(
                    key(row.path("topicName").text()), row.path("topicId").text());
        }
        return topics;
    }

    private List<JsonValue> page(Connection connection, String runId, long read) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("from_index", read);
        details.put("range", PAGE_SIZE);
        CampaignsCall call = CampaignsCall.detailed(runId, "topics", details);
        return seams.ask("topics", connection, call, CampaignsReply.class).rows("topicDetails");
    }

    private static String key(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }
}
