package io.consentbridge.mailing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The HTML of a mail.
 *
 * @param html as it was read
 */
public record MailContent(String html) {

    /** The most characters that Zoho imports (code 3001; docs/zoho-notes.md, "Campaigns: creating a campaign"). */
    public static final int MOST = 300_000;

    private static final Pattern UNSUBSCRIBE =
            Pattern.compile("\\$\\[LI:(UNSUBSCRIBE|SUB_PREF)(\\|[^\\]]*)?]\\$", Pattern.CASE_INSENSITIVE);
    private static final Pattern COMMENT = Pattern.compile("<!--.*?-->", Pattern.DOTALL);
    private static final Pattern HIDDEN =
            Pattern.compile("<(style|script|head)\\b.*?</\\1\\s*>", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
    private static final Pattern MARKUP = Pattern.compile("<[^>]*>");

    /** Number of characters. */
    public int size() {
        return html.length();
    }

    /** Whether a person can leave by the mail: by the link to unsubscribe or by that to their topics. A comment holds none. */
    public boolean hasUnsubscribeLink() {
        return UNSUBSCRIBE.matcher(COMMENT.matcher(html).replaceAll(" ")).find();
    }

    /** What Zoho fills for each person. */
    public List<MergeField> mergeFields() {
        return MergeField.in(html);
    }

    /** Whether people read that text in the mail; markup, case and blanks do not count. */
    public boolean says(String text) {
        return plain(html).contains(words(text));
    }

    /** The hash of the content: 64 hexadecimal digits. */
    public String hash() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(html.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("this Java has no SHA-256", impossible);
        }
    }

    private static String plain(String html) {
        String shown = HIDDEN.matcher(COMMENT.matcher(html).replaceAll(" ")).replaceAll(" ");
        String text = MARKUP.matcher(shown)
                .replaceAll(" ")
                .replace("&nbsp;", " ")
                .replace("&amp;", "&")
                .replace("&auml;", "ä")
                .replace("&ouml;", "ö")
                .replace("&uuml;", "ü")
                .replace("&Auml;", "Ä")
                .replace("&Ouml;", "Ö")
                .replace("&Uuml;", "Ü")
                .replace("&szlig;", "ß");
        return words(text);
    }

    // Commas and dots stand or are left out where an address is broken into lines.
    private static String words(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC)
                .toLowerCase(Locale.ROOT)
                .replaceAll("(?U)[\\s,.;|·•]+", " ")
                .strip();
    }

    @Override
    public String toString() {
        return "a mail of " + size() + " characters";
    }
}
