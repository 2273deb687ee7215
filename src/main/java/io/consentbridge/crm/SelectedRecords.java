package io.consentbridge.crm;

import static io.consentbridge.crm.Condition.Operator.GREATER_OR_EQUAL;
import static io.consentbridge.crm.Condition.Operator.LESS_OR_EQUAL;

import io.consentbridge.sync.BoundCondition;
import io.consentbridge.sync.FieldKind;
import io.consentbridge.sync.Operator;
import io.consentbridge.sync.Pattern;
import io.consentbridge.sync.Selection.CreatedRange;
import io.consentbridge.sync.Span;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The queries for a selection by conditions and date range (B21, B24, B33, B34, B45). There are up to three readings: of the
 * module's records; of records that did not change but whose lookups did, or for which a day has come; and of a contact's
 * deals.
 *
 * <p>A contact and one of its deals meet the pattern together: conditions over deals that are joined by {@code and} concern
 * the same deal, and none of them holds for a contact without deals.
 */
public final class SelectedRecords {

    /** The lookup from a deal to its contact. */
    static final String CONTACT = "Contact_Name";

    private static final int KEYSET = 3;
    private static final String CREATED = "Created_Time";

    private final List<BoundCondition> conditions;
    private final Optional<CreatedRange> created;
    private final ZoneId zone;
    private final LocalDate today;
    private final Optional<Criteria> own;
    private final Optional<Criteria> withDeal;
    private final boolean ownRecords;

    /**
     * @param pattern how the conditions are joined; empty if there are none
     * @param zone in which days begin
     * @param today the day for which the conditions were bound
     */
    public SelectedRecords(
            Optional<Pattern> pattern,
            List<BoundCondition> conditions,
            Optional<CreatedRange> created,
            ZoneId zone,
            LocalDate today) {
        this.conditions = List.copyOf(conditions);
        this.created = created;
        this.zone = zone;
        this.today = today;
        int taken = created.isPresent() ? 1 : 0;
        Optional<Pattern> withoutDeals = pattern.flatMap(
                whole -> whole.without(number -> conditions.get(number - 1).onDeals()));
        ownRecords = pattern.isEmpty() || withoutDeals.isPresent();
        own = withoutDeals.map(part -> Criteria.of(
                part,
                conditions,
                BoundCondition::field,
                Criteria.MOST_CONDITIONS - KEYSET - taken - lookups().size() - days().size()));
        withDeal = pattern.filter(whole -> conditions.stream().anyMatch(BoundCondition::onDeals))
                .map(whole -> Criteria.of(
                        whole,
                        conditions,
                        SelectedRecords::ofDeal,
                        // In addition: the contact of the deal, its id, and the times of deal and contact.
                        Criteria.MOST_CONDITIONS - 4 - taken - lookups().size() - days().size()));
    }

    /** Whether records of the module itself are read: not if every one needs a deal. */
    public boolean readsOwn() {
        return ownRecords;
    }

    /** Whether a contact's deals are read. */
    public boolean readsDeals() {
        return withDeal.isPresent();
    }

    /** Whether records can enter the selection without a change of their own. */
    public boolean drifts() {
        return ownRecords && !(lookups().isEmpty() && ownDays().isEmpty());
    }

    /** The condition on the module's records; null for all. */
    public Condition ownCondition() {
        return joined(createdIn(CREATED), own.flatMap(Criteria::query));
    }

    /** The query of each condition alone, by its text; those that no query can express are absent. */
    public Map<String, Condition> alone() {
        Map<String, Condition> alone = new LinkedHashMap<>();
        for (BoundCondition condition : conditions) {
            if (!condition.onDeals()) {
                Optional.ofNullable(
                                ConditionQuery.of(condition, condition.field()).condition())
                        .ifPresent(query -> alone.put(condition.text(), query));
            }
        }
        return alone;
    }

    /** The condition on records that may have entered the selection since then without a change of their own. */
    public Condition drifted(Instant since) {
        List<Condition> changes = new ArrayList<>();
        lookups()
                .forEach(lookup ->
                        changes.add(Condition.compare(lookup + "." + CrmReader.MODIFIED, GREATER_OR_EQUAL, since)));
        ownDays().forEach(day -> changes.add(arrived(day, day.field(), since)));
        return joined(changes.stream().reduce(Condition::or), Optional.ofNullable(ownCondition()));
    }

