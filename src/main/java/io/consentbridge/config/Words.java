package io.consentbridge.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** The enums of the rules as the words of configuration files: {@code NON_MARKETING} is {@code non-marketing}. */
final class Words {

    private Words() {}

    /** The constant for the word at a key, which the schema has checked, or the default if the key is missing. */
    static <E extends Enum<E>> E at(JsonNode tree, String key, Class<E> words, E leftOut) {
        String word = tree.path(key).textValue();
        return word == null ? leftOut : of(word, words);
    }

    /** The constant for a word that the schema has checked. */
    static <E extends Enum<E>> E of(String word, Class<E> words) {
        return Enum.valueOf(words, word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
