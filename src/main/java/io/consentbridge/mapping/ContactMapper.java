package io.consentbridge.mapping;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes a CRM record as the contact that Campaigns shall have (B35-B38, B115, B118).
 *
 * <p>E-mail, first and last name are mapped in advance; the sync's mapping may fill a name from another field, but
 * never the e-mail address (B101). Safe for use by several threads.
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
     * @param metadata the module's fields by API name, dotted for a field of another module; a field without metadata
     *     is written by the look of its value
     * @param zone in which points in time are written
     */
    public ContactMapper(Mapping mapping, Map<String, CrmField> metadata, ZoneId zone) {
        this.fields = new LinkedHashMap<>(IN_ADVANCE);
        this.fields.putAll(mapping.fields());
        this.fields.put(EMAIL, IN_ADVANCE.get(EMAIL));
        this.updateEmptyValues = mapping.updateEmptyValues();
        this.metadata = Map.copyOf(metadata);
        this.writer = new ValueWriter(zone);
    }

    /** The CRM's API names to ask for. Names that are mapped in advance are asked for only where the module has them. */
    public Set<String> fieldsNeeded() {
        Set<String> needed = new LinkedHashSet<>(fields.values());
        if (!metadata.isEmpty()) {
            needed.removeIf(name -> IN_ADVANCE.containsValue(name) && !metadata.containsKey(name));
        }
        return needed;
    }

    /** @param values API name to value as JSON has it; a field that is not there at all is left as Campaigns has it */
    public Mapped map(Map<String, Object> values) {
        Map<String, String> contact = new LinkedHashMap<>();
        List<String> notes = new ArrayList<>();
        fields.forEach((target, source) -> {
            Found found = find(values, source);
            String text = writer.write(found.value(), metadata.get(source));
            if (!text.isEmpty()) {
                contact.put(target, fit(target, text, notes));
            } else if (updateEmptyValues && found.there() && !target.equals(EMAIL)) {
                contact.put(target, "");
            }
        });
        return new Mapped(contact, notes);
    }

    private static String fit(String target, String text, List<String> notes) {
        int most = TextLimits.of(target);
        int length = text.codePointCount(0, text.length());
        if (length <= most) {
            return text;
        }
        notes.add(target + ": cut from " + length + " to " + most + " characters");
        return text.substring(0, text.offsetByCodePoints(0, most));
    }

    private record Found(boolean there, Object value) {}

    // Pages bring a field of another module under its dotted name; a nested object is how single records have it.
    private static Found find(Map<String, Object> values, String source) {
        if (values.containsKey(source)) {
            return new Found(true, values.get(source));
        }
        int dot = source.indexOf('.');
        if (dot > 0 && values.get(source.substring(0, dot)) instanceof Map<?, ?> related) {
            String inner = source.substring(dot + 1);
            return new Found(related.containsKey(inner), related.get(inner));
        }
        return new Found(false, null);
    }

    private static Map<String, String> inAdvance() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put(EMAIL, "Email");
        fields.put("First Name", "First_Name");
        fields.put("Last Name", "Last_Name");
        return fields;
    }
}
