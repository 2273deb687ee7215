package io.consentbridge.sandbox.crm.coql;

import io.consentbridge.sandbox.crm.store.Crm;
import io.consentbridge.sandbox.crm.store.ModuleStore;
import io.consentbridge.sandbox.crm.store.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** Runs queries, using an index wherever the condition or the order allows it. */
public final class Engine {

    private final Crm crm;

    public Engine(Crm crm) {
        this.crm = crm;
    }

    /** A page of records, and whether more follow. */
    public record Page(List<Row> rows, boolean more) {}

    /** Returns the records that a query selects. */
    public Page run(ModuleStore store, Query query) {
        Predicate<Row> accepts = filter(store, query.where());
        return window(ordered(store, query, accepts), query.offset(), Math.min(query.limit(), store.queryMost()));
    }

    /** Returns every record that fulfils a query's condition, unordered. */
    public Iterable<Row> all(ModuleStore store, Condition where) {
        Predicate<Row> accepts = filter(store, where);
        KeyRange range = KeyRange.of(where, store.spec());
        List<Row> found = new ArrayList<>();
        for (Row row : store.byTime(range.lowest(), range.highest(), true)) {
            if (accepts.test(row)) {
                found.add(row);
            }
        }
        return found;
    }

    private Predicate<Row> filter(ModuleStore store, Condition where) {
        Predicate<Row> accepts = new Filter(crm, store.spec()).of(where);
        return UncertainCoql.CONVERTED_LEADS_INCLUDED ? accepts : accepts.and(row -> !row.is("Converted__s"));
    }

    private Iterable<Row> ordered(ModuleStore store, Query query, Predicate<Row> accepts) {
        KeyRange range = KeyRange.of(query.where(), store.spec());
        List<Query.Order> order = query.order();
        if (follows(order, "Modified_Time")) {
            return matching(
                    store.byTime(range.lowest(), range.highest(), order.get(0).ascending()), accepts);
        }
        if (order.isEmpty() || order.size() == 1 && order.get(0).column().equals("id")) {
            boolean ascending = order.isEmpty() || order.get(0).ascending();
            if (store.countByTime(range.lowest(), range.highest()) > store.end() / 4) {
                int from = ascending ? range.positionFrom() : range.positionTo();
                return matching(store.byId(from, ascending), accepts);
            }
        }
        List<Row> found = new ArrayList<>();
        for (Row row : store.byTime(range.lowest(), range.highest(), true)) {
            if (accepts.test(row)) {
                found.add(row);
            }
        }
        found.sort(comparator(store, order));
        return found;
    }

    /** Returns true for an order by the column alone, or by it and the id in the same direction. */
    private static boolean follows(List<Query.Order> order, String column) {
        return !order.isEmpty()
                && order.size() <= 2
                && order.get(0).column().equals(column)
                && (order.size() == 1
                        || order.get(1).column().equals("id")
                                && order.get(1).ascending() == order.get(0).ascending());
    }

    private Comparator<Row> comparator(ModuleStore store, List<Query.Order> orders) {
        Comparator<Row> comparator = (a, b) -> 0;
        for (Query.Order order : orders) {
            ColumnPath column = ColumnPath.find(crm, store.spec(), order.column());
            Comparator<Row> by =
                    (a, b) -> Normal.compare(Normal.value(column.value(crm, a)), Normal.value(column.value(crm, b)));
            comparator = comparator.thenComparing(order.ascending() ? by : by.reversed());
        }
        return comparator.thenComparingLong(Row::id);
    }

    private static Iterable<Row> matching(Iterable<Row> rows, Predicate<Row> accepts) {
        return () -> new Matching(rows.iterator(), accepts);
    }

    private static Page window(Iterable<Row> rows, int offset, int limit) {
        List<Row> page = new ArrayList<>();
        int skipped = 0;
        for (Row row : rows) {
            if (skipped < offset) {
                skipped++;
            } else if (page.size() < limit) {
                page.add(row);
            } else {
                return new Page(page, true);
            }
        }
        return new Page(page, false);
    }
}
