package io.consentbridge.store;

import io.consentbridge.consent.IgnoreReason;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/**
 * What outcomes have in common that are counted together (table outcome_kind).
 *
 * @param decision word of the decision
 * @param outcome the outcome in columns
 * @param why the reason in words, without personal data; empty text when none was stored
 */
public record OutcomeKind(String decision, StoredOutcome outcome, String why) {

    private static final String DUPLICATE = "Duplicate: a newer record with this address was used.";
    private static final Pattern SECOND = Pattern.compile("(\\d{4}-\\d{2}-\\d{2})T\\d{2}:\\d{2}:\\d{2}Z");
    private static final Pattern LENGTH = Pattern.compile("cut from \\d+ to");
    private static final Pattern OTHER = Pattern.compile("\\b(run|record) (?=\\w*\\d)[\\w-]+");

    private static final int LONGEST = 500;

    private static final SharedRows<OutcomeKind> ROWS = SharedRows.of(
            "outcome_kind",
            kind -> Arrays.asList(
                    kind.decision,
                    kind.outcome.word(),
                    kind.outcome.reason(),
                    Boolean.toString(kind.outcome.updated()),
                    kind.why),
            insert -> insert.texts("decision", OutcomeKind::decision)
                    .texts("outcome", kind -> kind.outcome.word())
                    .texts("reason", kind -> kind.outcome.reason())
                    .flags("updated", kind -> kind.outcome.updated())
                    .texts("why", OutcomeKind::why));

    /**
     * The kind of an outcome. Its reason is told without what only this record has: another record or run, the
     * second of a day, and the length of a value that was cut. Otherwise there were as many kinds as records.
     *
     * @param detail the reason of this record; null for none
     */
    public static OutcomeKind of(String decision, StoredOutcome outcome, String detail) {
        return new OutcomeKind(decision, outcome, why(outcome, detail));
    }

    private static String why(StoredOutcome outcome, String detail) {
        if (IgnoreReason.FILE_DUPLICATE.word().equals(outcome.reason())) {
            return DUPLICATE;
        }
        if (detail == null) {
            return "";
        }
        if (detail.chars().noneMatch(Character::isDigit)) {
            return detail;
        }
        String day = SECOND.matcher(detail).replaceAll("$1");
        String cut = LENGTH.matcher(day).replaceAll("cut to");
        // "record 5" becomes longer.
        return Columns.clip(OTHER.matcher(cut).replaceAll("another $1"), LONGEST);
    }

    /** The columns decision, outcome, reason, updated and why of a row. */
    public static OutcomeKind read(ResultSet row) throws SQLException {
        return new OutcomeKind(row.getString("decision"), StoredOutcome.read(row), row.getString("why"));
    }

    /** The numbers of these kinds, within the caller's transaction; those that are new are stored. */
    public static Map<OutcomeKind, Long> numbers(Handle handle, Collection<OutcomeKind> kinds) {
        return ROWS.numbers(handle, kinds);
    }

    /** What an outcome of this kind stores as its own reason: null where the reason is that of the kind. */
    public String own(String detail) {
        return why.equals(detail) ? null : detail;
    }
}
