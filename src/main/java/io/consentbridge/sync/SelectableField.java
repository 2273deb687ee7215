package io.consentbridge.sync;

import java.util.List;

/**
 * A field of a CRM module as conditions see it.
 *
 * @param apiName the name used by the API
 * @param kind what its data type means for conditions
 * @param choices values of a pick list; none for other kinds
 * @param lookupModule the module a lookup points to; null when it is no lookup to one module
 * @param filterable whether the CRM lets queries ask for it
 */
public record SelectableField(
        String apiName, FieldKind kind, List<String> choices, String lookupModule, boolean filterable) {
    public SelectableField {
        choices = List.copyOf(choices);
    }
}
