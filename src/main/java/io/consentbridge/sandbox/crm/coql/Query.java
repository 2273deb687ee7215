package io.consentbridge.sandbox.crm.coql;

import java.util.List;

/** A parsed query whose columns are not resolved yet. */
public record Query(
        List<Column> columns,
        String module,
        Condition where,
        List<String> groupBy,
        List<Order> order,
        int offset,
        int limit) {

    /** A selected column; {@code function} is an aggregate in capitals or null, {@code alias} the key in the reply. */
    public record Column(String path, String function, String alias) {}

    /** A column to order by. */
    public record Order(String column, boolean ascending) {}

    public boolean aggregates() {
        return !groupBy.isEmpty() || columns.stream().anyMatch(c -> c.function() != null);
    }
}
