package io.consentbridge.powerloss;

import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A process that copies a bare SQLite by {@code VACUUM INTO}. */
final class BackupOfSqlite {

    private static final int ROWS = 200;

    private BackupOfSqlite() {}

    /** Gets the folder, the file of the marks, and whether the folder is synced after the copy. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        try (Marks marks = new Marks(Path.of(arguments[1]));
                Connection connection = open(folder.resolve("bare.db"))) {
            run(connection, "pragma journal_mode = wal");
            run(connection, "pragma synchronous = full");
            run(connection, "create table line (text)");
            for (int row = 1; row <= ROWS; row++) {
                run(connection, "insert into line values ('" + "x".repeat(row) + "')");
            }
            run(connection, "vacuum into '" + folder.resolve("backup.db") + "'");
            if (Boolean.parseBoolean(arguments[2])) {
                try (FileChannel names = FileChannel.open(folder)) {
                    names.force(true);
                }
            }
            marks.set("backed up");
        }
    }

    /** Whether everything is in the copy. */
    static boolean isWhole(Path folder) {
        Path backup = folder.resolve("backup.db");
        if (Files.notExists(backup)) {
            return false;
        }
        try (Connection connection = open(backup);
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("select count(*) from line")) {
            return found.next() && found.getInt(1) == ROWS;
        } catch (SQLException damaged) {
            return false;
        }
    }

    private static Connection open(Path file) throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file);
    }

    private static void run(Connection connection, String text) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(text);
        }
    }
}
