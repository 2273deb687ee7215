package io.consentbridge.sandbox.crm.store;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Wrong values that replies give for single records, as damaged data or a fault at Zoho would. */
public final class Spoils {

    private final Map<Long, Map<String, Object>> values = new ConcurrentHashMap<>();

    /** @param value as JSON has it; may be null */
    public void spoil(long id, String field, Object value) {
        values.computeIfAbsent(id, none -> new HashMap<>()).put(field, value);
    }

    /** Makes every record correct again. */
    public void clear() {
        values.clear();
    }

    /** Puts the wrong values into a row of a reply, where the row has that field. */
    public void apply(long id, Map<String, Object> record) {
        values.getOrDefault(id, Map.of()).forEach((field, value) -> {
            if (record.containsKey(field)) {
                record.put(field, value);
            }
        });
    }
}
