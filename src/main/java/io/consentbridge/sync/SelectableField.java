package io.consentbridge.sync;

import java.util.List;

/**
 * A field of a CRM module, as conditions see it.
 *
 * @param apiName the name used by the API
 * @param kind the kind of its data type
 * @param choices values of a pick list; none for other kinds
 * @param lookupModule the module to which a lookup points; null if it is no lookup to one module
 * @param filterable whether CRM queries can filter by it
 */
public record SelectableField(
        String apiName, FieldKind kind, List<String> choices, String lookupModule, boolean filterable) {
    public SelectableField {
        choices = List.copyOf(choices);
    }
}
