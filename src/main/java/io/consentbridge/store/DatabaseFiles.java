package io.consentbridge.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.sqlite.SQLiteConfig;

/**
 * Backs up, checks and restores the file of an embedded database. Backup and check run beside a process that works with the
 * database; a restore needs it to end.
 */
public final class DatabaseFiles {

    private static final String LOG = "-wal";
    private static final int BUSY_MILLIS = 20_000;
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final DatabaseLocation location;
    private final Path file;

    private DatabaseFiles(DatabaseLocation location) {
        this.location = location;
        this.file = location.file();
    }

    /**
     * The file of that database.
     *
     * @param url its {@code database.url}
     * @throws DatabaseFault if it is PostgreSQL, which has tools of its own
     */
    public static DatabaseFiles of(String url) {
        DatabaseLocation location = DatabaseLocation.of(url);
        if (!location.embedded()) {
            throw refused("database.url is PostgreSQL, which this command does not handle. Use its own tools, such as"
                    + " pg_dump and pg_restore.");
        }
        return new DatabaseFiles(location);
    }

    /**
     * Writes a copy as of now, with everything that was committed, in one file that only its owner can read.
     *
     * @param target the file of the copy, which must not exist
     * @return what the copy holds
     * @throws DatabaseFault if the database does not exist or is damaged, or the copy cannot be written
     */
    public StoredContent backup(Path target) {
        requireFile();
        if (Files.exists(target)) {
            throw refused("%s exists. Give the name of a new file.".formatted(target));
        }
        Path copy = beside(target, ".part");
        try {
            Files.deleteIfExists(copy);
            Files.createFile(copy, OwnerOnly.file(copy));
            copyInto(copy);
            StoredContent content = content(copy);
            requireWhole(content, "The copy of " + file);
            // SQLite rolls the copy back to nothing if the deletion of its journal is lost, so the folder is synced
            // too.
            DurableFiles.rename(copy, target);
            return new StoredContent(target, content.bytes(), content.problems(), content.rows());
        } catch (IOException e) {
            throw refused("%s cannot be written. Free space on its disk and give this user write access to its folder."
                    .formatted(target));
        } finally {
            deleteQuietly(copy);
        }
    }

    private void copyInto(Path copy) throws IOException {
        try (Connection connection = open(file);
                Statement statement = connection.createStatement()) {
            statement.execute("vacuum into '" + copy.toString().replace("'", "''") + "'");
        } catch (SQLException e) {
            if (SqliteFaults.full(e)) {
                // Only the copy is written.
                throw new IOException(e);
            }
            throw Faults.of(e, location);
        }
    }

    /**
     * Reads every page of the file and counts the rows of each table.
     *
     * @throws DatabaseFault if there is no file, or another process has locked it
     */
    public StoredContent check() {
        requireFile();
        return content(file);
    }

    /**
     * Puts a backup in place of the database. The replaced files stay beside it under another name.
     *
     * @param backup a file that {@link #backup} wrote, or the file of a stopped process with its log beside it
     * @param now names the replaced files
     * @return where the replaced file is now; empty if there was none
     * @throws DatabaseFault if a process works with the database, or the backup is missing, damaged or of another program;
     *     then nothing has changed
     */
    public Optional<Path> restore(Path backup, Instant now) {
        if (!Files.isRegularFile(backup) || backup.toFile().length() == 0) {
            throw refused("%s does not exist, or is empty. Give the file of a backup.".formatted(backup));
        }
        EmbeddedFile.prepareFolder(file);
        try (ProcessLock lock = ProcessLock.take(file)) {
            Path restored = beside(file, ".restoring");
            try {
                takeOver(backup, restored);
                Optional<Path> replaced = moveAway(now);
                DurableFiles.rename(restored, file);
                lock.remember();
                return replaced;
            } catch (IOException e) {
                throw refused(
                        "%s cannot be put in place of %s. Free space on the disk and give this user write access to the folder."
                                .formatted(backup, file));
            } finally {
                deleteQuietly(restored);
                deleteQuietly(beside(restored, LOG));
            }
        }
    }

