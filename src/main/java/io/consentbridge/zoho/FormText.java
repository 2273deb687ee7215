package io.consentbridge.zoho;

import java.nio.charset.StandardCharsets;

/**
 * Texts in a form or a query, percent-encoded. Every call about a person is encoded once and read back once before it leaves,
 * so both go over the bytes once; the JDK's own encoder and decoder make buffers for each special character.
 */
public final class FormText {

    private static final byte[] DIGITS = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

    private FormText() {}

    /** The text in UTF-8, with everything but letters and digits of ASCII and {@code .-*_} as {@code %XX}. */
    public static String encode(String text) {
        byte[] from = text.getBytes(StandardCharsets.UTF_8);
        byte[] to = new byte[3 * from.length];
        int length = 0;
        for (byte each : from) {
            if (stays(each)) {
                to[length++] = each;
            } else {
                to[length++] = '%';
                to[length++] = DIGITS[each >> 4 & 0xf];
                to[length++] = DIGITS[each & 0xf];
            }
        }
        return new String(to, 0, length, StandardCharsets.ISO_8859_1);
    }

    /**
     * The text that was encoded; {@code +} is a blank.
     *
     * @throws IllegalArgumentException if a percent sign is not followed by two hexadecimal digits
     */
    public static String decode(String encoded) {
        byte[] from = encoded.getBytes(StandardCharsets.UTF_8);
        byte[] to = new byte[from.length];
        int length = 0;
        for (int i = 0; i < from.length; i++) {
            if (from[i] == '%') {
                if (i + 2 >= from.length) {
                    throw new IllegalArgumentException("an encoded text ends within a character");
                }
                to[length++] = (byte) (digit(from[i + 1]) << 4 | digit(from[i + 2]));
                i += 2;
            } else {
                to[length++] = from[i] == '+' ? (byte) ' ' : from[i];
            }
        }
        return new String(to, 0, length, StandardCharsets.UTF_8);
    }

    private static boolean stays(byte each) {
        return each >= 'a' && each <= 'z'
                || each >= 'A' && each <= 'Z'
                || each >= '0' && each <= '9'
                || each == '.'
                || each == '-'
                || each == '*'
                || each == '_';
    }

    private static int digit(byte letter) {
        if (letter >= '0' && letter <= '9') {
            return letter - '0';
        }
        if (letter >= 'A' && letter <= 'F') {
            return letter - 'A' + 10;
        }
        if (letter >= 'a' && letter <= 'f') {
            return letter - 'a' + 10;
        }
        throw new IllegalArgumentException("a percent sign is not followed by a number");
    }
}