    /**
     * The condition on deals with a selected contact.
     *
     * @param since only where deal, contact or one of its lookups changed since then, or a day has come; empty for all
     */
    public Condition deals(Optional<Instant> since) {
        List<Condition> changes = new ArrayList<>();
        since.ifPresent(from -> {
            changes.add(Condition.compare(CrmReader.MODIFIED, GREATER_OR_EQUAL, from));
            changes.add(Condition.compare(CONTACT + "." + CrmReader.MODIFIED, GREATER_OR_EQUAL, from));
            lookups()
                    .forEach(lookup -> changes.add(Condition.compare(
                            CONTACT + "." + lookup + "." + CrmReader.MODIFIED, GREATER_OR_EQUAL, from)));
            days().forEach(day -> changes.add(arrived(day, ofDeal(day), from)));
        });
        Condition selected = joined(createdIn(CONTACT + "." + CREATED), withDeal.flatMap(Criteria::query));
        Condition linked = Condition.isNotNull(CONTACT);
        Condition all = selected == null ? linked : linked.and(selected);
        return changes.stream().reduce(Condition::or).map(all::and).orElse(all);
    }

    /** Whether a record of the module meets the conditions that its query could not express. */
    public boolean holds(Map<String, Object> values) {
        return own.map(criteria -> criteria.holds(values)).orElse(true);
    }

    /**
     * Whether a contact together with a deal, whose values begin with {@code Deals.}, meets the conditions that the query
     * could not express.
     */
    public boolean holdsWithDeal(Map<String, Object> values) {
        return withDeal.map(criteria -> criteria.holds(values)).orElse(true);
    }

    /** Fields of the module, dotted for those of lookups, that are needed to evaluate the rest. */
    public Set<String> fieldsHere() {
        Set<String> fields = new LinkedHashSet<>();
        Stream.of(own, withDeal).flatMap(Optional::stream).forEach(criteria -> fields.addAll(criteria.fieldsHere()));
        fields.removeIf(field -> field.startsWith(BoundCondition.DEALS));
        return fields;
    }

    /** Fields of deals that are needed to evaluate the rest. */
    public List<String> dealFieldsHere() {
        return withDeal.stream()
                .flatMap(criteria -> criteria.fieldsHere().stream())
                .filter(field -> field.startsWith(BoundCondition.DEALS))
                .map(field -> field.substring(BoundCondition.DEALS.length()))
                .toList();
    }

    /** The division of the conditions; empty if there are none. */
    public Optional<Criteria> division() {
        return withDeal.or(() -> own);
    }

    /** The days on which a record must have been created, bounds included. */
    private Optional<Condition> createdIn(String column) {
        return created.flatMap(range -> {
            Optional<Instant> from = Optional.ofNullable(range.from())
                    .map(day -> Span.of(day, zone).first());
            Optional<Instant> to = Optional.ofNullable(range.to())
                    .map(day -> Span.of(day, zone).last());
            if (from.isPresent() && to.isPresent()) {
                return Optional.of(Condition.between(column, from.get(), to.get()));
            }
            return from.map(first -> Condition.compare(column, GREATER_OR_EQUAL, first))
                    .or(() -> to.map(last -> Condition.compare(column, LESS_OR_EQUAL, last)));
        });
    }

    private Set<String> lookups() {
        Set<String> lookups = new TreeSet<>();
        conditions.stream()
                .map(BoundCondition::lookup)
                .filter(lookup -> lookup != null)
                .forEach(lookups::add);
        return lookups;
    }

    // A day in the future may have come by now; one in the past only moves away.
    private List<BoundCondition> days() {
        return conditions.stream()
                .filter(condition -> condition.operator() == Operator.IN_LAST_DAYS && condition.filterable())
                .toList();
    }

    private List<BoundCondition> ownDays() {
        return days().stream().filter(condition -> !condition.onDeals()).toList();
    }

    private Condition arrived(BoundCondition condition, String column, Instant since) {
        LocalDate day = LocalDate.ofInstant(since, zone);
        LocalDate first = day.isAfter(today) ? today : day;
        return condition.kind() == FieldKind.DATE
                ? Condition.between(column, first, today)
                : Condition.between(
                        column,
                        Span.of(first, zone).first(),
                        Span.of(today, zone).last());
    }

    private static String ofDeal(BoundCondition condition) {
        return condition.onDeals()
                ? condition.field().substring(BoundCondition.DEALS.length())
                : CONTACT + "." + condition.field();
    }

    private static Condition joined(Optional<Condition> one, Optional<Condition> other) {
        return one.map(left -> other.map(left::and).orElse(left)).orElse(other.orElse(null));
    }
}
