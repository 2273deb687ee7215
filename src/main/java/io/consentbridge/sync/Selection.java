package io.consentbridge.sync;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The records of the module that a sync selects (B19-B21, B45).
 *
 * @param scope all records, a custom view, or conditions
 * @param created only records created on these days, bounds included; empty for any
 */
public record Selection(Scope scope, Optional<CreatedRange> created) {

    /** Whether every record of the module is selected. */
    public boolean isWhole() {
        return scope instanceof All && created.isEmpty();
    }

    /**
     * Whether a change of a record can take it out of the selection. The day of its creation does not change, and membership
     * of a campaign does not belong to the record.
     */
    public boolean canBeLeftByChange() {
        return scope instanceof Criteria || scope instanceof View;
    }

    /** All records, a custom view, or conditions. */
    public sealed interface Scope {}

    /** Every record; open leads only for Leads (B19). */
    public record All() implements Scope {}

    /** The records of one custom view, by its name or id (B20). */
    public record View(String name) implements Scope {}

    /**
     * Each custom view, or each CRM campaign, as a part (B104).
     *
     * @param kind views or campaigns
     * @param names which, by name or id; empty for every view of the module, or every active campaign
     */
    public record Each(Kind kind, List<String> names) implements Scope {
        public Each {
            names = List.copyOf(names);
        }
    }

    /** The parts of a sync: views or campaigns. */
    public enum Kind {
        VIEW,
        CAMPAIGN;

        /** The word in files and in the database. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The members of one CRM campaign, by its id: the part of an {@link Each}. */
    public record Campaign(String id) implements Scope {}

    /** No record: a part whose view or campaign was deleted. */
    public record Nothing() implements Scope {}

    /** Conditions combined by a pattern (B21-B31); a null pattern nests to the left (B26). */
    public record Criteria(List<Condition> conditions, String pattern) implements Scope {
        public Criteria {
            conditions = List.copyOf(conditions);
        }

        /** The pattern, valid since the file was checked. */
        public Pattern joined() {
            return pattern == null ? Pattern.ofAll(conditions.size()) : PatternReader.read(pattern, conditions.size());
        }

        /** Whether the pattern mixes and and or in a way that many would read otherwise (B29). */
        public boolean surprises() {
            return pattern != null && PatternReader.surprises(pattern, conditions.size());
        }
    }

    /** One numbered condition; the value is a text, number, boolean or list as in the file, null if omitted. */
    public record Condition(String field, String operator, Object value) {}

    /** Days in the connection's zone; null for an open side. */
    public record CreatedRange(LocalDate from, LocalDate to) {}
}
