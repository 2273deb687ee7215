package io.consentbridge.powerloss;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What SQLite promises of a power loss, and that the replay of one notices where it does not promise it. */
class PowerLossIT {

    private static final long SEED = Long.getLong("powerloss.seed", 20261128);

    private static final int DISKS = 40;

    @TempDir
    private Path folder;

    /** At which points a commit was missing, and at which one was half there or the file damaged. */
    private record Found(List<String> lost, List<String> broken) {}

    @BeforeAll
    static void needsStrace() {
        RecordedWrites.assumePossible();
    }

    @Test
    @DisplayName("With synchronous=FULL a power loss at 60 points loses no commit and leaves none half")
    void full() throws Exception {
        Found found = atPoints("full", 60);

        assertThat(found.lost()).isEmpty();
        assertThat(found.broken()).isEmpty();
    }

    @Test
    @Tag("long")
    @DisplayName("With synchronous=FULL a power loss at 1000 points loses no commit and leaves none half")
    void fullAtManyPoints() throws Exception {
        Found found = atPoints("full", 1_000);

        assertThat(found.lost()).isEmpty();
        assertThat(found.broken()).isEmpty();
    }

    @Test
    @DisplayName("With synchronous=NORMAL a power loss takes commits back, and leaves none half")
    void normal() throws Exception {
        Found found = atPoints("normal", 60);

        assertThat(found.lost()).isNotEmpty();
        assertThat(found.broken()).isEmpty();
    }

    @Test
    @DisplayName("With synchronous=OFF a power loss takes commits back and damages the file")
    void off() throws Exception {
        Found found = atPoints("off", 60);

        assertThat(found.lost()).isNotEmpty();
        assertThat(found.broken()).isNotEmpty();
    }

    @Test
    @DisplayName("A copy by VACUUM INTO survives a power loss once its folder is synced, and may be empty before")
    void copyNeedsSyncOfFolder() throws Exception {
        assertThat(wholeCopies(true)).isEqualTo(DISKS);
        assertThat(wholeCopies(false)).isLessThan(DISKS);
    }

    /** How many of the disks that a power loss just after the copy may leave have all of it. */
    private long wholeCopies(boolean synced) throws Exception {
        Path data = folder.resolve("synced " + synced);
        RecordedWrites recorded = RecordedWrites.of(data, BackupOfSqlite.class, String.valueOf(synced));
        int point = PowerLoss.points(recorded, 1, SEED).first();
        long whole = 0;
        for (int seed = 0; seed < DISKS; seed++) {
            Path disk = Files.createDirectory(folder.resolve(synced + " " + seed));
            assertThat(PowerLoss.replay(recorded, point, seed, disk)).containsExactly("backed up");
            if (BackupOfSqlite.isWhole(disk)) {
                whole++;
            }
        }
        return whole;
    }

    @Test
    @DisplayName("The record is complete: replayed without a loss it makes the files that the process left")
    void recordIsComplete() throws Exception {
        RecordedWrites recorded = RecordedWrites.of(folder.resolve("left"), CommitsOfSqlite.class, "full");
        Path replayed = Files.createDirectory(folder.resolve("replayed"));

        PowerLoss.replayWhole(recorded, replayed);

        assertThat(contents(replayed))
                .isEqualTo(contents(folder.resolve("left")))
                .hasSize(1);
    }

    private static Map<String, String> contents(Path of) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.list(of)) {
            for (Path file : files.toList()) {
                contents.put(
                        file.getFileName().toString(), Base64.getEncoder().encodeToString(Files.readAllBytes(file)));
            }
        }
        return contents;
    }

    private Found atPoints(String synchronous, int count) throws Exception {
        RecordedWrites recorded = RecordedWrites.of(folder.resolve(synchronous), CommitsOfSqlite.class, synchronous);
        List<String> lost = new ArrayList<>();
        List<String> broken = new ArrayList<>();
        for (int point : PowerLoss.points(recorded, count, SEED)) {
            Path disk = Files.createDirectory(folder.resolve(synchronous + point));
            List<String> marks = PowerLoss.replay(recorded, point, SEED + point, disk);
            int promised = marks.isEmpty() ? 0 : Integer.parseInt(marks.get(marks.size() - 1));
            try {
                int there = CommitsOfSqlite.lastWhole(disk);
                if (there < promised || there > promised + 1) {
                    lost.add("point %d: commit %d is promised, %d is there".formatted(point, promised, there));
                }
            } catch (SQLException damaged) {
                broken.add("point %d: %s".formatted(point, damaged.getMessage()));
            }
        }
        return new Found(lost, broken);
    }
}
