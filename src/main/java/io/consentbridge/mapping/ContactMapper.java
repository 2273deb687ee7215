package io.consentbridge.mapping;

import java.text.Normalizer;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Maps a CRM record to the contact in Campaigns (B35-B38, B115, B118).
 *
 * <p>E-mail, first and last name are mapped in advance; the sync's mapping may fill a name from another field, but never the
 * e-mail address (B101). Safe for many threads.
 */
public final class ContactMapper {

    /** The Campaigns field that every contact has. */
    public static final String EMAIL = "Contact Email";

    private static final Map<String, String> IN_ADVANCE = inAdvance();

    private final Map<String, String> fields;
    private final boolean updateEmptyValues;
    private final Map<String, CrmField> metadata;
    private final ValueWriter writer;

    /**
     * @param mapping the sync's mapping
     * @param metadata the module's fields by API name, dotted for a field of another module; a field without metadata is
     *     written by the type of its JSON value
     * @param zone the time zone in which points in time are written
     */
    public ContactMapper(Mapping mapping, Map<String, CrmField> metadata, ZoneId zone) {
        this.fields = effective(mapping);
        this.updateEmptyValues = mapping.updateEmptyValues();
        this.metadata = Map.copyOf(metadata);
        this.writer = new ValueWriter(zone);
    }

    /** The API names of the CRM fields to read. Fields that are mapped in advance are read only if the module has them. */
    public Set<String> fieldsNeeded() {
        Set<String> needed = new LinkedHashSet<>();
        for (String source : fields.values()) {
            if (metadata.isEmpty() || !IN_ADVANCE.containsValue(source) || metadata.containsKey(source)) {
                needed.add(column(source));
            }
        }
        return needed;
    }

    /**
     * The Campaigns fields that the mapping fills from a record, without the e-mail address, as the transformation of fields
     * gets them: text of any length, or null if Campaigns is to erase its value.
     *
     * @param values API name to JSON value; a missing field is left as Campaigns has it
     */
    public Map<String, String> map(Map<String, Object> values) {
        Map<String, String> contact = new LinkedHashMap<>();
        targets().forEach(target -> {
            String source = fields.get(target);
            Found found = find(values, column(source));
            String text = writer.write(found.value(), metadata.get(source));
            if (!text.isEmpty()) {
                contact.put(target, text);
            } else if (updateEmptyValues && found.there() && !isRestricted(source)) {
                contact.put(target, null);
            }
        });
        return contact;
    }

    /** The Campaigns fields that the mapping fills, in its order, besides the e-mail address. */
    public Set<String> targets() {
        Set<String> targets = new LinkedHashSet<>(fields.keySet());
        targets.remove(EMAIL);
        return targets;
    }

    /**
     * The contact that Campaigns is told, from the Map that the transformation of fields yields. Null erases, and so does a
     * blank text if the sync has {@code updateEmptyValues}; otherwise a blank text, like a missing field, leaves the value
     * in Campaigns. The order is that of the mapping, then of the names, so it does not depend on the Map.
     *
     * @param given Campaigns field to value
     * @throws UnusableField if a name or a value cannot be sent to Campaigns
     */
    public Mapped contact(Map<?, ?> given) {
        Map<String, String> texts = new TreeMap<>();
        given.forEach((name, value) -> {
            String text = GivenValue.write(GivenValue.name(name), value, writer);
            if (!text.isEmpty() || value == null || updateEmptyValues) {
                texts.put((String) name, text);
            }
        });
        Map<String, String> contact = new LinkedHashMap<>();
        List<String> notes = new ArrayList<>();
        Set<String> order = targets();
        order.retainAll(texts.keySet());
        order.addAll(texts.keySet());
        order.forEach(target -> contact.put(target, fit(target, texts.get(target), notes)));
        return new Mapped(contact, notes);
    }

    /** Whether a name means the e-mail address, in any spelling. */
    public static boolean isEmail(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFKC)
                .codePoints()
                .filter(Character::isLetterOrDigit)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .equalsIgnoreCase(EMAIL.replace(" ", ""));
    }

    // A value that the API withholds is not empty.
    private boolean isRestricted(String source) {
        CrmField field = metadata.get(source);
        return field != null && field.restricted();
    }

    // A query returns only the id of a user, unless it asks for the name (docs/zoho-notes.md, "CRM: COQL requests and
    // rows").
    private String column(String source) {
        CrmField field = metadata.get(source);
        return field != null && field.isUser() ? source + "." + UserFields.NAME : source;
    }

    private static String fit(String target, String text, List<String> notes) {
        int most = TextLimits.of(target);
        int length = text.codePointCount(0, text.length());
        if (length <= most) {
            return text;
        }
        String cut = TextLimits.cut(text, most);
        notes.add(target + ": cut from " + length + " to " + cut.codePointCount(0, cut.length()) + " characters");
        return cut;
    }

    private record Found(boolean there, Object value) {}

    // Pages contain a field of another module, or of a user, under its dotted name; single records have a nested
    // object.
    private static Found find(Map<String, Object> values, String source) {
        if (values.containsKey(source)) {
            return new Found(true, values.get(source));
        }
        int dot = source.indexOf('.');
        if (dot < 0 || !values.containsKey(source.substring(0, dot))) {
            return new Found(false, null);
        }
        Object related = values.get(source.substring(0, dot));
        String inner = source.substring(dot + 1);
        if (related instanceof Map<?, ?> record) {
            String key = inner.equals(UserFields.NAME) && !record.containsKey(inner) ? "name" : inner;
            return new Found(record.containsKey(key), record.get(key));
        }
        // An empty lookup: fields behind it are empty too.
        return new Found(related == null, null);
    }

    /** The CRM field of each Campaigns field, including those mapped in advance. */
    public static Map<String, String> effective(Mapping mapping) {
        Map<String, String> fields = new LinkedHashMap<>(IN_ADVANCE);
        fields.putAll(mapping.fields());
        fields.put(EMAIL, IN_ADVANCE.get(EMAIL));
        return Collections.unmodifiableMap(fields);
    }

    private static Map<String, String> inAdvance() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put(EMAIL, "Email");
        fields.put("First Name", "First_Name");
        fields.put("Last Name", "Last_Name");
        return fields;
    }
}
