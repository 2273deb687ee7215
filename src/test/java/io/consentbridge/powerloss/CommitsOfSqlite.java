package io.consentbridge.powerloss;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * A process that commits numbered transactions to a bare SQLite, each of which writes rows of two tables and replaces one of
 * a third. Checkpoints are frequent.
 */
final class CommitsOfSqlite {

    private static final int COMMITS = 80;
    private static final int ROWS = 3;
    private static final int PAGES_BETWEEN_CHECKPOINTS = 15;

    private CommitsOfSqlite() {}

    /** Gets the folder, the file of the marks, and what {@code pragma synchronous} is to be. */
    public static void main(String[] arguments) throws Exception {
        try (Marks marks = new Marks(Path.of(arguments[1]));
                Connection connection = open(Path.of(arguments[0]))) {
            run(connection, "pragma journal_mode = wal");
            run(connection, "pragma synchronous = " + arguments[2]);
            run(connection, "pragma wal_autocheckpoint = " + PAGES_BETWEEN_CHECKPOINTS);
            for (String table : List.of(
                    "left_row (number int, text)",
                    "right_row (number int, text)",
                    "latest (id integer primary key, number int)")) {
                run(connection, "create table " + table);
            }
            connection.setAutoCommit(false);
            for (int number = 1; number <= COMMITS; number++) {
                commit(connection, number);
                marks.set(String.valueOf(number));
            }
        }
    }

    private static void commit(Connection connection, int number) throws SQLException {
        for (String table : List.of("left_row", "right_row")) {
            try (PreparedStatement insert = connection.prepareStatement("insert into " + table + " values (?, ?)")) {
                for (int row = 0; row < ROWS; row++) {
                    insert.setInt(1, number);
                    insert.setString(2, "x".repeat(number * 37 % 2_000));
                    insert.executeUpdate();
                }
            }
        }
        run(connection, "insert or replace into latest values (1, " + number + ")");
        connection.commit();
    }

    /** The number of the last commit that is there; all before it and nothing of a later one are. */
    static int lastWhole(Path folder) throws SQLException {
        try (Connection connection = open(folder)) {
            if (!text(connection, "pragma integrity_check").equals("ok")) {
                throw new SQLException("damaged: " + text(connection, "pragma integrity_check"));
            }
            if (number(connection, "select count(*) from sqlite_schema where name = 'latest'") == 0) {
                return 0;
            }
            int last = number(connection, "select coalesce(max(number), 0) from latest");
            for (String table : List.of("left_row", "right_row")) {
                int whole = number(
                        connection,
                        "select count(*) from (select number from %s group by number having count(*) = %d)"
                                .formatted(table, ROWS));
                int highest = number(connection, "select coalesce(max(number), 0) from " + table);
                if (whole != last || highest != last) {
                    throw new SQLException(
                            "half there: %d whole ones of %d up to %d in %s".formatted(whole, last, highest, table));
                }
            }
            return last;
        }
    }

    private static Connection open(Path folder) throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("bare.db"));
    }

    private static void run(Connection connection, String statement) throws SQLException {
        try (Statement one = connection.createStatement()) {
            one.execute(statement);
        }
    }

    private static String text(Connection connection, String query) throws SQLException {
        try (Statement one = connection.createStatement();
                ResultSet found = one.executeQuery(query)) {
            found.next();
            return found.getString(1);
        }
    }

    private static int number(Connection connection, String query) throws SQLException {
        return Integer.parseInt(text(connection, query));
    }
}
