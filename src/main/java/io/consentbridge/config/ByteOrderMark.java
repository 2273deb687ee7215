package io.consentbridge.config;

/**
 * The invisible character U+FEFF at the beginning of files of some editors; it is not content of a setting, secret or
 * document.
 */
public final class ByteOrderMark {

    private ByteOrderMark() {}

    /** The text without a byte order mark at its beginning. */
    public static String without(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }
}
