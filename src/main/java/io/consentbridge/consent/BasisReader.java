package io.consentbridge.consent;

import io.consentbridge.consent.RecordedBasis.NotConsent;
import io.consentbridge.consent.RecordedBasis.NotStated;
import io.consentbridge.consent.RecordedBasis.Obtained;
import io.consentbridge.consent.RecordedBasis.Refused;
import io.consentbridge.consent.RecordedBasis.Unanswered;
import io.consentbridge.consent.RecordedBasis.Unknown;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads the CRM's words for the lawful basis, the record's long form and the short form of its consent details alike
 * (crm-api §7.3; ruling 7).
 *
 * <p>Only the words listed here mean anything: whatever else the CRM says is {@link Unknown} and never counts as
 * consent.
 */
public final class BasisReader {

    /**
     * The CRM's literals that are sure not to refuse (crm-api §7.3). Those that refuse are not surely known, so whoever
     * looks for refusals leaves these out and reads the rest.
     */
    public static final List<String> HARMLESS = List.of(
            "Not Applicable",
            "Legitimate Interests",
            "Contract",
            "Legal Obligation",
            "Vital Interests",
            "Public Interests",
            "Consent - Obtained",
            "Consent - Pending",
            "Consent - Waiting",
            "Consent - Awaiting",
            "Consent - Not Responded");

    private static final Set<String> NOTHING = Set.of("", "not applicable", "-none-", "none", "null");

    private static final Map<String, LawfulBasis> NOT_CONSENT = Map.of(
            "legitimate interests", LawfulBasis.LEGITIMATE_INTEREST,
            "legitimate interest", LawfulBasis.LEGITIMATE_INTEREST,
            "contract", LawfulBasis.CONTRACT,
            "legal obligation", LawfulBasis.LEGAL_OBLIGATION,
            "legal obligations", LawfulBasis.LEGAL_OBLIGATION,
            "vital interests", LawfulBasis.VITAL_INTEREST,
            "vital interest", LawfulBasis.VITAL_INTEREST,
            "public interests", LawfulBasis.PUBLIC_TASK,
            "public interest", LawfulBasis.PUBLIC_TASK,
            "public task", LawfulBasis.PUBLIC_TASK);

    private static final Set<String> GIVEN = Set.of("obtained");

    private static final Set<String> NOT_GIVEN_YET =
            Set.of("", "pending", "waiting", "awaiting", "not responded", "no response");

    // The CRM's exact words for these are not known, so that whatever contains one of them is a refusal.
    private static final List<String> REFUSALS = List.of(
            "reject",
            "refus",
            "denied",
            "declin",
            "withdr",
            "revok",
            "stop",
            "object",
            "delete",
            "erase",
            "erasure",
            "opt out",
            "opted out",
            "unsubscribed");

    private static final Pattern SPACES = Pattern.compile("\\s+");
    private static final Pattern PREFIX = Pattern.compile("^consent(\\s*[-–—:(]\\s*|\\s+|$)");

    private BasisReader() {}

    /** @param literal the CRM's word; null when it has none */
    public static RecordedBasis read(String literal) {
        String said = literal == null ? "" : literal.strip();
        String word =
                SPACES.matcher(said.toLowerCase(Locale.ROOT).replace('_', ' ')).replaceAll(" ");
        if (NOTHING.contains(word)) {
            return new NotStated();
        }
        if (REFUSALS.stream().anyMatch(word::contains)) {
            return new Refused(said);
        }
        if (NOT_CONSENT.containsKey(word)) {
            return new NotConsent(NOT_CONSENT.get(word));
        }
        String state = PREFIX.matcher(word).replaceFirst("");
        if (state.endsWith(")")) {
            state = state.substring(0, state.length() - 1);
        }
        if (GIVEN.contains(state)) {
            return new Obtained();
        }
        return NOT_GIVEN_YET.contains(state) ? new Unanswered(said) : new Unknown(said);
    }
}
