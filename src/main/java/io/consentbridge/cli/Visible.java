package io.consentbridge.cli;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;
import java.util.function.BooleanSupplier;

/**
 * Shows characters on which a terminal, a log or a table would act by their number, such as {@code <U+001B>}: text that a
 * stranger wrote into the CRM clears no screen, rings no bell, reverses no line and begins no line.
 */
final class Visible extends FilterWriter {

    private final BooleanSupplier json;
    private volatile boolean ownColours;

    /** @param json whether the output is JSON, where such characters occur only within texts */
    Visible(Writer out, BooleanSupplier json) {
        super(out);
        this.json = json;
    }

    /** Lets the colours of a usage text through; it contains nobody's data. */
    void colours() {
        ownColours = true;
    }

    /** Returns the text on one line, with white space collapsed. */
    static String line(String text) {
        return text == null ? null : shown(text.replaceAll("\\s+", " "), false);
    }

    /** Returns the JSON document with such characters escaped. */
    static String json(String document) {
        return shown(document, true);
    }

    private static String shown(String text, boolean json) {
        if (text.chars().noneMatch(Visible::acts)) {
            return text;
        }
        StringBuilder shown = new StringBuilder();
        text.chars().forEach(one -> {
            if (acts(one)) {
                shown.append(json ? "\\u%04x".formatted(one) : "<U+%04X>".formatted(one));
            } else {
                shown.append((char) one);
            }
        });
        return shown.toString();
    }

    /**
     * Returns whether a terminal acts on the character: control characters except line feed and tab, other line ends, and
     * changes of the writing direction.
     */
    private static boolean acts(int one) {
        return one < 0x20 && one != '\n' && one != '\r' && one != '\t'
                || one >= 0x7F && one <= 0x9F
                || one == 0x061C
                || one == 0x200E
                || one == 0x200F
                || one >= 0x2028 && one <= 0x202E
                || one >= 0x2066 && one <= 0x2069;
    }

    @Override
    public void write(int one) throws IOException {
        write(String.valueOf((char) one), 0, 1);
    }

    @Override
    public void write(char[] text, int from, int length) throws IOException {
        write(new String(text, from, length), 0, length);
    }

    @Override
    public void write(String text, int from, int length) throws IOException {
        String part = text.substring(from, from + length);
        out.write(ownColours ? part : shown(part, json.getAsBoolean()));
    }
}
