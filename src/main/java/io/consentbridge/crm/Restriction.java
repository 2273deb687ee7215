package io.consentbridge.crm;

import io.consentbridge.consent.RefusalFields;
import io.consentbridge.zoho.JsonValue;
import io.consentbridge.zoho.ZohoFault;

/**
 * A field whose values the CRM's privacy settings (GDPR) or its settings for health data (HIPAA) withhold from the API.
 * Records then have null instead, as if it were empty (docs/zoho-notes.md, "CRM: values in lists", "CRM: fields" and "CRM:
 * lawful basis and consent"). Zoho does not say whether values of a field with {@code private.restricted} are ever returned
 * (Z), so such a field counts as unreadable.
 */
public final class Restriction {

    /** The code of the fault for a restricted refusal field; no code of Zoho. */
    public static final String CODE = "RESTRICTED_FIELD";

    private Restriction() {}

    /** @param field its metadata, of {@code settings/fields} or of a query's {@code include_meta}; may be missing */
    static boolean holds(JsonValue field) {
        return field.path("private").path("restricted").flag(false)
                || field.path("hipaa_compliance").path("restricted").flag(false);
    }

    /** Whether a reply to this request must name the fields that it contains. */
    static boolean concerns(ReadRequest request) {
        return request.fields().stream().anyMatch(RefusalFields::isOne);
    }

    /**
     * Requires that no refusal field is restricted: a field can become restricted after its metadata were read.
     *
     * @throws ZohoFault.Rejected if the reply says that a refusal field is restricted, and the settings do not say that the
     *     organisation lacks this field
     */
    static void requireNone(ReadRequest request, CrmReply reply) {
        for (String field : request.fields()) {
            if (RefusalFields.isOne(field)
                    && !request.connection().without(request.module(), field)
                    && holds(reply.value().path("fields").path(field))) {
                throw new ZohoFault.Rejected(
                        CODE,
                        request.connection().name() + ": the privacy settings of Zoho CRM keep " + request.module()
                                + "." + field + ", in which people refuse mail, from the API");
            }
        }
    }
}
