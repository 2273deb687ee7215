package io.consentbridge.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** The enums of the rules as the words of configuration files: {@code NON_MARKETING} is {@code non-marketing}. */
final class Words {

    private Words() {}

    /** The constant at a key whose word the schema has checked, or what holds when it is left out. */
    static <E extends Enum<E>> E at(JsonNode tree, String key, Class<E> words, E leftOut) {
        String word = tree.path(key).textValue();
        return word == null
                ? leftOut
                : Enum.valueOf(words, word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
