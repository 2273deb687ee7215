package io.consentbridge.consent;

import java.util.Locale;

/**
 * A person is one e-mail address, trimmed and compared without case (design: rules of consent).
 *
 * <p>Its text is personal data: {@link #toString()} does not show it, so that no log does.
 *
 * @param address the address, trimmed, in lower case
 */
public record Person(String address) {

    /** Spaces without width, and the mark at the beginning of files. */
    private static final String INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff";

    public Person {
        address = trimmed(address).toLowerCase(Locale.ROOT);
    }

    /** Without white space around it, such as copying out of documents and web pages leaves: no-break and invisible ones too. */
    static String trimmed(String raw) {
        int from = 0;
        int to = raw.length();
        while (from < to && isBlank(raw.charAt(from))) {
            from++;
        }
        while (to > from && isBlank(raw.charAt(to - 1))) {
            to--;
        }
        return raw.substring(from, to);
    }

    private static boolean isBlank(char letter) {
        return Character.isWhitespace(letter) || Character.isSpaceChar(letter) || INVISIBLE.indexOf(letter) >= 0;
    }

    @Override
    public String toString() {
        return "person";
    }
}
