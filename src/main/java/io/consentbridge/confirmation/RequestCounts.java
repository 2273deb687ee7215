package io.consentbridge.confirmation;

import io.consentbridge.store.Database;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** Counts requests by purpose and state. */
public final class RequestCounts {

    private final Database database;

    public RequestCounts(Database database) {
        this.database = database;
    }

    /** Returns how many requests of each purpose are in each state; a state without any is missing. */
    public Map<String, Map<RequestState, Long>> byPurpose() {
        return database.query(handle -> {
            Map<String, Map<RequestState, Long>> counts = new TreeMap<>();
            handle.createQuery("select purpose, state, count(*) n from confirmation_request group by purpose, state")
                    .map((row, context) -> counts.computeIfAbsent(
                                    row.getString("purpose"), purpose -> new EnumMap<>(RequestState.class))
                            .put(RequestState.of(row.getString("state")), row.getLong("n")))
                    .list();
            return counts;
        });
    }
}
