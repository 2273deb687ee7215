package io.consentbridge.consent;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;

/**
 * Reads the fields of a CRM record that concern consent, opt-outs and conversion (docs/zoho-notes.md, "CRM: records of
 * people", "CRM: opt-out" and "CRM: lawful basis and consent").
 */
public final class FactsReader {

    /** The CRM fields that {@link #read} uses in a page of records; a module may lack some of them. */
    public static final List<String> FIELDS =
            List.of("Email_Opt_Out", "Unsubscribed_Time", "Data_Processing_Basis", "Converted__s");

    /** The field of a single record with the details of a consent. */
    public static final String DETAILS = "Data_Processing_Basis_Details";

    private FactsReader() {}

    /**
     * The facts of a record, with its consent details if it has them.
     *
     * @param values API name to value as JSON has it
     * @param words reads the words for the lawful basis
     */
    public static ConsentFacts read(Map<String, Object> values, BasisReader words) {
        boolean stopped = refuses(values.get("$stop_processing"));
        ConsentFacts facts = new ConsentFacts(
                stopped
                        ? new RecordedBasis.Refused("Stop Processing")
                        : words.read(text(values.get("Data_Processing_Basis"))),
                null,
                optedOut(values),
                isTrue(values.get("Converted__s")) || isTrue(values.get("$converted")),
                null);
        return withDetails(facts, values.get(DETAILS), words);
    }

    /**
     * The facts with the details of the consent. Details that say that consent was not obtained are no evidence of it.
     *
     * @param details the value of {@link #DETAILS}; the facts stay unchanged if it is null or no object
     * @param words reads the words for the lawful basis
     */
    public static ConsentFacts withDetails(ConsentFacts facts, Object details, BasisReader words) {
        if (!(details instanceof Map<?, ?> said) || said.isEmpty()) {
            return facts;
        }
        RecordedBasis state = words.read(text(said.get("Data_Processing_Basis")));
        boolean evident = state instanceof RecordedBasis.Obtained || state instanceof RecordedBasis.NotStated;
        return facts.with(evident ? evidence(said) : null, state);
    }

    private static boolean optedOut(Map<String, Object> values) {
        String unsubscribed = text(values.get("Unsubscribed_Time"));
        return refuses(values.get("Email_Opt_Out")) || unsubscribed != null && !unsubscribed.isBlank();
    }

    // A custom module's field may be a choice or a text: every word but the known "no" refuses.
    private static boolean refuses(Object value) {
        String word = value == null ? "" : value.toString().strip();
        return !word.isEmpty() && !word.equalsIgnoreCase("false");
    }

    private static Evidence evidence(Map<?, ?> said) {
        return new Evidence(
                flag(said.get("Contact_Through_Email")),
                flag(said.get("Contact_Through_Phone")),
                flag(said.get("Contact_Through_Survey")),
                text(said.get("Consent_Through")),
                date(text(said.get("Consent_Date"))),
                end(text(said.get("Consent_EndsOn"))),
                text(said.get("Consent_Remarks")));
    }

    private static Boolean flag(Object value) {
        return value == null ? null : (Boolean) isTrue(value);
    }

    private static boolean isTrue(Object value) {
        return value != null && "true".equalsIgnoreCase(value.toString().strip());
    }

    private static String text(Object value) {
        return value == null ? null : value.toString();
    }

    // An unreadable end date may be past, so it counts as past.
    private static LocalDate end(String iso) {
        LocalDate day = date(iso);
        return day == null && iso != null && !iso.isBlank() ? LocalDate.EPOCH : day;
    }

    private static LocalDate date(String iso) {
        try {
            return iso == null || iso.length() < 10 ? null : LocalDate.parse(iso.substring(0, 10));
        } catch (DateTimeParseException unreadable) {
            return null;
        }
    }
}
