package io.consentbridge.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * One thing that is wrong, and what would be right.
 *
 * @param kind whether a file must be corrected or something does not answer
 * @param file the file as the user knows it, such as {@code config/syncs/leads.yaml}; null when no file is concerned
 * @param line counted from 1; null when no line is concerned
 * @param message what is wrong, what would be right
 */
public record Problem(Kind kind, String file, Integer line, String message) {

    /** The kind of problem, which decides the exit status of {@code check}. */
    public enum Kind {
        /** Files, or what they name at Zoho, must be changed. */
        @JsonProperty("configuration")
        CONFIGURATION,
        /** Zoho or the database does not answer. */
        @JsonProperty("out-of-reach")
        OUT_OF_REACH
    }

    /** Returns a problem of a file; {@code line} may be null. */
    public static Problem in(String file, Integer line, String message) {
        return new Problem(Kind.CONFIGURATION, file, line, message);
    }

    /** Returns a problem of the configuration that belongs to no single file. */
    public static Problem of(String message) {
        return new Problem(Kind.CONFIGURATION, null, null, message);
    }

    /** Returns a problem about something that does not answer. */
    public static Problem outOfReach(String message) {
        return new Problem(Kind.OUT_OF_REACH, null, null, message);
    }

    /** Returns {@code file:line: message}, with only the elements that it has. */
    public String text() {
        if (file == null) {
            return message;
        }
        return file + (line == null ? "" : ":" + line) + ": " + message;
    }
}
