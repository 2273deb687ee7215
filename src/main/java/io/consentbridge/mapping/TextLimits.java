package io.consentbridge.mapping;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The maximum lengths of texts in Campaigns, in characters.
 *
 * <p>Zoho publishes no lengths (docs/zoho-notes.md, "Campaigns: lengths of values"): the company's was found by a client,
 * the others keep a call within bounds. They are defined only here.
 */
final class TextLimits {

    private static final Map<String, Integer> KNOWN = Map.of("Company Name", 100);
    private static final int OTHERWISE = 2000;

    /** A character as people see it, such as a flag or a family of emoji. */
    private static final Pattern CHARACTER = Pattern.compile("\\X");

    private TextLimits() {}

    static int of(String campaignsField) {
        return KNOWN.getOrDefault(campaignsField, OTHERWISE);
    }

    /** The longest beginning of at most {@code most} code points that ends between two characters as people see them. */
    static String cut(String text, int most) {
        int end = text.offsetByCodePoints(0, most);
        Matcher characters = CHARACTER.matcher(text);
        int cut = 0;
        while (characters.find() && characters.end() <= end) {
            cut = characters.end();
        }
        // A single character that is longer than the limit is cut.
        return text.substring(0, cut == 0 ? end : cut);
    }
}
