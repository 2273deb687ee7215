package io.consentbridge.mapping;

import java.util.Map;
import java.util.Optional;

/**
 * Finds the Campaigns type that matches a CRM type (docs/zoho-notes.md, "Campaigns: contact fields" and "CRM: fields").
 *
 * <p>Choices of a pick list cannot be given when a field is created, and a pick list without its choices could contain none
 * of the values, so pick lists become text. Zoho publishes no maximum lengths; they are defined only here.
 */
final class Counterparts {

    private static final String TEXT = "Text";
    private static final String LONG_TEXT = "textarea";

    /** Campaigns' own default, the least length that is requested (docs/zoho-notes.md, "Campaigns: contact fields"). */
    private static final int LEAST = 20;

    private static final int LONGEST_TEXT = 255;
    private static final int NAME = 120;

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("text", TEXT),
            Map.entry("string", TEXT),
            Map.entry("picklist", TEXT),
            Map.entry("autonumber", TEXT),
            Map.entry("ownerlookup", TEXT),
            Map.entry("userlookup", TEXT),
            Map.entry("multiselectpicklist", LONG_TEXT),
            Map.entry("textarea", LONG_TEXT),
            Map.entry("richtextarea", LONG_TEXT),
            Map.entry("mediumtext", LONG_TEXT),
            Map.entry("email", "Email"),
            Map.entry("phone", "Phone"),
            Map.entry("website", "URL"),
            Map.entry("integer", "Integer"),
            Map.entry("bigint", "LongInteger"),
            Map.entry("long", "LongInteger"),
            Map.entry("double", "Decimal"),
            Map.entry("currency", "Decimal"),
            Map.entry("percent", "Percent"),
            Map.entry("boolean", "Checkbox"),
            Map.entry("date", "Date"),
            Map.entry("datetime", "DateTime"));

    private Counterparts() {}

    /** The field to create under that name; empty if no type of Campaigns matches. */
    static Optional<NewField> of(String name, CrmField field) {
        return Optional.ofNullable(TYPES.get(field.dataType())).map(type -> switch (type) {
            case TEXT -> text(name, field);
            case LONG_TEXT -> new NewField(name, LONG_TEXT, TextLimits.of(name));
            case "Email", "Phone", "URL" -> new NewField(name, type, Math.max(LEAST, field.length()));
            default -> new NewField(name, type, LEAST);
        });
    }

    private static NewField text(String name, CrmField field) {
        int length = field.isUser() || field.length() == 0 ? NAME : field.length();
        return length > LONGEST_TEXT
                ? new NewField(name, LONG_TEXT, TextLimits.of(name))
                : new NewField(name, TEXT, Math.max(LEAST, length));
    }
}
