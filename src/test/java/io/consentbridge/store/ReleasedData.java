package io.consentbridge.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.flywaydb.core.Flyway;

/**
 * What an installation of a released version had in its database, row by row, so that each engine can have it. Folder
 * {@code src/test/resources/releases} keeps it.
 */
public final class ReleasedData {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String INSTANT = "instant";
    private static final String DATE = "date";
    /** Secrets, and what a migration fills. */
    private static final Set<String> NOT_KEPT =
            Set.of(Schema.HISTORY, "access_token", "quota_use", "quota_lock", "person_form");

    private static final String NUMBER = "id";
    /** Columns that name the machine. */
    private static final Set<String> PROCESS = Set.of("node", "claimed_by");

    private final Path rows;
    private final String tables;

    /**
     * @param rows the file, with a row in each line
     * @param tables the version of the tables that the release had
     */
    public ReleasedData(Path rows, String tables) {
        this.rows = rows;
        this.tables = tables;
    }

    /** Writes the rows of a database of PostgreSQL, which knows what is an instant. */
    public void write(Database database) {
        List<String> lines = new ArrayList<>();
        database.snapshot(handle -> {
            TestDatabase.tables(handle).stream()
                    .filter(table -> !NOT_KEPT.contains(table))
                    .forEach(table -> read(handle.getConnection(), table, lines));
            return null;
        });
        try {
            Files.write(rows, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void read(Connection connection, String table, List<String> lines) {
        try (Statement all = connection.createStatement();
                ResultSet found = all.executeQuery("select * from " + table)) {
            while (found.next()) {
                ObjectNode line = JSON.createObjectNode();
                line.set(table, row(found));
                lines.add(line.toString());
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ObjectNode row(ResultSet found) throws SQLException {
        ObjectNode row = JSON.createObjectNode();
        ResultSetMetaData columns = found.getMetaData();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            String column = columns.getColumnName(i);
            Object value = found.getObject(i);
            if (value instanceof Timestamp time) {
                row.putObject(column).put(INSTANT, time.toInstant().toString());
            } else if (value instanceof Date) {
                row.putObject(column).put(DATE, value.toString());
            } else if (PROCESS.contains(column) && value != null) {
                row.put(column, "a process that is gone");
            } else if (value != null) {
                row.set(column, JSON.valueToTree(value));
            }
        }
        return row;
    }

    /** Makes the database of that URL as the release had it, with its rows. */
    public void load(TestDatabase engine, String url) {
        DatabaseLocation location = DatabaseLocation.of(url);
        if (location.embedded()) {
            EmbeddedFile.prepareFolder(location.file());
            EmbeddedFile.prepare(location);
        }
        try (ConnectionPools pools = ConnectionPools.open(location, engine.user(), engine.password())) {
            Flyway.configure()
                    .dataSource(pools.writer())
                    .locations("classpath:db/migration")
                    .placeholders(location.engine().types())
                    .table(Schema.HISTORY)
                    .target(tables)
                    .load()
                    .migrate();
            insert(pools, location);
        } catch (SQLException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void insert(ConnectionPools pools, DatabaseLocation location) throws SQLException, IOException {
        try (Connection connection = pools.writer().getConnection()) {
            for (String line : Files.readAllLines(rows)) {
                Map.Entry<String, JsonNode> row =
                        JSON.readTree(line).properties().iterator().next();
                insert(connection, row.getKey(), row.getValue(), location.embedded());
                if (!location.embedded() && row.getValue().has(NUMBER)) {
                    continueAfter(connection, row.getKey());
                }
            }
        }
    }

    private static void insert(Connection connection, String table, JsonNode row, boolean embedded)
            throws SQLException {
        List<String> columns = new ArrayList<>();
        row.fieldNames().forEachRemaining(columns::add);
        String places = String.join(", ", columns.stream().map(column -> "?").toList());
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into %s (%s) values (%s)".formatted(table, String.join(", ", columns), places))) {
            for (int i = 0; i < columns.size(); i++) {
                insert.setObject(i + 1, value(row.get(columns.get(i)), embedded));
            }
            insert.executeUpdate();
        }
    }

    private static Object value(JsonNode value, boolean embedded) {
        if (value.has(INSTANT)) {
            Instant time = Instant.parse(value.path(INSTANT).asText());
            return embedded ? SqliteValues.micros(time) : time.atOffset(ZoneOffset.UTC);
        }
        if (value.has(DATE)) {
            String day = value.path(DATE).asText();
            return embedded ? day : LocalDate.parse(day);
        }
        if (value.isBoolean()) {
            return value.asBoolean();
        }
        return value.isNumber() ? (Object) value.asLong() : value.asText();
    }

    /** A server gives numbers by itself, and would give those again that the rows have. */
    private static void continueAfter(Connection connection, String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet named =
                        statement.executeQuery("select pg_get_serial_sequence('%s', '%s')".formatted(table, NUMBER))) {
            named.next();
            String sequence = named.getString(1);
            if (sequence != null) {
                statement
                        .executeQuery(
                                "select setval('%s', (select max(%s) from %s))".formatted(sequence, NUMBER, table))
                        .close();
            }
        }
    }
}
