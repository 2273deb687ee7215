package io.consentbridge.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jdbi.v3.core.statement.Update;

/**
 * Inserts many rows. A server gets one statement with each column as an array; SQLite, which is called without a network,
 * gets one prepared statement again and again.
 *
 * @param <R> what a row is made from
 */
public final class BulkInsert<R> {

    /**
     * @param array its expression in the unnesting; null if all rows have the same value
     * @param values of each row for SQLite; one if all rows have the same
     */
    private record Column(String name, String array, String value, BiConsumer<Update, String> binding, List<?> values) {

        Object value(int row) {
            return array == null ? values.get(0) : values.get(row);
        }
    }

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
        List<String> values = values(value);
        return add(column, "varchar", "", String.class, values, values);
    }

    /** A column of numbers, which may be null. */
    public BulkInsert<R> numbers(String column, Function<R, Long> value) {
        List<Long> values = values(value);
        return add(column, "bigint", "", Long.class, values, values);
    }

    /** A column of yes and no. */
    public BulkInsert<R> flags(String column, Function<R, Boolean> value) {
        List<Boolean> values = values(value);
        return add(column, "boolean", "", Boolean.class, values, values);
    }

    /** A column of bytes, which may be null. */
    public BulkInsert<R> bytes(String column, Function<R, byte[]> value) {
        List<byte[]> values = values(value);
        // The driver of PostgreSQL takes no array of bytes.
        columns.add(new Column(
                column,
                "cast(:%s as varchar array)",
                "decode(r.%s, 'hex')",
                (update, name) -> update.bindArray(name, String.class, hex(values)),
                values));
        return this;
    }

    private static List<String> hex(List<byte[]> values) {
        return values.stream()
                .map(bytes -> bytes == null ? null : HexFormat.of().formatHex(bytes))
                .toList();
    }

    /** A column of times, cut to microseconds, which may be null. */
    public BulkInsert<R> times(String column, Function<R, Instant> value) {
        List<Instant> values = values(value);
        return add(
                column,
                "varchar",
                "timestamp with time zone",
                String.class,
                values.stream()
                        .map(time -> time == null
                                ? null
                                : time.truncatedTo(ChronoUnit.MICROS).toString())
                        .toList(),
                values.stream().map(SqliteValues::micros).toList());
    }

    private <T> List<T> values(Function<R, T> value) {
        return rows.stream().map(value).toList();
    }

    /** A text that is the same in all rows; may be null. */
    public BulkInsert<R> text(String column, String value) {
        columns.add(new Column(
                column,
                null,
                "cast(:%s as varchar)",
                (update, name) -> update.bindByType(name, value, String.class),
                Collections.singletonList(value)));
        return this;
    }

    /** A number that is the same in all rows. */
    public BulkInsert<R> number(String column, long value) {
        columns.add(new Column(
                column, null, "cast(:%s as bigint)", (update, name) -> update.bind(name, value), List.of(value)));
        return this;
    }

    /** A time that is the same in all rows. */
    public BulkInsert<R> time(String column, Instant value) {
        columns.add(new Column(
                column,
                null,
                "cast(:%s as timestamp with time zone)",
                (update, name) -> update.bind(name, value),
                List.of(SqliteValues.micros(value))));
        return this;
    }

    private <T> BulkInsert<R> add(String column, String type, String as, Class<T> java, List<T> values, List<?> plain) {
        columns.add(new Column(
                column,
                "cast(:%s as " + type + " array)",
                as.isEmpty() ? "r.%s" : "cast(r.%s as " + as + ")",
                (update, name) -> update.bindArray(name, java, values),
                plain));
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
        if (SqliteStatements.translates(handle)) {
            oneByOne(handle, ending);
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

    private void oneByOne(Handle handle, String ending) {
        String text = "insert into %s (%s) values (%s)%s"
                .formatted(table, list(columns, Column::name), list(columns, column -> "?"), ending);
        try (PreparedStatement insert = handle.getConnection().prepareStatement(text)) {
            for (int row = 0; row < rows.size(); row++) {
                for (int i = 0; i < columns.size(); i++) {
                    insert.setObject(i + 1, columns.get(i).value(row));
                }
                insert.executeUpdate();
            }
        } catch (SQLException e) {
            throw new UnableToExecuteStatementException(e, null);
        }
    }

    private static String list(List<Column> columns, Function<Column, String> text) {
        return String.join(", ", columns.stream().map(text).toList());
    }
}
