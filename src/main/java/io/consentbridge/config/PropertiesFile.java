package io.consentbridge.config;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** Reads the entries of a properties file with their lines, which the JDK's own reader does not tell. */
final class PropertiesFile {

    /** A value as written in the file, and the place of its key. */
    record Entry(String value, Place place) {}

    private PropertiesFile() {}

    /** Key to entry, in the order of the file; empty, with a finding, if it cannot be read. */
    static Map<String, Entry> read(Path file, Findings findings) {
        List<String> lines;
        try {
            lines = ByteOrderMark.without(Files.readString(file)).lines().toList();
        } catch (CharacterCodingException notUtf8) {
            findings.add(Place.whole(file.toString()), "the file is not in UTF-8", "save it as UTF-8");
            return Map.of();
        } catch (IOException unreadable) {
            findings.add(
                    Place.whole(file.toString()),
                    "the file is missing or cannot be read",
                    "copy the sample that ships with ConsentBridge and fill it in");
            return Map.of();
        }
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (int at = 0; at < lines.size(); at++) {
            Place place = new Place(file.toString(), at + 1, indent(lines.get(at)) + 1);
            List<String> logical = new ArrayList<>(List.of(lines.get(at)));
            while (goesOn(lines.get(at)) && at + 1 < lines.size()) {
                logical.add(lines.get(++at));
            }
            parse(String.join("\n", logical), place, findings).forEach((key, value) -> {
                if (entries.containsKey(key)) {
                    findings.add(
                            place,
                            key + " is given twice, first in line "
                                    + entries.get(key).place().line(),
                            "keep one of them");
                }
                entries.put((String) key, new Entry((String) value, place));
            });
        }
        return entries;
    }

    private static Properties parse(String logicalLine, Place place, Findings findings) {
        Properties one = new Properties();
        try {
            one.load(new StringReader(logicalLine));
        } catch (IOException | IllegalArgumentException malformed) {
            findings.add(place, "this line has a malformed \\u escape", "write the character itself");
        }
        return one;
    }

    // A line continues if it ends with an odd number of backslashes, unless it is a comment.
    private static boolean goesOn(String line) {
        String text = line.stripLeading();
        int backslashes = 0;
        while (backslashes < text.length() && text.charAt(text.length() - 1 - backslashes) == '\\') {
            backslashes++;
        }
        return backslashes % 2 == 1 && !text.startsWith("#") && !text.startsWith("!");
    }

    private static int indent(String line) {
        return line.length() - line.stripLeading().length();
    }
}
