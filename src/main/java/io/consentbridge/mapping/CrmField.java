package io.consentbridge.mapping;

import java.util.Map;

/**
 * A field of a CRM module as its metadata describes it (docs/zoho-notes.md, "CRM: fields").
 *
 * @param apiName the name used by the API
 * @param label the name shown to people
 * @param dataType Zoho's type, such as {@code text}, {@code picklist} or {@code consent_lookup}; of a formula or roll-up
 *     that of its result
 * @param lookupModule the module to which a lookup points; null if it is no lookup
 * @param length its maximum length in characters; 0 if it is not known
 * @param choices of a pick list, the API's value to the one that people see; only where the two differ
 * @param restricted whether privacy settings withhold its values from the API, which returns null instead
 * @param writable whether the API writes its values
 */
public record CrmField(
        String apiName,
        String label,
        String dataType,
        String lookupModule,
        int length,
        Map<String, String> choices,
        boolean restricted,
        boolean writable) {

    public CrmField {
        choices = Map.copyOf(choices);
    }

    /** A field that the API writes. */
    public CrmField(
            String apiName,
            String label,
            String dataType,
            String lookupModule,
            int length,
            Map<String, String> choices,
            boolean restricted) {
        this(apiName, label, dataType, lookupModule, length, choices, restricted, true);
    }

    /** A field whose values the API returns. */
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

    /** Whether one of these fields has that API name and the API returns its values. */
    public static boolean isGiven(Map<String, CrmField> fields, String apiName) {
        CrmField field = fields.get(apiName);
        return field != null && !field.restricted();
    }

    /** Whether its value is a user of the CRM, such as the record's owner. */
    public boolean isUser() {
        return dataType.equals("ownerlookup") || dataType.equals("userlookup");
    }
}
