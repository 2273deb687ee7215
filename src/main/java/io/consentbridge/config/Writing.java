package io.consentbridge.config;

import java.util.Optional;

/**
 * Text that YAML reads otherwise than its writer means: typographic quotes, which it takes for content.
 *
 * @param what what is written
 * @param whatWouldBeRight what to write
 */
record Writing(String what, String whatWouldBeRight) {

    private static final String QUOTES = "\u201C\u201D\u201E\u201F\u2018\u2019\u201A\u201B\u00AB\u00BB";

    /**
     * The problem of a value; empty if there is none.
     *
     * @param plain whether it is written without YAML's own quotes
     */
    static Optional<Writing> of(String text, boolean plain) {
        if (plain && text.length() > 1 && isQuote(text.charAt(0)) && isQuote(text.charAt(text.length() - 1))) {
            String inner = text.substring(1, text.length() - 1);
            return Optional.of(new Writing(
                    text + " is in typographic quotes, which YAML reads as part of the text",
                    "write straight ones: \"" + inner + "\""));
        }
        return Optional.empty();
    }

    private static boolean isQuote(char letter) {
        return QUOTES.indexOf(letter) >= 0;
    }
}
