package io.consentbridge.sandbox.crm.store;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Values of single records that replies give in the place of the right ones, as damaged data or a fault of Zoho would. */
public final class Spoils {

    private final Map<Long, Map<String, Object>> values = new ConcurrentHashMap<>();

    /** @param value as JSON has it; may be null */
    public void spoil(long id, String field, Object value) {
        values.computeIfAbsent(id, none -> new HashMap<>()).put(field, value);
    }

    /** Every record is right again. */
    public void clear() {
        values.clear();
    }

    /** Puts what is spoilt into a row of a reply, where the row has that field. */
    public void apply(long id, Map<String, Object> record) {
        values.getOrDefault(id, Map.of()).forEach((field, value) -> {
            if (record.containsKey(field)) {
                record.put(field, value);
            }
        });
    }
}
