package io.consentbridge.config;

/** The invisible character U+FEFF, with which some editors begin a file; it belongs to no setting, secret or document. */
public final class ByteOrderMark {

    private ByteOrderMark() {}

    /** The text without one at its beginning. */
    public static String without(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }
}
