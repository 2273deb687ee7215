package io.consentbridge.sandbox.crm.coql;

import io.consentbridge.sandbox.crm.schema.DataType;
import io.consentbridge.sandbox.crm.schema.ModuleSpec;
import io.consentbridge.sandbox.crm.store.Crm;
import io.consentbridge.sandbox.crm.store.Row;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Builds a predicate from a condition, and checks columns, operators and literals against the module. */
public final class Filter {

    private static final Set<DataType> NOT_ASKED_FOR = Set.of(
            DataType.TEXTAREA,
            DataType.CONSENT,
            DataType.IMAGE,
            DataType.TAGS,
            DataType.FILES,
            DataType.IMAGES,
            DataType.LOOKUPS,
            DataType.USERS,
            DataType.SUBFORM);

    private final Crm crm;
    private final ModuleSpec module;

    public Filter(Crm crm, ModuleSpec module) {
        this.crm = crm;
        this.module = module;
    }

    public Predicate<Row> of(Condition condition) {
        if (condition instanceof Condition.And and) {
            return of(and.left()).and(of(and.right()));
        }
        if (condition instanceof Condition.Or or) {
            return of(or.left()).or(of(or.right()));
        }
        return condition instanceof Condition.Test test ? test(test) : row -> true;
    }

    private Predicate<Row> test(Condition.Test test) {
        ColumnPath column = ColumnPath.find(crm, module, test.column());
        if (NOT_ASKED_FOR.contains(column.type())) {
            throw CoqlError.column(test.column(), "where");
        }
        Predicate<Comparable<?>> accepts = comparison(test, column.type());
        return row -> accepts.test(Normal.value(column.value(crm, row)));
    }

    private static Predicate<Comparable<?>> comparison(Condition.Test test, DataType type) {
        Operator operator = test.operator();
        if (operator == Operator.IS_NULL || operator == Operator.IS_NOT_NULL) {
            return value -> (value == null) == (operator == Operator.IS_NULL);
        }
        if (operator == Operator.LIKE || operator == Operator.NOT_LIKE) {
            Like like = Like.of(test, type);
            return value -> value == null
                    ? operator == Operator.NOT_LIKE && UncertainCoql.NULL_DIFFERS_FROM_VALUES
                    : like.matches(value.toString()) == (operator == Operator.LIKE);
        }
        List<Comparable<?>> literals = literals(test, type);
        Comparable<?> first = literals.get(0);
        return value -> {
            if (value == null) {
                return operator.negative() && UncertainCoql.NULL_DIFFERS_FROM_VALUES;
            }
            return switch (operator) {
                case EQUAL, NOT_EQUAL -> (Normal.compare(value, first) == 0) == (operator == Operator.EQUAL);
                case GREATER -> Normal.compare(value, first) > 0;
                case LESS -> Normal.compare(value, first) < 0;
                case GREATER_OR_EQUAL -> Normal.compare(value, first) >= 0;
                case LESS_OR_EQUAL -> Normal.compare(value, first) <= 0;
                case IN, NOT_IN -> literals.contains(value) == (operator == Operator.IN);
                default ->
                    (Normal.compare(value, first) >= 0 && Normal.compare(value, literals.get(1)) <= 0)
                            == (operator == Operator.BETWEEN);
            };
        };
    }

    private static List<Comparable<?>> literals(Condition.Test test, DataType type) {
        boolean ordered = test.operator().ordinal() >= Operator.GREATER.ordinal()
                && test.operator().ordinal() <= Operator.LESS_OR_EQUAL.ordinal();
        if (ordered && (type == DataType.BOOLEAN || type == DataType.PICKLIST)) {
            throw CoqlError.value(test.column(), test.operator().sign(), "operator not supported for " + type.api());
        }
        try {
            return test.values().stream()
                    .<Comparable<?>>map(text -> Normal.literal(type, text))
                    .toList();
        } catch (IllegalArgumentException e) {
            throw CoqlError.value(test.column(), test.operator().sign(), e.getMessage());
        }
    }
}
