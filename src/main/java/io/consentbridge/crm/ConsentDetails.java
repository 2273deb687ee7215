package io.consentbridge.crm;

import com.fasterxml.jackson.databind.JsonNode;
import io.consentbridge.consent.Evidence;
import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.ZohoSeams;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what the CRM knows of one person's consent, through {@code direct:crm-record} (crm-api §7.3). */
public final class ConsentDetails {

    private static final String DETAILS = "Data_Processing_Basis_Details";

    /** The details use the short word, the record itself the long one; "all spellings" is inferred (crm-api §7.3). */
    private static final Set<String> OBTAINED = Set.of("obtained", "consent - obtained");

    private final ZohoSeams seams;

    public ConsentDetails(ZohoSeams seams) {
        this.seams = seams;
    }

    /**
     * The evidence of one record's consent; one call.
     *
     * @param runId the run that the call is counted for; null for none
     * @return empty when the record is gone, holds no details, or its details say that consent is not obtained
     */
    public Optional<Evidence> read(Connection connection, String runId, String module, String id) {
        if (!id.matches("\\d+")) {
            throw new IllegalArgumentException("a record's id has digits only");
        }
        String path = Coql.module(module) + "/" + id;
        // Without "converted" a lead that became a contact is answered with 204 (crm-api §2.2).
        Map<String, String> parameters =
                module.equals("Leads") ? Map.of("fields", DETAILS, "converted", "both") : Map.of("fields", DETAILS);
        CrmCall call = CrmCall.get(runId, "record", module, path, parameters);
        CrmReply reply = seams.ask("crm-record", connection, call, CrmReply.class);
        return evidence(reply.json().path("data").path(0).path(DETAILS));
    }

    static Optional<Evidence> evidence(JsonNode details) {
        String basis = text(details, "Data_Processing_Basis");
        if (!details.isObject()
                || basis != null && !OBTAINED.contains(basis.strip().toLowerCase(Locale.ROOT))) {
            return Optional.empty();
        }
        return Optional.of(new Evidence(
                flag(details, "Contact_Through_Email"),
                flag(details, "Contact_Through_Phone"),
                flag(details, "Contact_Through_Survey"),
                text(details, "Consent_Through"),
                date(text(details, "Consent_Date")),
                text(details, "Consent_Remarks")));
    }

    private static Boolean flag(JsonNode details, String name) {
        JsonNode value = details.path(name);
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        return switch (value.asText("").strip().toLowerCase(Locale.ROOT)) {
            case "true" -> Boolean.TRUE;
            case "false" -> Boolean.FALSE;
            default -> null;
        };
    }

    private static String text(JsonNode details, String name) {
        JsonNode value = details.path(name);
        return value.isTextual() && !value.asText().isBlank() ? value.asText() : null;
    }

    private static LocalDate date(String text) {
        try {
            return text == null ? null : LocalDate.parse(text.substring(0, Math.min(10, text.length())));
        } catch (DateTimeException e) {
            return null;
        }
    }
}
