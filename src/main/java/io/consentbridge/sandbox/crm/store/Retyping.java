package io.consentbridge.sandbox.crm.store;

import io.consentbridge.sandbox.crm.schema.DataType;
import io.consentbridge.sandbox.crm.schema.FieldSpec;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Fields that the organisation made itself, of another type than Zoho's own field of that name. */
public final class Retyping {

    private final Map<String, DataType> types = new ConcurrentHashMap<>();

    /** @param type null for the type that it has by nature */
    public void retype(String field, DataType type) {
        if (type == null) {
            types.remove(field);
        } else {
            types.put(field, type);
        }
    }

    /** The field as it is now. */
    public FieldSpec of(FieldSpec field) {
        return field == null ? null : field.as(types.getOrDefault(field.apiName(), field.type()));
    }

    /** A check box that was ticked is the word Yes, and any other is empty. */
    Object value(String field, Object raw) {
        return types.containsKey(field) && raw instanceof Boolean ticked ? ticked ? "Yes" : null : raw;
    }
}
