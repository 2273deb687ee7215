package io.consentbridge.sandbox.people;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;

/** Lawful bases and the details of consents (docs/zoho-notes.md, "CRM: lawful basis and consent"). */
final class Consents {

    private static final String CONSENT = "Consent - ";
    private static final Share<String> BASES = Share.of(
            Share.part(70, null),
            Share.part(120, "Not Applicable"),
            Share.part(240, "Legitimate Interests"),
            Share.part(100, "Contract"),
            Share.part(10, "Legal Obligation"),
            Share.part(5, "Vital Interests"),
            Share.part(5, "Public Interests"),
            Share.part(290, "Consent - Obtained"),
            Share.part(50, "Consent - Pending"),
            Share.part(30, "Consent - Waiting"),
            Share.part(10, "Consent - Awaiting"),
            Share.part(30, "Consent - Not Responded"),
            Share.part(10, "Stop Processing"),
            Share.part(10, "Consent rejected"),
            Share.part(5, "Soft opt-in"),
            Share.part(5, "Berechtigtes Interesse"),
            Share.part(5, " consent - OBTAINED "),
            Share.part(5, "LEGITIMATE INTERESTS"));

    private Consents() {}

    static String basis(Dice dice) {
        return BASES.draw(dice, Ask.BASIS);
    }

    /** Returns the details, null where the basis is not consent. One consent in eight does not include e-mail. */
    static Map<String, Object> details(Dice dice, long created) {
        String basis = basis(dice);
        if (basis == null || !basis.trim().regionMatches(true, 0, CONSENT, 0, CONSENT.length())) {
            return null;
        }
        boolean obtained = basis.trim().toLowerCase(java.util.Locale.ROOT).endsWith("obtained");
        int channels = dice.below(Ask.CHANNELS, 8);
        LocalDate day = Instant.ofEpochSecond(created).atZone(ZoneOffset.UTC).toLocalDate();
        Map<String, Object> details = new LinkedHashMap<>();
        details.put(
                "id", Long.toString(5_394_166_900_000_000_000L + Math.floorMod(dice.bits(Ask.CONSENT_DAY), 1L << 40)));
        details.put("Data_Processing_Basis", basis.trim().substring(CONSENT.length()));
        details.put("Contact_Through_Email", obtained && channels != 0);
        details.put("Contact_Through_Phone", obtained && channels % 2 == 0);
        details.put("Contact_Through_Survey", obtained && channels % 3 == 0);
        details.put("Contact_Through_Social", false);
        details.put("Consent_Through", obtained ? (channels < 5 ? "Consent Form" : "Email") : null);
        details.put(
                "Consent_Date",
                obtained ? day.plusDays(dice.below(Ask.CONSENT_DAY, 30)).toString() : null);
        details.put("Consent_Remarks", obtained && channels == 7 ? "Told at the fair." : null);
        details.put("Mail_Sent_Time", basis.contains("Pending") ? null : Instant.ofEpochSecond(created + 3_600));
        details.put("Lawful_Reason", null);
        return details;
    }
}