    private void takeOver(Path backup, Path restored) throws IOException {
        copy(backup, restored);
        if (Files.exists(beside(backup, LOG))) {
            copy(beside(backup, LOG), beside(restored, LOG));
        }
        StoredContent content = content(restored);
        requireWhole(content, backup.toString());
        if (!content.rows().keySet().containsAll(List.of("person", "run", Schema.HISTORY))) {
            throw refused("%s is not a database of ConsentBridge. Give the file of a backup.".formatted(backup));
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.deleteIfExists(to);
        Files.createFile(to, OwnerOnly.file(to));
        try (InputStream in = Files.newInputStream(from);
                OutputStream out = Files.newOutputStream(to)) {
            in.transferTo(out);
        }
    }

    private Optional<Path> moveAway(Instant now) throws IOException {
        emptyLog();
        deleteQuietly(beside(file, "-shm"));
        if (Files.notExists(file)) {
            // SQLite would apply a log that stayed to the restored database.
            Files.deleteIfExists(beside(file, LOG));
            return Optional.empty();
        }
        Path replaced = beside(file, ".replaced-" + STAMP.format(now.truncatedTo(ChronoUnit.SECONDS)));
        Files.move(file, replaced);
        if (Files.exists(beside(file, LOG))) {
            Files.move(beside(file, LOG), beside(replaced, LOG));
        }
        return Optional.of(replaced);
    }

    /** Otherwise a crash between two renames could leave the log of the old database beside the new one. */
    private void emptyLog() {
        if (file.toFile().length() == 0) {
            return;
        }
        try (Connection connection = open(file);
                Statement statement = connection.createStatement()) {
            statement.execute("pragma wal_checkpoint(truncate)");
        } catch (SQLException damaged) {
            // A damaged database is kept as it is, with its log.
        }
    }

    private void requireFile() {
        if (Files.notExists(file)) {
            throw refused("There is no database file %s.".formatted(file));
        }
    }

    private static void requireWhole(StoredContent content, String what) {
        if (!content.whole()) {
            throw refused("%s is damaged: %s. Use another backup."
                    .formatted(what, content.problems().get(0)));
        }
    }

    private StoredContent content(Path of) {
        List<String> problems = new ArrayList<>();
        Map<String, Long> rows = new TreeMap<>();
        long bytes = of.toFile().length() + beside(of, LOG).toFile().length();
        if (of.toFile().length() == 0) {
            return new StoredContent(of, bytes, List.of("the file is empty"), rows);
        }
        try (Connection connection = open(of);
                Statement statement = connection.createStatement()) {
            try (ResultSet found = statement.executeQuery("pragma integrity_check(10)")) {
                while (found.next()) {
                    problems.add(found.getString(1));
                }
            }
            problems.remove("ok");
            for (String table : tables(statement)) {
                try (ResultSet count = statement.executeQuery("select count(*) from " + table)) {
                    rows.put(table, count.getLong(1));
                }
            }
        } catch (SQLException e) {
            if (!SqliteFaults.damage(e)) {
                throw Faults.of(e, location);
            }
            problems.add("the file is not a whole database of SQLite");
        }
        return new StoredContent(of, bytes, problems, rows);
    }

    private static List<String> tables(Statement statement) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (ResultSet names = statement.executeQuery(
                "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name")) {
            while (names.next()) {
                tables.add(names.getString(1));
            }
        }
        return tables;
    }

    private static Connection open(Path file) throws SQLException {
        SQLiteConfig settings = new SQLiteConfig();
        settings.setBusyTimeout(BUSY_MILLIS);
        return settings.createConnection("jdbc:sqlite:" + file);
    }

    private static Path beside(Path file, String ending) {
        return file.resolveSibling(file.getFileName() + ending);
    }

    private static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException left) {
            // It stays beside the file, under a name that says what it is.
        }
    }

    private static DatabaseFault refused(String message) {
        return new DatabaseFault(message, DatabaseFault.Kind.MISFIT);
    }
}
