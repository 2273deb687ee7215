package io.consentbridge.polling;

import io.consentbridge.crm.Listed;
import io.consentbridge.crm.SelectedRecords;
import io.consentbridge.sync.Selection;
import io.consentbridge.sync.Span;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How a run requests the records that its sync selects; the exchange carries it as the variable {@code selection}.
 *
 * @param records how they are queried; for a view, only the date range counts
 * @param listed the custom view or campaign that lists them; empty when they are queried
 * @param selection what the sync selects
 * @param zone in which days begin
 */
record SelectionPlan(SelectedRecords records, Optional<? extends Listed> listed, Selection selection, ZoneId zone) {

    static final String VARIABLE = "selection";

    private static final String CREATED = "Created_Time";

    /** Whether nothing is selected, so that nothing is requested. */
    boolean isEmpty() {
        return selection.scope() instanceof Selection.Nothing;
    }

    /** The fields that are needed to decide in this product which records are selected. */
    Set<String> fields() {
        Set<String> fields = new LinkedHashSet<>(records.fieldsHere());
        if (listed.isPresent() && selection.created().isPresent()) {
            fields.add(CREATED);
        }
        return fields;
    }

    /** Whether a view's record was created on one of the selected days; Zoho cannot filter a list by that. */
    boolean createdInTime(Map<String, Object> values) {
        return selection
                .created()
                .map(range -> isIn(range, values.get(CREATED)))
                .orElse(true);
    }

    private boolean isIn(Selection.CreatedRange range, Object created) {
        try {
            Instant at = OffsetDateTime.parse(String.valueOf(created)).toInstant();
            return (range.from() == null
                            || !at.isBefore(Span.of(range.from(), zone).first()))
                    && (range.to() == null
                            || !at.isAfter(Span.of(range.to(), zone).last()));
        } catch (DateTimeException unknown) {
            return false;
        }
    }

    /**
     * A fingerprint of everything that decides which records are selected; when it changes, everything has to be read again.
     */
    String fingerprint(String module, boolean convertedToo) {
        List<Object> parts = listed.isPresent()
                ? List.of(module, zone, selection, listed.get(), convertedToo)
                : List.of(module, zone, canonical());
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(parts.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    // The pattern may be written in different ways.
    private String canonical() {
        return selection.scope() instanceof Selection.Criteria criteria
                ? criteria.conditions() + criteria.joined().text() + selection.created()
                : selection.toString();
    }
}
