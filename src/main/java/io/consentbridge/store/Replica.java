package io.consentbridge.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * Copies tables of any database into a new embedded one, row by row, so that memory does not grow with them. Tables that are added to
 * the product later are copied too, unless they are excluded.
 */
public final class Replica {

    private static final int BATCH = 1000;

    /** Referenced tables are copied last, so that the referenced row exists whatever happened since the copy began. */
    private static final List<String> LAST = List.of("list_member", "source_record", "person");

    private final Map<String, String> conditions = new LinkedHashMap<>();
    private final List<String> leftOut = new ArrayList<>(List.of("flyway_schema_history", "person_form"));

    /** Excludes these tables. */
    public Replica without(String... tables) {
        leftOut.addAll(List.of(tables));
        return this;
    }

    /** Copies only those rows of a table that meet the SQL condition; it must not contain user input. */
    public Replica only(String table, String condition) {
        conditions.put(table, condition);
        return this;
    }

    /** Copies everything else; generated numbers continue after the highest one. */
    public void copy(Database from, Database to) {
        to.change(target -> from.snapshot(source -> {
            for (String table : tables(target)) {
                copy(source, target, table);
            }
            return null;
        }));
    }

    private List<String> tables(Handle target) {
        return target
                .createQuery("select name from sqlite_master where type = 'table' and name not like 'sqlite_%'")
                .mapTo(String.class)
                .stream()
                .filter(table -> !leftOut.contains(table))
                .sorted(Comparator.<String>comparingInt(LAST::indexOf).thenComparing(table -> table))
                .toList();
    }

    private void copy(Handle source, Handle target, String table) {
        try {
            rows(source.getConnection(), target.getConnection(), table);
        } catch (SQLException failure) {
            // Its message may quote a row.
            throw new DatabaseFault(
                    "The table " + table + " could not be copied (SQL state " + failure.getSQLState() + ").", false);
        }
    }

    private void rows(Connection source, Connection target, String table) throws SQLException {
        List<String> columns = new ArrayList<>();
        try (PreparedStatement shape = target.prepareStatement("select * from " + table + " where false");
                ResultSet none = shape.executeQuery()) {
            for (int i = 1; i <= none.getMetaData().getColumnCount(); i++) {
                columns.add(none.getMetaData().getColumnName(i));
            }
        }
        String names = String.join(", ", columns);
        String select = "select %s from %s where %s".formatted(names, table, conditions.getOrDefault(table, "true"));
        String insert = "insert into %s (%s) values (%s)"
                .formatted(
                        table,
                        names,
                        String.join(", ", columns.stream().map(column -> "?").toList()));
        try (PreparedStatement read = source.prepareStatement(select);
                PreparedStatement write = target.prepareStatement(insert)) {
            read.setFetchSize(BATCH);
            try (ResultSet rows = read.executeQuery()) {
                copy(rows, write, columns.size());
            }
        }
    }

    private static void copy(ResultSet rows, PreparedStatement write, int columns) throws SQLException {
        int waiting = 0;
        while (rows.next()) {
            for (int i = 1; i <= columns; i++) {
                write.setObject(i, SqliteValues.stored(rows.getObject(i)));
            }
            write.addBatch();
            if (++waiting % BATCH == 0) {
                write.executeBatch();
            }
        }
        write.executeBatch();
    }
}
