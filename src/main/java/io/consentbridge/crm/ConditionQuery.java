package io.consentbridge.crm;

import static io.consentbridge.crm.Condition.Operator.EQUALS;
import static io.consentbridge.crm.Condition.Operator.GREATER;
import static io.consentbridge.crm.Condition.Operator.GREATER_OR_EQUAL;
import static io.consentbridge.crm.Condition.Operator.LESS;
import static io.consentbridge.crm.Condition.Operator.LESS_OR_EQUAL;
import static io.consentbridge.crm.Condition.Operator.LIKE;
import static io.consentbridge.crm.Condition.Operator.NOT_EQUALS;
import static io.consentbridge.crm.Condition.Operator.NOT_LIKE;

import io.consentbridge.sync.BoundCondition;
import io.consentbridge.sync.FieldKind;
import io.consentbridge.sync.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/**
 * One condition of a selection in COQL (docs/zoho-notes.md, "CRM: COQL grammar").
 *
 * <p>Where Zoho's documents are silent, the query is wider, so that no record is missed. They do not say whether {@code !=},
 * {@code not in} and {@code not like} are true of an empty field, so the query adds "is null". They do not say whether
 * {@code _} and an inner {@code %} are wildcards, or whether a backslash escapes, so such values are compared here again, or
 * only here. They do not say how a list of choices is compared.
 *
 * @param condition true of every record that meets the condition, perhaps of more; null if COQL cannot express it
 * @param tests how many of a query's 25 conditions it uses
 * @param why why the records have to be compared here; null if the query is exact
 */
record ConditionQuery(Condition condition, int tests, String why) {

    private static final int MOST_VALUES = 100;

    /** @param column the name of the condition's field in the query */
    static ConditionQuery of(BoundCondition condition, String column) {
        FieldKind kind = condition.kind();
        if (!condition.filterable()) {
            return here("the CRM does not allow this field in queries");
        }
        if (kind == FieldKind.LONG_TEXT || kind == FieldKind.RICH_TEXT) {
            return here("queries cannot compare multi-line text");
        }
        if (kind == FieldKind.CHOICES) {
            return here("Zoho does not document how a query compares several choices");
        }
        if (condition.values().stream().anyMatch(ConditionQuery::isUnwritable)) {
            return here("a value with a backslash or a control character is not sent in a query");
        }
        return new Asked(condition, column).query();
    }

    private static ConditionQuery here(String why) {
        return new ConditionQuery(null, 0, why);
    }

    private static boolean isUnwritable(Object value) {
        return value instanceof String text
                && text.chars().anyMatch(letter -> letter == '\\' || Character.isISOControl(letter));
    }

    private record Asked(BoundCondition condition, String column) {

        ConditionQuery query() {
            return switch (condition.operator()) {
                case IS_EMPTY -> exact(Condition.isNull(column), 1);
                case IS_NOT_EMPTY -> exact(Condition.isNotNull(column), 1);
                case EQUALS -> equal();
                case NOT_EQUALS -> notEqual();
                case CONTAINS -> like("%", "%");
                case STARTS_WITH -> like("", "%");
                case ENDS_WITH -> like("%", "");
                case NOT_CONTAINS -> notLike();
                case IN -> chunks(part -> Condition.in(column, part), Condition::or);
                case NOT_IN -> orEmpty(chunks(part -> Condition.notIn(column, part), Condition::and));
                case LESS_THAN, BEFORE -> exact(Condition.compare(column, LESS, first(0)), 1);
                case LESS_EQUAL -> exact(Condition.compare(column, LESS_OR_EQUAL, last(0)), 1);
                case GREATER_THAN, AFTER -> exact(Condition.compare(column, GREATER, last(0)), 1);
                case GREATER_EQUAL -> exact(Condition.compare(column, GREATER_OR_EQUAL, first(0)), 1);
                case BETWEEN, IN_LAST_DAYS -> exact(Condition.between(column, first(0), last(1)), 1);
            };
        }

        private static ConditionQuery exact(Condition condition, int tests) {
            return new ConditionQuery(condition, tests, null);
        }

        private ConditionQuery equal() {
            return exact(
                    first(0).equals(last(0))
                            ? Condition.compare(column, EQUALS, first(0))
                            : Condition.between(column, first(0), last(0)),
                    1);
        }

        private ConditionQuery notEqual() {
            return orEmpty(
                    first(0).equals(last(0))
                            ? exact(Condition.compare(column, NOT_EQUALS, first(0)), 1)
                            : exact(
                                    Condition.compare(column, LESS, first(0))
                                            .or(Condition.compare(column, GREATER, last(0))),
                                    2));
        }

        private ConditionQuery like(String before, String after) {
            Condition like =
                    Condition.compare(column, LIKE, before + condition.values().get(0) + after);
            return new ConditionQuery(like, 1, wildcards());
        }

        private ConditionQuery notLike() {
            return wildcards() == null
                    ? orEmpty(exact(
                            Condition.compare(
                                    column, NOT_LIKE, "%" + condition.values().get(0) + "%"),
                            1))
                    : here(wildcards());
        }

        private String wildcards() {
            return condition.values().get(0).toString().matches("(?s).*[%_].*")
                    ? "a query may read % and _ in the value as wildcards"
                    : null;
        }

        private ConditionQuery orEmpty(ConditionQuery negative) {
            return exact(negative.condition().or(Condition.isNull(column)), negative.tests() + 1);
        }

        private ConditionQuery chunks(Function<List<?>, Condition> asking, BinaryOperator<Condition> join) {
            List<Condition> parts = new ArrayList<>();
            for (int from = 0; from < condition.values().size(); from += MOST_VALUES) {
                int to = Math.min(from + MOST_VALUES, condition.values().size());
                parts.add(asking.apply(condition.values().subList(from, to)));
            }
            return exact(parts.stream().reduce(join).orElseThrow(), parts.size());
        }

        private Object first(int position) {
            Object value = condition.values().get(position);
            return value instanceof Span span ? span.first() : value;
        }

        private Object last(int position) {
            Object value = condition.values().get(position);
            return value instanceof Span span ? span.last() : value;
        }
    }
}
