package io.consentbridge.sandbox.crm.coql;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads a where clause: two conditions joined, more only by nesting them in pairs (docs/zoho-notes.md, "CRM: COQL grammar").
 */
final class Conditions {

    private static final int DEEPEST = 60;
    private static final int MOST_VALUES = 100;

    private final Cursor cursor;

    Conditions(Cursor cursor) {
        this.cursor = cursor;
    }

    Condition read() {
        return pair(0);
    }

    private Condition pair(int depth) {
        Condition left = operand(depth);
        if (!joins(cursor.peek())) {
            return left;
        }
        boolean both = cursor.take().is("and");
        Condition right = operand(depth);
        if (joins(cursor.peek())) {
            throw CoqlError.syntax(cursor.peek());
        }
        return both ? new Condition.And(left, right) : new Condition.Or(left, right);
    }

    private Condition operand(int depth) {
        if (depth > DEEPEST) {
            throw CoqlError.tooMany();
        }
        if (cursor.takeIf("(")) {
            Condition inner = pair(depth + 1);
            cursor.expect(")");
            return inner;
        }
        return test();
    }

    private Condition test() {
        String column = cursor.word();
        if (cursor.takeIf("is")) {
            boolean not = cursor.takeIf("not");
            cursor.expect("null");
            return new Condition.Test(column, not ? Operator.IS_NOT_NULL : Operator.IS_NULL, List.of());
        }
        boolean not = cursor.takeIf("not");
        if (cursor.takeIf("like")) {
            return new Condition.Test(column, not ? Operator.NOT_LIKE : Operator.LIKE, List.of(value()));
        }
        if (cursor.takeIf("in")) {
            return new Condition.Test(column, not ? Operator.NOT_IN : Operator.IN, values());
        }
        if (cursor.takeIf("between")) {
            String low = value();
            cursor.expect("and");
            return new Condition.Test(column, not ? Operator.NOT_BETWEEN : Operator.BETWEEN, List.of(low, value()));
        }
        Token sign = cursor.take();
        Operator operator = not || sign.kind() != Token.Kind.SIGN ? null : Operator.ofSign(sign.text());
        if (operator == null) {
            throw sign.kind() == Token.Kind.END
                    ? CoqlError.syntax(sign)
                    : new CoqlError("SYNTAX_ERROR", "invalid operator", Map.of("operator", sign.text()));
        }
        return new Condition.Test(column, operator, List.of(value()));
    }

    private List<String> values() {
        List<String> values = new ArrayList<>();
        cursor.expect("(");
        do {
            values.add(value());
        } while (cursor.takeIf(","));
        cursor.expect(")");
        if (values.size() > MOST_VALUES) {
            throw CoqlError.tooMany();
        }
        return values;
    }

    private String value() {
        Token token = cursor.take();
        boolean literal = token.kind() == Token.Kind.QUOTED
                || token.kind() == Token.Kind.NUMBER
                || token.is("true")
                || token.is("false");
        if (!literal) {
            throw CoqlError.syntax(token);
        }
        return token.text();
    }

    private static boolean joins(Token token) {
        return token.is("and") || token.is("or");
    }
}
