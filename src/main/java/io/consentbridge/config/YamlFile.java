package io.consentbridge.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;

/**
 * A YAML file as a tree, with the place of every key.
 *
 * @param name the file as the person knows it
 * @param tree its content
 * @param places JSON pointer of a value to the place of its key, or of the item in a list
 * @param texts JSON pointer of a value written in one line to the place of its first character
 */
record YamlFile(String name, JsonNode tree, Map<String, Place> places, Map<String, Place> texts) {

    /** The place of a character of a value, counted from 0; the place of the value's key if it has several lines. */
    Place character(String pointer, int at) {
        Place start = texts.get(pointer);
        return start == null ? at(pointer) : new Place(start.file(), start.line(), start.column() + at);
    }

    /** The place of the value at that pointer; the place of its parent if it is missing. */
    Place at(String pointer) {
        String nearest = pointer;
        while (!places.containsKey(nearest) && !nearest.isEmpty()) {
            nearest = nearest.substring(0, nearest.lastIndexOf('/'));
        }
        return places.getOrDefault(nearest, new Place(name, 1, 1));
    }

    /** The part of the file below a key, in which pointers start at that key. */
    YamlFile section(String pointer) {
        return new YamlFile(name, tree.at(pointer), below(pointer, places), below(pointer, texts));
    }

    private static Map<String, Place> below(String pointer, Map<String, Place> all) {
        Map<String, Place> below = new HashMap<>();
        all.forEach((at, place) -> {
            if (at.equals(pointer) || at.startsWith(pointer + "/")) {
                below.put(at.substring(pointer.length()), place);
            }
        });
        return below;
    }

    /** The text at a top-level key; null if it is missing or no text. */
    String text(String key) {
        return tree.path(key).textValue();
    }
}
