package io.consentbridge.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * A YAML file as a tree, with the place of every key.
 *
 * @param name the file as the person knows it
 * @param tree its content
 * @param places JSON pointer of a value to the place of its key, or of the item in a list
 * @param texts JSON pointer of a value that is written in one line to the place of its first character
 */
record YamlFile(String name, JsonNode tree, Map<String, Place> places, Map<String, Place> texts) {

    /** Where a character of a value stands, counted from 0; where the value's key stands when it has several lines. */
    Place character(String pointer, int at) {
        Place start = texts.get(pointer);
        return start == null ? at(pointer) : new Place(start.file(), start.line(), start.column() + at);
    }

    /** Where the value of that pointer is written; for one that is missing, where its parent is. */
    Place at(String pointer) {
        String nearest = pointer;
        while (!places.containsKey(nearest) && !nearest.isEmpty()) {
            nearest = nearest.substring(0, nearest.lastIndexOf('/'));
        }
        return places.getOrDefault(nearest, new Place(name, 1, 1));
    }

    /** The text at a key of the file's top level; null when it is missing or no text. */
    String text(String key) {
        return tree.path(key).textValue();
    }
}
