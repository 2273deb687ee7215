package io.consentbridge.outbox;

import io.consentbridge.audience.Content;
import io.consentbridge.audience.Contents;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The change of a delivery to one field of a contact.
 *
 * @param field its name in Campaigns; {@value #TOPICS} for the topics
 * @param before what was delivered last; empty when nothing was, or nobody knows
 * @param after what would be said; empty when the field is not mentioned, so that Campaigns keeps what it has. A text
 *     without a character erases it
 */
public record FieldChange(String field, Optional<String> before, Optional<String> after) {

    /** Stands among the fields for the topics. */
    public static final String TOPICS = "(topics)";

    /** Whether Campaigns would have another value. */
    public boolean changes() {
        return after.isPresent() && !after.get().equals(before.orElse(""));
    }

    /**
     * Every field of a content and of the one before it.
     *
     * @param before null when none is known
     */
    static List<FieldChange> between(Content before, Content after) {
        Map<String, String> had = before == null ? Map.of() : before.contactInfo();
        Set<String> names = new LinkedHashSet<>(after.contactInfo().keySet());
        names.addAll(had.keySet());
        List<FieldChange> changes = new ArrayList<>();
        names.forEach(name -> changes.add(new FieldChange(
                name,
                Optional.ofNullable(had.get(name)),
                Optional.ofNullable(after.contactInfo().get(name)))));
        if (!after.topics().isEmpty()) {
            changes.add(new FieldChange(
                    TOPICS,
                    Optional.ofNullable(before).map(content -> String.join(", ", content.topics())),
                    Optional.of(String.join(", ", after.topics()))));
        }
        return changes;
    }

    /**
     * {@link #between(Content, Content)} of contents as the database has them.
     *
     * @param before null when none is known
     */
    public static List<FieldChange> between(String before, String after) {
        return between(before == null ? null : Contents.read(before), Contents.read(after));
    }

    @Override
    public String toString() {
        return field;
    }
}
