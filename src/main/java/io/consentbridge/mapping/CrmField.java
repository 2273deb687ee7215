package io.consentbridge.mapping;

import java.util.Map;

/**
 * A field of a CRM module as its metadata describes it (docs/zoho-notes.md, "CRM: fields").
 *
 * @param apiName the name used by the API
 * @param label the name shown to people
 * @param dataType Zoho's type, such as {@code text}, {@code picklist} or {@code consent_lookup}; of a formula or roll-up
 *     that of its result
 * @param lookupModule the module a lookup points to; null when it is no lookup
 * @param length the most characters it takes; 0 when that is not known
 * @param choices of a pick list, what the API says to what people see; only where the two differ
 * @param restricted whether privacy settings keep its values from the API, which gives null in their place
 */
public record CrmField(
        String apiName,
        String label,
        String dataType,
        String lookupModule,
        int length,
        Map<String, String> choices,
        boolean restricted) {

    public CrmField {
        choices = Map.copyOf(choices);
    }

    /** A field whose values the API gives. */
    public CrmField(
            String apiName,
            String label,
            String dataType,
            String lookupModule,
            int length,
            Map<String, String> choices) {
        this(apiName, label, dataType, lookupModule, length, choices, false);
    }

    /** A field of which no more is known. */
    public CrmField(String apiName, String label, String dataType, String lookupModule) {
        this(apiName, label, dataType, lookupModule, 0, Map.of());
    }

    /** Whether one of these fields has that API name and the API gives its values. */
    public static boolean isGiven(Map<String, CrmField> fields, String apiName) {
        CrmField field = fields.get(apiName);
        return field != null && !field.restricted();
    }

    /** Whether its value is a user of the CRM, such as the record's owner. */
    public boolean isUser() {
        return dataType.equals("ownerlookup") || dataType.equals("userlookup");
    }
}
