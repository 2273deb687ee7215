package io.consentbridge.powerloss;

import io.consentbridge.store.Database;
import io.consentbridge.store.DatabaseFault;
import io.consentbridge.store.DatabaseFiles;
import io.consentbridge.store.StoredContent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** A process that backs the product's database up, changes it, and restores the backup. */
final class BackupAndRestore {

    private static final String BEFORE = "before";
    private static final String BACKED_UP = "backed up";
    private static final String AFTER = "after";
    private static final String RESTORED = "restored";
    private static final String DATABASE = "consentbridge.db";
    private static final String BACKUP = "backup.db";

    private BackupAndRestore() {}

    /** Gets the folder and the file of the marks. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        DatabaseFiles files = DatabaseFiles.of(url(folder.resolve(DATABASE)));
        try (Marks marks = new Marks(Path.of(arguments[1]))) {
            try (Database database = open(folder)) {
                note(database, BEFORE);
                marks.set(BEFORE);
                files.backup(folder.resolve(BACKUP));
                marks.set(BACKED_UP);
                note(database, AFTER);
                marks.set(AFTER);
            }
            files.restore(folder.resolve(BACKUP), Instant.EPOCH);
            marks.set(RESTORED);
        }
    }

    private static Database open(Path folder) {
        return Database.open(url(folder.resolve(DATABASE)), null, null);
    }

    private static String url(Path file) {
        return "jdbc:sqlite:" + file;
    }

    private static void note(Database database, String name) {
        database.change(
                handle -> handle.execute("insert into mailing_list (connection, name) values ('main', ?)", name));
    }

    /** What is wrong with the files that a power loss left, given what had been promised; empty text if nothing is. */
    static String fault(Path folder, List<String> marks) throws IOException {
        if (marks.contains(BACKED_UP) && !notes(folder.resolve(BACKUP)).equals(List.of(BEFORE))) {
            return "the backup has " + notes(folder.resolve(BACKUP));
        }
        List<String> found;
        try (Database database = open(folder)) {
            found = notes(database);
        } catch (DatabaseFault refused) {
            return marks.contains(RESTORED) || !hasOld(folder)
                    ? "the database is refused: " + refused.getMessage()
                    : "";
        }
        if (marks.contains(RESTORED)) {
            return found.equals(List.of(BEFORE)) ? "" : "the restored database has " + found;
        }
        return found.contains(BEFORE) || !marks.contains(BEFORE) ? "" : "the database has " + found;
    }

    /** Whether the database of before lies whole beside the place that is empty. */
    private static boolean hasOld(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches("consentbridge\\.db\\.replaced-[^-]*"))
                    .anyMatch(file -> notes(file).equals(List.of(BEFORE, AFTER)));
        }
    }

    private static List<String> notes(Path file) {
        StoredContent content = DatabaseFiles.of(url(file)).check();
        if (!content.whole()) {
            return content.problems();
        }
        try (Database database = Database.look(url(file), null, null)) {
            return notes(database);
        }
    }

    private static List<String> notes(Database database) {
        return database.query(handle -> handle.select("select name from mailing_list order by id")
                .mapTo(String.class)
                .list());
    }
}
