package io.consentbridge.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * One thing that is wrong, and what would be right.
 *
 * @param kind whether a file must be mended or something does not answer
 * @param file the file as the person knows it, such as {@code config/syncs/leads.yaml}; null when it is no file's
 * @param line counted from 1; null when it is no line's
 * @param message what is wrong, what would be right
 */
public record Problem(Kind kind, String file, Integer line, String message) {

    /** Decides the exit status of {@code check}. */
    public enum Kind {
        /** Files, or what they name at Zoho, must be changed. */
        @JsonProperty("configuration")
        CONFIGURATION,
        /** Zoho or the database does not answer. */
        @JsonProperty("out-of-reach")
        OUT_OF_REACH
    }

    /** A problem of a file; {@code line} may be null. */
    public static Problem in(String file, Integer line, String message) {
        return new Problem(Kind.CONFIGURATION, file, line, message);
    }

    /** A problem of the configuration that no single file has. */
    public static Problem of(String message) {
        return new Problem(Kind.CONFIGURATION, null, null, message);
    }

    /** Something that does not answer. */
    public static Problem outOfReach(String message) {
        return new Problem(Kind.OUT_OF_REACH, null, null, message);
    }

    /** {@code file:line: message}, as far as it has them. */
    public String text() {
        if (file == null) {
            return message;
        }
        return file + (line == null ? "" : ":" + line) + ": " + message;
    }
}
