package io.consentbridge.mailing;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in a mail that Zoho fills with a value of the person: {@code $[FNAME|reader]$} for a field that everybody has, {@code
 * $[UD:CITY]$} for a field of the organisation (docs/zoho-notes.md, "Campaigns: merge fields").
 *
 * @param tag its name between the signs, such as {@code UD:CITY}
 * @param otherwise what stands there for people without a value; empty for nothing
 */
public record MergeField(String tag, Optional<String> otherwise) {

    private static final Pattern FIELD =
            Pattern.compile("\\$\\[([A-Za-z][A-Za-z0-9_: -]*)(?:\\|([^\\]|]*))?(?:\\|[^\\]]*)?]\\$");
    private static final String OF_THE_ORGANISATION = "UD:";
    private static final String LINK = "LI:";

    /** The tags of the fields that every mapping fills, by the display name of the field. */
    private static final Map<String, String> ALWAYS = Map.of(
            "FNAME", "First Name",
            "LNAME", "Last Name",
            "EMAIL", "Contact Email",
            "CONTACT_EMAIL", "Contact Email",
            "FIRST_NAME", "First Name",
            "LAST_NAME", "Last Name");

    private static final Map<String, String> STANDARD =
            Map.of("COMPANYNAME", "Company Name", "COMPANY", "Company Name");

    /** The merge fields of a mail, each once, in the order of the mail; links, such as that to unsubscribe, are none. */
    public static List<MergeField> in(String html) {
        LinkedHashSet<MergeField> found = new LinkedHashSet<>();
        Matcher matcher = FIELD.matcher(html);
        while (matcher.find()) {
            MergeField field = of(matcher);
            if (!field.isLink()) {
                found.add(field);
            }
        }
        return new ArrayList<>(found);
    }

    /**
     * The mail as a person sees it.
     *
     * @param values by the display name of a field of Campaigns; a link gets {@code #}
     */
    public static String fill(String html, Map<String, String> values) {
        return FIELD.matcher(html).replaceAll(found -> {
            MergeField field = of(found);
            if (field.isLink()) {
                return "#";
            }
            String value = values.entrySet().stream()
                    .filter(entry -> field.means(entry.getKey()))
                    .map(Map.Entry::getValue)
                    .filter(text -> !text.isBlank())
                    .findFirst()
                    .or(field::otherwise)
                    .orElse("");
            return Matcher.quoteReplacement(escaped(value));
        });
    }

    private static MergeField of(java.util.regex.MatchResult found) {
        return new MergeField(
                found.group(1).strip().toUpperCase(Locale.ROOT),
                Optional.ofNullable(found.group(2)).filter(text -> !text.isBlank()));
    }

    private boolean isLink() {
        return tag.startsWith(LINK);
    }

    /** Whether every mapping fills the field: name and address of the person. */
    public boolean isAlwaysFilled() {
        return ALWAYS.containsKey(plain());
    }

    /** Whether it stands for the field of Campaigns with that display name. */
    public boolean means(String displayName) {
        String name = ALWAYS.getOrDefault(plain(), STANDARD.getOrDefault(plain(), plain()));
        return tagOf(name).equals(tagOf(displayName));
    }

    /** The display name of the field of Campaigns, as far as a tag tells it: {@code UD:JOB_TITLE} is Job Title. */
    public String displayName() {
        String known = ALWAYS.getOrDefault(plain(), STANDARD.get(plain()));
        if (known != null) {
            return known;
        }
        StringBuilder name = new StringBuilder();
        for (String word : plain().split("[_ ]+")) {
            if (!word.isEmpty()) {
                name.append(name.isEmpty() ? "" : " ")
                        .append(word.charAt(0))
                        .append(word.substring(1).toLowerCase(Locale.ROOT));
            }
        }
        return name.toString();
    }

    private String plain() {
        return tag.startsWith(OF_THE_ORGANISATION) ? tag.substring(OF_THE_ORGANISATION.length()) : tag;
    }

    private static String tagOf(String displayName) {
        return displayName.strip().toUpperCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "_");
    }

    private static String escaped(String value) {
        return value.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    @Override
    public String toString() {
        return "$[" + tag + otherwise.map(text -> "|" + text).orElse("") + "]$";
    }
}
