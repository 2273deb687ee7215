package io.consentbridge.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * A YAML file as a tree, with the place of every key.
 *
 * @param name the file as the person knows it
 * @param tree its content
 * @param places JSON pointer of a value to the place of its key, or of the item in a list
 */
record YamlFile(String name, JsonNode tree, Map<String, Place> places) {

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
