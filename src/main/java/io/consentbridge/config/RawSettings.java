package io.consentbridge.config;

import io.consentbridge.config.PropertiesFile.Entry;
import io.consentbridge.sync.Nearest;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of each setting: from the environment, else from the file with its placeholders filled, else its default.
 *
 * <p>{@code ZOHO_MAIN_CLIENT_SECRET} overrides {@code zoho.main.client-secret}, and {@code ZOHO_MAIN_CLIENT_SECRET_FILE}
 * names a file that contains it. Placeholders in a value of the environment are not resolved.
 */
final class RawSettings {

    /** The text of a setting, and its place. */
    record Value(String text, Place place) {}

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(.*?)}}");

    private final String fileName;
    private final Map<String, Entry> entries;
    private final Map<String, String> environment;
    private final Home home;
    private final Findings findings;
    private final Map<String, Optional<Value>> known = new HashMap<>();
    private final Set<String> inProgress = new LinkedHashSet<>();

    RawSettings(
            String fileName,
            Map<String, Entry> entries,
            Map<String, String> environment,
            Home home,
            Findings findings) {
        this.fileName = fileName;
        this.entries = entries;
        this.environment = environment;
        this.home = home;
        this.findings = findings;
    }

    /** The setting's text, stripped; empty if it is not given, or if its placeholder cannot be resolved. */
    Optional<Value> get(String name) {
        Optional<Value> value = known.get(name);
        if (value == null) {
            inProgress.add(name);
            value = find(name);
            inProgress.remove(name);
            known.put(name, value);
        }
        return value;
    }

    /** The same as {@link #get}, but an unresolved placeholder or an unreadable file is no problem. */
    Optional<Value> ifThere(String name) {
        Optional<Value> value = new RawSettings(fileName, entries, environment, home, new Findings()).get(name);
        known.put(name, value);
        return value;
    }

    /** The place of a setting, or where it would be. */
    Place placeOf(String name) {
        String variable = variable(name);
        if (environment.containsKey(variable) || environment.containsKey(variable + "_FILE")) {
            return Place.whole(variable + " in the environment");
        }
        Entry entry = entries.get(name);
        return entry == null ? Place.whole(fileName) : entry.place();
    }

    /** Whether the file or the environment gives the setting, even if its value cannot be used. */
    boolean isGiven(String name) {
        return entries.containsKey(name) || !placeOf(name).equals(Place.whole(fileName));
    }

    private Optional<Value> find(String name) {
        String variable = variable(name);
        Place place = placeOf(name);
        if (environment.containsKey(variable)) {
            return Optional.of(new Value(environment.get(variable).strip(), place));
        }
        if (environment.containsKey(variable + "_FILE")) {
            return contentOf(environment.get(variable + "_FILE"), variable + "_FILE", place)
                    .map(text -> new Value(text, place));
        }
        Entry entry = entries.get(name);
        return entry == null
                ? Optional.ofNullable(SettingNames.DEFAULTS.get(name)).map(text -> new Value(text, place))
                : fill(name, entry).map(text -> new Value(text.strip(), place));
    }

    private static String variable(String name) {
        return name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    private Optional<String> fill(String name, Entry entry) {
        Matcher matcher = PLACEHOLDER.matcher(entry.value());
        if (matcher.replaceAll("").contains("{{")) {
            findings.add(entry.place(), name + " has a placeholder that is not closed", "close it with }}");
            return Optional.empty();
        }
        matcher.reset();
        StringBuilder filled = new StringBuilder();
        while (matcher.find()) {
            Optional<String> value = placeholder(name, matcher.group(1), entry.place());
            if (value.isEmpty()) {
                return Optional.empty();
            }
            matcher.appendReplacement(filled, Matcher.quoteReplacement(value.get()));
        }
        return Optional.of(matcher.appendTail(filled).toString());
    }

    private Optional<String> placeholder(String name, String placeholder, Place place) {
        if (placeholder.startsWith("file:")) {
            return contentOf(placeholder.substring("file:".length()).strip(), name, place);
        }
        boolean isVariable = placeholder.startsWith("env:");
        String[] parts = (isVariable ? placeholder.substring("env:".length()) : placeholder).split(":", 2);
        String key = parts[0].strip();
        Optional<String> value = isVariable ? Optional.ofNullable(environment.get(key)) : other(name, key, place);
        if (value.isPresent() || inProgress.contains(key)) {
            return value;
        }
        if (parts.length == 2) {
            return Optional.of(parts[1]);
        }
        if (isVariable) {
            findings.add(place, name + " is not set", "set the environment variable " + key + ", or " + variable(name));
        } else if (!isGiven(key)) {
            findings.add(
                    place,
                    name + " refers to {{" + key + "}}, an unknown setting",
                    Nearest.hint(key, entries.keySet()));
        }
        return Optional.empty();
    }

    private Optional<String> other(String name, String key, Place place) {
        if (inProgress.contains(key)) {
            findings.add(
                    place,
                    name + " refers to itself: " + String.join(" → ", inProgress) + " → " + key,
                    "replace one of the references with a value");
            return Optional.empty();
        }
        return get(key).map(Value::text);
    }

    private Optional<String> contentOf(String path, String name, Place place) {
        try {
            return Optional.of(
                    ByteOrderMark.without(Files.readString(home.resolve(path))).strip());
        } catch (CharacterCodingException notUtf8) {
            findings.add(place, name + " names the file " + path + ", which is not in UTF-8", "save it as UTF-8");
            return Optional.empty();
        } catch (IOException | InvalidPathException unreadable) {
            findings.add(
                    place,
                    name + " names the file " + path + ", which cannot be read",
                    "give a text file that this user may read");
            return Optional.empty();
        }
    }
}
