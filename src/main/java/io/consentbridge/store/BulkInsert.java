package io.consentbridge.store;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/**
 * Inserts many rows with one statement, which gets each column as an array: a statement for each row costs H2 several times
 * as much.
 *
 * @param <R> what a row is made from
 */
public final class BulkInsert<R> {

    /** @param array its expression in the unnesting; null if all rows have the same value */
    private record Column(String name, String array, String value, BiConsumer<Update, String> binding) {}

    private final String table;
    private final List<R> rows;
    private final List<Column> columns = new ArrayList<>();

    private BulkInsert(String table, List<R> rows) {
        this.table = table;
        this.rows = rows;
    }

    /** Begins a statement that inserts these rows. */
    public static <R> BulkInsert<R> into(String table, List<R> rows) {
        return new BulkInsert<>(table, rows);
    }

    /** A column of texts, which may be null. */
    public BulkInsert<R> texts(String column, Function<R, String> value) {
        return add(column, "varchar", "", String.class, value);
    }

    /** A column of numbers, which may be null. */
    public BulkInsert<R> numbers(String column, Function<R, Long> value) {
        return add(column, "bigint", "", Long.class, value);
    }

    /** A column of yes and no. */
    public BulkInsert<R> flags(String column, Function<R, Boolean> value) {
        return add(column, "boolean", "", Boolean.class, value);
    }

    /** A column of times, cut to microseconds, which may be null. */
    public BulkInsert<R> times(String column, Function<R, Instant> value) {
        return add(
                column,
                "varchar",
                "timestamp with time zone",
                String.class,
                row -> Optional.ofNullable(value.apply(row))
                        .map(time -> time.truncatedTo(ChronoUnit.MICROS).toString())
                        .orElse(null));
    }

    /** A text that is the same in all rows; may be null. */
    public BulkInsert<R> text(String column, String value) {
        columns.add(new Column(
                column, null, "cast(:%s as varchar)", (update, name) -> update.bindByType(name, value, String.class)));
        return this;
    }

    /** A number that is the same in all rows. */
    public BulkInsert<R> number(String column, long value) {
        columns.add(new Column(column, null, "cast(:%s as bigint)", (update, name) -> update.bind(name, value)));
        return this;
    }

    /** A time that is the same in all rows. */
    public BulkInsert<R> time(String column, Instant value) {
        columns.add(new Column(
                column, null, "cast(:%s as timestamp with time zone)", (update, name) -> update.bind(name, value)));
        return this;
    }

    private <T> BulkInsert<R> add(String column, String type, String as, Class<T> java, Function<R, T> value) {
        List<T> values = rows.stream().map(value).toList();
        columns.add(new Column(
                column,
                "cast(:%s as " + type + " array)",
                as.isEmpty() ? "r.%s" : "cast(r.%s as " + as + ")",
                (update, name) -> update.bindArray(name, java, values)));
        return this;
    }

    /** Inserts the rows; an existing key fails the statement, and nothing is inserted. */
    public void execute(Handle handle) {
        execute(handle, "");
    }

    /** Inserts the rows, skipping those whose key exists. */
    public void executeUnlessThere(Handle handle) {
        execute(handle, " on conflict do nothing");
    }

    private void execute(Handle handle, String ending) {
        if (rows.isEmpty()) {
            return;
        }
        List<Column> arrays =
                columns.stream().filter(column -> column.array() != null).toList();
        Update update = handle.createUpdate("insert into %s (%s) select %s from unnest(%s) as r (%s)%s"
                .formatted(
                        table,
                        list(columns, Column::name),
                        list(columns, column -> column.value().formatted(column.name())),
                        list(arrays, column -> column.array().formatted(column.name())),
                        list(arrays, Column::name),
                        ending));
        columns.forEach(column -> column.binding().accept(update, column.name()));
        update.execute();
    }

    private static String list(List<Column> columns, Function<Column, String> text) {
        return String.join(", ", columns.stream().map(text).toList());
    }
}
