package io.consentbridge.sandbox.crm.schema;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A module of the CRM.
 *
 * @param number its position among the modules, from which all its ids are derived
 * @param nameField the field that names a record where another one points to it
 */
public record ModuleSpec(
        int number,
        String apiName,
        String singular,
        String plural,
        boolean custom,
        String nameField,
        Map<String, FieldSpec> fields) {

    private static final long FIRST_ID = 5_394_166_000_000_000_000L;
    private static final long PER_MODULE = 1_000_000_000L;

    static ModuleSpec of(
            int number, String apiName, String singular, boolean custom, String nameField, List<FieldSpec> fields) {
        Map<String, FieldSpec> byName = new LinkedHashMap<>();
        fields.forEach(field -> byName.put(field.apiName(), field));
        return new ModuleSpec(number, apiName, singular, apiName.replace('_', ' '), custom, nameField, byName);
    }

    public FieldSpec field(String name) {
        return fields.get(name);
    }

    public boolean has(String field) {
        return fields.containsKey(field);
    }

    /** Returns the module's own id in the metadata. */
    public long id() {
        return FIRST_ID + 2_000 + number;
    }

    /** Returns the id of the record at a position in the module; later records have greater ids. */
    public long recordId(int ordinal) {
        return FIRST_ID + number * PER_MODULE + 100_000_000L + ordinal;
    }

    /** Returns the position of a record, negative when the id is not one of this module. */
    public int ordinal(long recordId) {
        long position = recordId - recordId(0);
        return position >= 0 && position < PER_MODULE - 100_000_000L ? (int) position : -1;
    }

    /** Returns the id of a field in the metadata. */
    public long fieldId(FieldSpec field) {
        return FIRST_ID + 10_000 + number * 500L + List.copyOf(fields.keySet()).indexOf(field.apiName());
    }

    /** Returns the id of the module's custom view at a position in its list. */
    public long viewId(int position) {
        return FIRST_ID + 30_000 + number * 50L + position;
    }
}
