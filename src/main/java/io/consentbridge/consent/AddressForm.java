package io.consentbridge.consent;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Normalises addresses to one form, so that spellings of one address are one person.
 *
 * <p>Letters are those of Unicode's compatibility composition (NFKC), so that composed, decomposed and full-width letters
 * are the same. Invisible characters (zero-width, joiners, direction marks, soft hyphens, variation selectors, and all
 * others that Unicode lets a reader ignore) are left out. A domain is written in ASCII as today's registries and browsers do
 * it (IDNA 2008, UTS 46 without transition: {@code ß} stays a letter of its own), without the dot of the root at its end.
 */
public final class AddressForm {

    /**
     * The version of these rules; people who were stored by an earlier version are stored anew. Raise it with each change of the
     * rules, and keep what {@link #compared} was before among {@link #FORMER}.
     */
    public static final int VERSION = 2;

    /** The version by which hashes of addresses were made first. */
    static final int FIRST_HASHED = 2;

    /**
     * What {@link #compared} was in each version from {@link #FIRST_HASHED} to the one before this: hashes of erased people were
     * made by it, and a hash cannot be made anew.
     */
    static final List<UnaryOperator<String>> FORMER = List.of();

    private static final int ASCII_END = 0x7f;
    private static final int LONGEST_LABEL = 63;
    private static final char CAPITAL_SIGMA = '\u03a3';
    private static final char SIGMA = '\u03c3';
    private static final char FINAL_SIGMA = '\u03c2';

    private AddressForm() {}

    /** The address as it is sent: white space inside it stays, and so does the case of letters. */
    public static String written(String raw) {
        return PlainAddress.isNormal(raw) ? raw : writtenByRules(raw);
    }

    static String writtenByRules(String raw) {
        return settle(raw, text -> inAscii(trimmed(normal(without(text, AddressForm::isIgnorable)))));
    }

    /**
     * The address as people are compared by it: {@link #written}, without white space and control characters, in lower case.
     */
    static String compared(String raw) {
        return PlainAddress.isNormal(raw) ? raw.toLowerCase(Locale.ROOT) : comparedByRules(raw);
    }

    /**
     * The address in every form by which hashes of it were ever made, that of today first.
     *
     * @param raw as it is typed; former forms may tell spellings apart that are one today
     */
    public static Set<String> everCompared(String raw) {
        return everCompared(raw, FORMER);
    }

    static Set<String> everCompared(String raw, List<UnaryOperator<String>> former) {
        Set<String> forms = new LinkedHashSet<>();
        forms.add(compared(raw));
        former.forEach(form -> {
            forms.add(form.apply(raw));
            forms.add(form.apply(compared(raw)));
        });
        return forms;
    }

    static String comparedByRules(String raw) {
        return settle(
                raw,
                text -> inAscii(normal(folded(normal(
                        without(text, point -> isIgnorable(point) || isBlank(point) || isNoCharacter(point)))))));
    }

    // Both small sigmas are one letter of a mailbox; in a domain they are two (UTS 46 without transition).
    private static String folded(String address) {
        String lower = lowerCase(address);
        int at = Math.max(lower.lastIndexOf('@'), 0);
        return lower.substring(0, at).replace(FINAL_SIGMA, SIGMA) + lower.substring(at);
    }

    // Java chooses the small letter of a capital sigma by its place in a word.
    private static String lowerCase(String text) {
        return text.replace(CAPITAL_SIGMA, SIGMA).toLowerCase(Locale.ROOT);
    }

    /**
     * Whether a text contains what no address has: white space, control characters, unpaired surrogates, and unassigned
     * characters.
     */
    static boolean isImpossible(String text) {
        return text.codePoints().anyMatch(point -> isBlank(point) || isNoCharacter(point));
    }

    // One step can make work for another: after a character is left out, letters compose, and composed letters have
    // another
    // case.
    private static String settle(String raw, UnaryOperator<String> step) {
        String before = raw;
        String after = step.apply(raw);
        while (!after.equals(before)) {
            before = after;
            after = step.apply(before);
        }
        return after;
    }

    private static String normal(String text) {
        return isAscii(text) ? text : Normalizer.normalize(text, Normalizer.Form.NFKC);
    }

    private static String without(String text, IntPredicate unwanted) {
        return text.codePoints().anyMatch(unwanted)
                ? text.codePoints()
                        .filter(unwanted.negate())
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString()
                : text;
    }

    private static String trimmed(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isBlank(text.charAt(from))) {
            from++;
        }
        while (to > from && isBlank(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    private static String inAscii(String address) {
        int at = address.lastIndexOf('@');
        if (at < 0) {
            return address;
        }
        // The ideographic full stop separates labels too (UTS 46).
        String domain = address.substring(at + 1).replace('\u3002', '.');
        int end = domain.length();
        while (end > 0 && domain.charAt(end - 1) == '.') {
            end--;
        }
        return address.substring(0, at + 1) + labelsInAscii(domain.substring(0, end));
    }

    private static String labelsInAscii(String domain) {
        return isAscii(domain)
                ? domain
                : Arrays.stream(domain.split("\\.", -1))
                        .map(AddressForm::labelInAscii)
                        .collect(Collectors.joining("."));
    }

    // A longer text, or one with white space or control characters, belongs to no domain.
    private static String labelInAscii(String label) {
        String lower = normal(lowerCase(normal(label)));
        return isAscii(label) || lower.length() > LONGEST_LABEL || isImpossible(lower)
                ? label
                : "xn--" + Punycode.encode(lower);
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(letter -> letter <= ASCII_END);
    }

    private static boolean isBlank(int point) {
        return Character.isWhitespace(point) || Character.isSpaceChar(point);
    }

    private static boolean isNoCharacter(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED -> true;
            default -> false;
        };
    }

    /** Unicode's property Default_Ignorable_Code_Point, which Java does not know, and the other characters of format. */
    private static boolean isIgnorable(int point) {
        return Character.getType(point) == Character.FORMAT
                || point == 0x34f
                || point == 0x115f
                || point == 0x1160
                || point == 0x17b4
                || point == 0x17b5
                || point >= 0x180b && point <= 0x180f
                || point == 0x2065
                || point == 0x3164
                || point >= 0xfe00 && point <= 0xfe0f
                || point == 0xffa0
                || point >= 0xfff0 && point <= 0xfff8
                || point >= 0xe0000 && point <= 0xe0fff;
    }
}
