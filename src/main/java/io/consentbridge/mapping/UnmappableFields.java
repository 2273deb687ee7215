package io.consentbridge.mapping;

import java.util.Map;
import java.util.Optional;

/**
 * Knows the CRM fields that cannot be mapped to Campaigns, each with its reason (B119; docs/zoho-notes.md, "Campaigns:
 * consent and Zoho's own sync").
 */
public final class UnmappableFields {

    private static final String BASIS = "the lawful basis of the CRM differs from that of Campaigns";

    private static final Map<String, String> BY_NAME = Map.ofEntries(
            Map.entry("Modified_By", "who changed a record cannot be mapped"),
            Map.entry("Created_By", "who created a record cannot be mapped"),
            Map.entry("Modified_Time", "when a record was changed cannot be mapped"),
            Map.entry("Layout", "a layout cannot be mapped"),
            Map.entry("Wizard", "a wizard cannot be mapped"),
            Map.entry("Record_Image", "a record's image cannot be mapped"),
            Map.entry("Data_Processing_Basis", BASIS),
            Map.entry("Data_Processing_Basis_Details", BASIS),
            Map.entry("Last_Follow_Up_By", "who followed up last cannot be mapped"),
            Map.entry("Territories", "territories cannot be mapped"));

    /** The types of B119, and other CRM types without a value of their own (docs/zoho-notes.md, "CRM: fields"). */
    private static final Map<String, String> BY_TYPE = Map.ofEntries(
            Map.entry("lookup", "a lookup cannot be mapped. Use a field behind it, such as Account_Name.Industry"),
            Map.entry("multi_module_lookup", "a lookup cannot be mapped"),
            Map.entry("multiselectlookup", "a multi-select lookup cannot be mapped"),
            Map.entry("multiuserlookup", "a multi-user lookup cannot be mapped"),
            Map.entry("profileimage", "a profile or record image cannot be mapped"),
            Map.entry("fileupload", "a file upload cannot be mapped"),
            Map.entry("imageupload", "an image upload cannot be mapped"),
            Map.entry("subform", "a subform cannot be mapped"),
            Map.entry("layout", "a layout cannot be mapped"),
            Map.entry("wizard", "a wizard cannot be mapped"),
            Map.entry("consent_lookup", BASIS),
            Map.entry("address", "an address cannot be mapped as a whole. Use its fields"),
            Map.entry("linetax", "line taxes cannot be mapped"),
            Map.entry("module", "a module cannot be mapped"),
            Map.entry("event_reminder", "a reminder cannot be mapped"),
            Map.entry("multireminder", "reminders cannot be mapped"),
            Map.entry("RRULE", "a repetition cannot be mapped"),
            Map.entry("ALARM", "an alarm cannot be mapped"),
            Map.entry("time_range", "a time range cannot be mapped"));

    private UnmappableFields() {}

    /** Why the field cannot be mapped; empty if it can. */
    public static Optional<String> reason(CrmField field) {
        return reason(field.apiName()).or(() -> Optional.ofNullable(BY_TYPE.get(field.dataType())));
    }

    /** The reason by the API name alone, dotted for a field of another module or of a user. */
    public static Optional<String> reason(String apiName) {
        for (String part : apiName.split("\\.")) {
            if (BY_NAME.containsKey(part)) {
                return Optional.of(BY_NAME.get(part));
            }
        }
        return Optional.empty();
    }
}
