package io.consentbridge.sandbox.crm.coql;

import io.consentbridge.sandbox.crm.schema.ModuleSpec;
import io.consentbridge.sandbox.crm.store.Crm;
import io.consentbridge.sandbox.crm.store.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** COUNT, SUM, MIN, MAX and AVG, over all records or by group. */
public final class Aggregates {

    private final Crm crm;
    private final ModuleSpec module;

    public Aggregates(Crm crm, ModuleSpec module) {
        this.crm = crm;
        this.module = module;
    }

    /** Returns one row of raw values for each group. */
    public List<Map<String, Object>> of(Query query, Iterable<Row> rows) {
        List<ColumnPath> keys = query.groupBy().stream().map(this::find).toList();
        List<ColumnPath> paths =
                query.columns().stream().map(c -> find(c.path())).toList();
        Map<List<Object>, List<List<Object>>> groups = new LinkedHashMap<>();
        for (Row row : rows) {
            List<Object> key = new ArrayList<>();
            keys.forEach(path -> key.add(path.value(crm, row)));
            List<List<Object>> columns = groups.computeIfAbsent(key, k -> empty(paths.size()));
            for (int i = 0; i < paths.size(); i++) {
                columns.get(i).add(paths.get(i).value(crm, row));
            }
        }
        List<Map<String, Object>> result = new ArrayList<>();
        groups.values().forEach(columns -> result.add(row(query, columns)));
        return result;
    }

    private static Map<String, Object> row(Query query, List<List<Object>> columns) {
        Map<String, Object> row = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            Query.Column column = query.columns().get(i);
            row.put(column.alias(), aggregate(column.function(), columns.get(i)));
        }
        return row;
    }

    private static Object aggregate(String function, List<Object> values) {
        if (function == null) {
            return values.get(0);
        }
        List<Object> present = values.stream().filter(Objects::nonNull).toList();
        double sum = present.stream()
                .filter(v -> v instanceof Number)
                .mapToDouble(v -> ((Number) v).doubleValue())
                .sum();
        return switch (function) {
            case "COUNT" -> present.size();
            case "SUM" -> sum;
            case "AVG" -> present.isEmpty() ? null : sum / present.size();
            case "MIN" ->
                present.stream()
                        .min((a, b) -> Normal.compare(Normal.value(a), Normal.value(b)))
                        .orElse(null);
            default ->
                present.stream()
                        .max((a, b) -> Normal.compare(Normal.value(a), Normal.value(b)))
                        .orElse(null);
        };
    }

    private ColumnPath find(String path) {
        return ColumnPath.find(crm, module, path);
    }

    private static List<List<Object>> empty(int size) {
        List<List<Object>> lists = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            lists.add(new ArrayList<>());
        }
        return lists;
    }
}
