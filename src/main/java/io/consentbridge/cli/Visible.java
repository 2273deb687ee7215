package io.consentbridge.cli;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;
import java.util.function.BooleanSupplier;

/**
 * Shows characters by their number on which a terminal, a log or a table would act, such as {@code <U+001B>}: what a stranger wrote
 * into the CRM clears no screen, rings no bell, turns no line around and begins no line of its own.
 */
final class Visible extends FilterWriter {

    private final BooleanSupplier json;
    private volatile boolean ownColours;

    /** @param json whether what is written is JSON, where such characters stand only within texts */
    Visible(Writer out, BooleanSupplier json) {
        super(out);
        this.json = json;
    }

    /** Lets the colours of a usage text through, which holds nothing of anybody's data. */
    void colours() {
        ownColours = true;
    }

    /** The text on one line, white space drawn together. */
    static String line(String text) {
        return text == null ? null : shown(text.replaceAll("\\s+", " "), false);
    }

    /** A JSON document, in which such characters are escaped. */
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

    /** Control characters but the line's end and the tabulator, other ends of lines, and what changes the direction of writing. */
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
