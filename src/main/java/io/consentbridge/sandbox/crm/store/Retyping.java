package io.consentbridge.sandbox.crm.store;

import io.consentbridge.sandbox.crm.schema.DataType;
import io.consentbridge.sandbox.crm.schema.FieldSpec;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Fields that the organisation created itself, with another type than Zoho's own field of that name. */
public final class Retyping {

    private final Map<String, DataType> types = new ConcurrentHashMap<>();

    /** @param type the new type; null for the original one */
    public void retype(String field, DataType type) {
        if (type == null) {
            types.remove(field);
        } else {
            types.put(field, type);
        }
    }

    /** Returns the field with its current type. */
    public FieldSpec of(FieldSpec field) {
        return field == null ? null : field.as(types.getOrDefault(field.apiName(), field.type()));
    }

    /** Returns the value in that type: a ticked check box is the word Yes, and any other is empty. */
    Object value(String field, Object raw) {
        return types.containsKey(field) && raw instanceof Boolean ticked ? ticked ? "Yes" : null : raw;
    }
}
