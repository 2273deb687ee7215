package io.consentbridge.config;

import io.consentbridge.sync.Remedy;

/**
 * One mistake in the configuration, described for the person who can mend it.
 *
 * @param file the file as the person knows it, or the variable of the environment
 * @param line counted from 1; 0 if the problem has no line
 * @param column counted from 1; 0 if the problem has no column
 * @param what what is wrong; never shows a secret
 * @param whatWouldBeRight what to write or do instead
 */
public record Problem(String file, int line, int column, String what, String whatWouldBeRight) {

    /** The problem and its remedy, as sentences. */
    public String text() {
        return Remedy.after(what, whatWouldBeRight);
    }

    /** {@code file:line: what is wrong. What to do}. */
    @Override
    public String toString() {
        String where = line > 0 ? file + ":" + line : file;
        return where + ": " + text();
    }
}
