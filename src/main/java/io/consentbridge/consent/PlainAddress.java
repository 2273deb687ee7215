package io.consentbridge.consent;

import java.util.function.Predicate;

/**
 * Recognises the addresses that nearly everybody has, in one look at their characters: a run looks at each address several
 * times, and patterns and Unicode's rules cost ten times as much. A text that is not recognised here may still be an address.
 */
final class PlainAddress {

    private static final int LONGEST_MAILBOX = 64;
    private static final int LONGEST_LABEL = 63;
    private static final int LONGEST_DOMAIN = 253;

    private PlainAddress() {}

    /**
     * Whether a text has nothing to normalise but upper case: every character is a visible one of ASCII, and the last is not
     * the dot of the root.
     */
    static boolean isNormal(String text) {
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (letter <= ' ' || letter >= 0x7f) {
                return false;
            }
        }
        return !text.endsWith(".");
    }

    /**
     * Whether a text is a mailbox at a domain: words of letters, digits, {@code _}, {@code -} and {@code +} with dots between
     * them, then labels of letters, digits and inner hyphens.
     *
     * @param topLevel tells whether there is such a top-level domain
     */
    static boolean isMailbox(String text, Predicate<String> topLevel) {
        int at = text.indexOf('@');
        int last = text.lastIndexOf('.');
        return at > 0
                && at <= LONGEST_MAILBOX
                && last > at
                && text.length() - at - 1 <= LONGEST_DOMAIN
                && isMailboxWords(text, at)
                && isDomain(text, at + 1)
                && isLetter(text.charAt(last + 1))
                && topLevel.test(text.substring(last + 1));
    }

    private static boolean isMailboxWords(String text, int end) {
        char before = '.';
        for (int i = 0; i < end; i++) {
            char letter = text.charAt(i);
            boolean word = isLetter(letter) || isDigit(letter) || letter == '_' || letter == '-' || letter == '+';
            if (!word && (letter != '.' || before == '.')) {
                return false;
            }
            before = letter;
        }
        return before != '.';
    }

    private static boolean isDomain(String text, int start) {
        int from = start;
        for (int i = start; i <= text.length(); i++) {
            if (i == text.length() || text.charAt(i) == '.') {
                if (i == from || i - from > LONGEST_LABEL || text.charAt(from) == '-' || text.charAt(i - 1) == '-') {
                    return false;
                }
                from = i + 1;
            } else if (!isLetter(text.charAt(i)) && !isDigit(text.charAt(i)) && text.charAt(i) != '-') {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetter(char letter) {
        return letter >= 'a' && letter <= 'z' || letter >= 'A' && letter <= 'Z';
    }

    private static boolean isDigit(char letter) {
        return letter >= '0' && letter <= '9';
    }
}
