package io.consentbridge.crm;

import io.consentbridge.sync.BoundCondition;
import io.consentbridge.sync.Matching;
import io.consentbridge.sync.Pattern;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Conditions joined by a pattern, divided between the CRM's query and this product. The operands of {@code and} go into the
 * query one by one. An operand that COQL cannot express, or not exactly, or for which the query has no room, is evaluated
 * here when the records are read; the query still asks what it can, so that no more records are read than necessary.
 */
public final class Criteria {

    /** The most conditions of a query, those of keyset and date range included (docs/zoho-notes.md, "CRM: COQL grammar"). */
    static final int MOST_CONDITIONS = 25;

    private static final String NO_ROOM = "a query allows at most " + MOST_CONDITIONS + " conditions";

    private final List<BoundCondition> conditions;
    private final Function<BoundCondition, String> columns;
    private final List<Pattern> here = new ArrayList<>();
    private final Set<Integer> inCrm = new TreeSet<>();
    private boolean crowded;
    private Condition query;
    private int room;

    /** Where a condition is evaluated. */
    public enum Where {
        CRM,
        HERE,
        BOTH
    }

    private Criteria(List<BoundCondition> conditions, Function<BoundCondition, String> columns, int room) {
        this.conditions = List.copyOf(conditions);
        this.columns = columns;
        this.room = room;
    }

    /**
     * @param conditions all conditions that the pattern numbers
     * @param columns the name of a condition's field in the query
     * @param room how many conditions the query can take
     */
    static Criteria of(
            Pattern pattern, List<BoundCondition> conditions, Function<BoundCondition, String> columns, int room) {
        Criteria criteria = new Criteria(conditions, columns, room);
        criteria.divide(pattern);
        return criteria;
    }

    private void divide(Pattern pattern) {
        if (pattern instanceof Pattern.Both both) {
            divide(both.left());
            divide(both.right());
            return;
        }
        ConditionQuery asked = ask(pattern);
        boolean fits = asked.condition() != null && asked.tests() <= room;
        crowded |= asked.condition() != null && !fits;
        if (fits) {
            room -= asked.tests();
            query = query == null ? asked.condition() : query.and(asked.condition());
            inCrm.addAll(pattern.numbers());
        }
        if (!fits || asked.why() != null) {
            here.add(pattern);
        }
    }

    // Holds for every record that meets the pattern: there is no "not", so operands may be wider than needed.
    private ConditionQuery ask(Pattern pattern) {
        if (pattern instanceof Pattern.Numbered one) {
            BoundCondition condition = conditions.get(one.number() - 1);
            return ConditionQuery.of(condition, columns.apply(condition));
        }
        if (pattern instanceof Pattern.Both both) {
            ConditionQuery left = ask(both.left());
            ConditionQuery right = ask(both.right());
            Condition joined = left.condition() == null || right.condition() == null
                    ? Optional.ofNullable(left.condition()).orElse(right.condition())
                    : left.condition().and(right.condition());
            return new ConditionQuery(joined, left.tests() + right.tests(), why(left, right));
        }
        Pattern.Either either = (Pattern.Either) pattern;
        ConditionQuery left = ask(either.left());
        ConditionQuery right = ask(either.right());
        return left.condition() == null || right.condition() == null
                ? new ConditionQuery(null, 0, why(left, right))
                : new ConditionQuery(
                        left.condition().or(right.condition()), left.tests() + right.tests(), why(left, right));
    }

    private static String why(ConditionQuery left, ConditionQuery right) {
        return left.why() == null ? right.why() : left.why();
    }

    /** The condition of the query; empty if it can ask nothing. */
    Optional<Condition> query() {
        return Optional.ofNullable(query);
    }

    /** Whether a record that the query returned meets the rest, which is evaluated here. */
    public boolean holds(Map<String, Object> values) {
        return here.stream().allMatch(part -> Matching.holds(part, conditions, values));
    }

    /** The fields that the rest needs, as the conditions name them. */
    public Set<String> fieldsHere() {
        Set<String> fields = new LinkedHashSet<>();
        numbersHere().forEach(number -> fields.add(conditions.get(number - 1).field()));
        return fields;
    }

    private Set<Integer> numbersHere() {
        Set<Integer> numbers = new TreeSet<>();
        here.forEach(part -> numbers.addAll(part.numbers()));
        return numbers;
    }

    /** Where the condition with that number is evaluated. */
    public Where where(int number) {
        if (!numbersHere().contains(number)) {
            return Where.CRM;
        }
        return inCrm.contains(number) ? Where.BOTH : Where.HERE;
    }

    /** Why the condition with that number is evaluated here; empty if it is not. */
    public Optional<String> why(int number) {
        if (where(number) == Where.CRM) {
            return Optional.empty();
        }
        BoundCondition condition = conditions.get(number - 1);
        String why = ConditionQuery.of(condition, columns.apply(condition)).why();
        if (why != null) {
            return Optional.of(why);
        }
        return Optional.of(
                crowded && where(number) == Where.HERE
                        ? NO_ROOM
                        : "it is joined by or with a condition that ConsentBridge evaluates");
    }
}
