package io.consentbridge.sandbox.crm.schema;

import java.util.List;

/**
 * A field of a module.
 *
 * @param picks a pick list's values; where the text shown to people differs from the API's, both with {@code |} between them
 * @param target the module a lookup points to, or null
 * @param privacy how sensitive the field is under GDPR, {@code High} or {@code Low}, or null
 */
public record FieldSpec(
        String apiName,
        String label,
        DataType type,
        int length,
        boolean required,
        boolean readOnly,
        boolean custom,
        List<String> picks,
        String target,
        String privacy) {

    static FieldSpec of(DataType type, String apiName, int length) {
        return new FieldSpec(
                apiName,
                apiName.replace("__s", "").replace('_', ' '),
                type,
                length,
                false,
                false,
                false,
                List.of(),
                null,
                null);
    }

    FieldSpec must() {
        return new FieldSpec(apiName, label, type, length, true, readOnly, custom, picks, target, privacy);
    }

    FieldSpec fixed() {
        return new FieldSpec(apiName, label, type, length, required, true, custom, picks, target, privacy);
    }

    FieldSpec own() {
        return new FieldSpec(apiName, label, type, length, required, readOnly, true, picks, target, privacy);
    }

    FieldSpec called(String newLabel) {
        return new FieldSpec(apiName, newLabel, type, length, required, readOnly, custom, picks, target, privacy);
    }

    FieldSpec from(List<String> values) {
        return new FieldSpec(apiName, label, type, length, required, readOnly, custom, values, target, privacy);
    }

    FieldSpec to(String module) {
        return new FieldSpec(apiName, label, type, length, required, readOnly, custom, picks, module, privacy);
    }

    FieldSpec personal(String level) {
        return new FieldSpec(apiName, label, type, length, required, readOnly, custom, picks, target, level);
    }

    /** Returns the same field with another type. */
    public FieldSpec as(DataType other) {
        return new FieldSpec(apiName, label, other, length, required, readOnly, custom, picks, target, privacy);
    }

    /** Returns whether only the single-record read returns it (docs/zoho-notes.md, "CRM: lawful basis and consent"). */
    public boolean singleReadOnly() {
        return type.singleReadOnly();
    }
}
