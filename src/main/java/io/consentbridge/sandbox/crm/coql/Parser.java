package io.consentbridge.sandbox.crm.coql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Reads a query by recursive descent, by Zoho's grammar (docs/zoho-notes.md, "CRM: COQL grammar"). */
public final class Parser {

    private static final int MOST_TEXT = 100_000;
    private static final int MOST_COLUMNS = 500;
    private static final int MOST_ORDERS = 10;
    private static final int MOST_GROUPS = 4;
    private static final int MOST_TESTS = 25;
    private static final int MOST_JOINS = 5;
    private static final int MOST_ROWS = 2_000;
    private static final int FARTHEST = 100_000;
    private static final int USUAL_ROWS = 200;
    private static final Set<String> FUNCTIONS = Set.of("COUNT", "SUM", "MIN", "MAX", "AVG");

    private final Cursor cursor;

    private Parser(Cursor cursor) {
        this.cursor = cursor;
    }

    public static Query parse(String text) {
        if (text.length() > MOST_TEXT) {
            throw CoqlError.tooMany();
        }
        return new Parser(new Cursor(Lexer.tokens(text))).query();
    }

    private Query query() {
        cursor.expect("select");
        List<Query.Column> columns = columns();
        if (!cursor.takeIf("from")) {
            throw CoqlError.missing("from");
        }
        String module = cursor.word();
        if (!cursor.takeIf("where")) {
            throw CoqlError.missing("where");
        }
        Condition where = new Conditions(cursor).read();
        if (where.tests() > MOST_TESTS) {
            throw CoqlError.tooMany();
        }
        List<String> groups = groups();
        List<Query.Order> orders = orders();
        int[] window = window();
        if (cursor.peek().kind() != Token.Kind.END) {
            throw CoqlError.syntax(cursor.peek());
        }
        Query query = new Query(columns, module, where, groups, orders, window[0], window[1]);
        if (joins(query) > MOST_JOINS) {
            throw CoqlError.tooMany();
        }
        return query;
    }

    /**
     * Returns how many lookups of the module are followed, anywhere in the query: Zoho's "base joins" (docs/zoho-notes.md,
     * "CRM: COQL grammar").
     */
    private static long joins(Query query) {
        return Stream.of(
                        query.columns().stream().map(Query.Column::path),
                        query.where().columns(),
                        query.order().stream().map(Query.Order::column))
                .flatMap(paths -> paths)
                .filter(path -> path.indexOf('.') > 0)
                .map(path -> path.substring(0, path.indexOf('.')))
                .distinct()
                .count();
    }

    private List<Query.Column> columns() {
        List<Query.Column> columns = new ArrayList<>();
        do {
            columns.add(column());
        } while (cursor.takeIf(","));
        if (columns.size() > MOST_COLUMNS) {
            throw CoqlError.tooMany();
        }
        return columns;
    }

    private Query.Column column() {
        String word = cursor.word();
        String path = word;
        String function = null;
        if (cursor.takeIf("(")) {
            function = word.toUpperCase(Locale.ROOT);
            if (!FUNCTIONS.contains(function)) {
                throw CoqlError.column(word);
            }
            path = cursor.word();
            cursor.expect(")");
        }
        String name = function == null ? path : function + "(" + path + ")";
        return new Query.Column(path, function, cursor.takeIf("as") ? cursor.word() : name);
    }

    private List<String> groups() {
        List<String> groups = new ArrayList<>();
        if (cursor.takeIf("group")) {
            cursor.expect("by");
            do {
                groups.add(cursor.word());
            } while (cursor.takeIf(","));
        }
        if (groups.size() > MOST_GROUPS) {
            throw CoqlError.tooMany();
        }
        return groups;
    }

    private List<Query.Order> orders() {
        List<Query.Order> orders = new ArrayList<>();
        if (cursor.takeIf("order")) {
            cursor.expect("by");
            do {
                String column = cursor.word();
                boolean descending = cursor.takeIf("desc");
                if (!descending) {
                    cursor.takeIf("asc");
                }
                orders.add(new Query.Order(column, !descending));
            } while (cursor.takeIf(","));
        }
        if (orders.size() > MOST_ORDERS) {
            throw CoqlError.tooMany();
        }
        return orders;
    }

    /** Returns offset and limit: {@code limit n}, {@code limit n offset m} or {@code limit m, n}. */
    private int[] window() {
        int offset = 0;
        int limit = USUAL_ROWS;
        if (cursor.takeIf("limit")) {
            limit = cursor.number();
            if (cursor.takeIf("offset")) {
                offset = cursor.number();
            } else if (cursor.takeIf(",")) {
                offset = limit;
                limit = cursor.number();
            }
        } else if (cursor.takeIf("offset")) {
            offset = cursor.number();
        }
        if (limit <= 0) {
            throw CoqlError.limit("limit should be greater than 0");
        }
        if (limit > MOST_ROWS) {
            throw CoqlError.limit("limit should be less than or equal to 2000");
        }
        if (offset < 0 || (long) offset + limit > FARTHEST) {
            throw CoqlError.limit("offset and limit together may reach 100000 records");
        }
        return new int[] {offset, limit};
    }
}
