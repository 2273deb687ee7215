package io.consentbridge.consent;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * A row of the consent table, in the words of docs/consent.md.
 *
 * @param rule its name, which ledgers keep
 * @param purpose the purpose's basis
 * @param record what the CRM record says
 * @param details what the details of the consent say
 * @param sync what the sync says
 * @param decision the word of the decision
 * @param why the reason in words
 */
public record ConsentRule(
        String rule, String purpose, String record, String details, String sync, String decision, String why) {

    /** The row by which a consent that was given allows nothing once it has ended. */
    public static final String LAPSED = "expressed-lapsed";
    /** The row by which a consent that the person gave to this product allows mail. */
    public static final String CONFIRMED = "confirmed";
    /** The row by which a record that says that the person opted out allows nobody to mail them. */
    public static final String OPTED_OUT = "opted-out";
    /** The row by which a record that says that consent was refused does. */
    public static final String REFUSED = "refused";

    static final String REQUIRED_LAPSED = "required-lapsed";

    private static final int DIGITS = 16;

    /** Whether it is a row for a consent that has ended. */
    public static boolean hasLapsed(String rule) {
        return rule.equals(LAPSED) || rule.equals(REQUIRED_LAPSED);
    }

    static String version(List<ConsentRule> table) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(table.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
