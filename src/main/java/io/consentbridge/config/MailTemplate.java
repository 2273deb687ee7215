package io.consentbridge.config;

import io.consentbridge.sync.Nearest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The wording of a confirmation mail, as plain text and as HTML, with placeholders such as {@code {{link}}}. A purpose names
 * its own two files; without them the shipped ones of its language are used.
 *
 * @param text the plain text
 * @param html the same as HTML
 */
public record MailTemplate(String text, String html) {

    /** The languages of the shipped templates; the first one stands in for all others. */
    public static final List<String> LANGUAGES = List.of("en", "de");

    private static final String STATEMENT = "statement";
    private static final String LINK = "link";
    private static final List<String> PLACEHOLDERS = List.of(STATEMENT, LINK, "refuse", "controller");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\s*([^{}]*?)\\s*}}");
    private static final long MOST_BYTES = 256 * 1024;

    /**
     * The values of the placeholders, all of them plain text.
     *
     * @param statement the wording to which the person agrees
     * @param link where they answer
     * @param refuse where they refuse
     * @param controller who asks; several lines are possible
     */
    public record Values(String statement, String link, String refuse, String controller) {

        /** Shows no value: the link contains the token. */
        @Override
        public String toString() {
            return "values of a confirmation mail";
        }

        private String of(String placeholder) {
            return switch (placeholder) {
                case STATEMENT -> statement;
                case LINK -> link;
                case "refuse" -> refuse;
                case "controller" -> controller;
                default -> "";
            };
        }
    }

    /** A mail without its header. */
    public record Filled(String text, String html) {

        /** Shows no text: it contains the token. */
        @Override
        public String toString() {
            return "text of a confirmation mail";
        }
    }

    /** Returns the shipped template of a language such as {@code de-AT}; the English one for a language that has none. */
    public static MailTemplate shipped(String language) {
        String shipped = shippedLanguage(language).orElse(LANGUAGES.get(0));
        return new MailTemplate(
                resource("mail/confirm_" + shipped + ".txt"), resource("mail/confirm_" + shipped + ".html"));
    }

    /** Returns the shipped language that serves a language tag; empty when none does. */
    public static Optional<String> shippedLanguage(String tag) {
        String base = tag == null ? "" : Locale.forLanguageTag(tag).getLanguage();
        return LANGUAGES.stream().filter(base::equals).findFirst();
    }

    /**
     * Reads the two files of a template.
     *
     * @param file the path without {@code .txt} and {@code .html}
     * @throws UncheckedIOException when one of them cannot be read
     */
    public static MailTemplate read(Path file) {
        return new MailTemplate(content(with(file, ".txt")), content(with(file, ".html")));
    }

    /**
     * Returns what is wrong with the files of a template, one sentence each; empty when mail can be made of them.
     *
     * @param file the path without {@code .txt} and {@code .html}
     */
    public static List<String> problems(Path file) {
        List<String> problems = new ArrayList<>();
        for (Path one : List.of(with(file, ".txt"), with(file, ".html"))) {
            try {
                problems.addAll(problems(one.getFileName().toString(), content(one)));
            } catch (UncheckedIOException unreadable) {
                problems.add("The template " + one + " cannot be read (" + unreadable.getMessage()
                        + "). Write the text of the mail into it, in UTF-8");
            }
        }
        return problems;
    }

    static List<String> problems(String name, String content) {
        List<String> problems = new ArrayList<>();
        List<String> found = PLACEHOLDER
                .matcher(content)
                .results()
                .map(place -> place.group(1))
                .toList();
        for (String needed : List.of(STATEMENT, LINK)) {
            if (!found.contains(needed)) {
                problems.add("The template " + name + " has no {{" + needed + "}}. "
                        + (needed.equals(LINK)
                                ? "Without the link nobody can answer"
                                : "Without the wording nobody knows what they agree to"));
            }
        }
        found.stream()
                .distinct()
                .filter(placeholder -> !PLACEHOLDERS.contains(placeholder))
                .map(unknown -> "The template " + name + " has the placeholder {{" + unknown
                        + "}}, which does not exist: " + Nearest.hint(unknown, PLACEHOLDERS))
                .forEach(problems::add);
        return problems;
    }

    /** Fills the placeholders. In the HTML, markup in values is shown as text. */
    public Filled fill(Values values) {
        return new Filled(
                fill(text, values, Map.of()),
                fill(html, values, Map.of("&", "&amp;", "<", "&lt;", ">", "&gt;", "\"", "&quot;")));
    }

    private static String fill(String template, Values values, Map<String, String> escapes) {
        Matcher matcher = PLACEHOLDER.matcher(template);
        // A value is never searched for placeholders.
        return matcher.replaceAll(place -> Matcher.quoteReplacement(
                escapes.isEmpty() ? values.of(place.group(1)) : escaped(values.of(place.group(1)), escapes)));
    }

    private static String escaped(String value, Map<String, String> escapes) {
        StringBuilder escaped = new StringBuilder();
        value.codePoints().forEach(point -> {
            String character = Character.toString(point);
            escaped.append(character.equals("\n") ? "<br>\n" : escapes.getOrDefault(character, character));
        });
        return escaped.toString();
    }

    private static Path with(Path file, String ending) {
        return file.resolveSibling(file.getFileName() + ending);
    }

    private static String content(Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new IOException("it is larger than 256 KB");
            }
            return Files.readString(file);
        } catch (CharacterCodingException notUtf8) {
            throw new UncheckedIOException("it is not in UTF-8", notUtf8);
        } catch (IOException unreadable) {
            boolean missing = !Files.exists(file);
            throw new UncheckedIOException(missing ? "there is no such file" : unreadable.getMessage(), unreadable);
        }
    }

    private static String resource(String name) {
        try (InputStream in = MailTemplate.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
