package io.consentbridge.powerloss;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A power loss, and so every crash too, while a backup is made and restored. */
class RestorePowerLossIT {

    private static final long SEED = Long.getLong("powerloss.seed", 20261128);

    @TempDir
    private Path folder;

    @BeforeAll
    static void needsStrace() {
        RecordedWrites.assumePossible();
    }

    @Test
    @DisplayName(
            "A power loss at 40 points leaves the old database or the restored one whole, and a backup once it is told")
    void fewPoints() throws Exception {
        survives(40);
    }

    @Test
    @Tag("long")
    @DisplayName(
            "A power loss at 600 points leaves the old database or the restored one whole, and a backup once it is told")
    void manyPoints() throws Exception {
        survives(600);
    }

    private void survives(int count) throws Exception {
        RecordedWrites recorded = RecordedWrites.of(folder.resolve("data"), BackupAndRestore.class);
        // The last moments are those of the restore itself.
        int end = recorded.events().size();
        SortedSet<Integer> points = new TreeSet<>(PowerLoss.points(recorded, count / 2, SEED));
        for (int last = end; last > Math.max(0, end - count / 2); last--) {
            points.add(last);
        }
        List<String> wrong = new ArrayList<>();
        for (int point : points) {
            Path disk = Files.createDirectory(folder.resolve("disk" + point));
            List<String> marks = PowerLoss.replay(recorded, point, SEED + point, disk);
            String fault = marks.isEmpty() ? "" : BackupAndRestore.fault(disk, marks);
            if (!fault.isEmpty()) {
                wrong.add("point %s of %s: %s".formatted(point, end, fault));
            }
        }
        assertThat(wrong).as("seed %s", SEED).isEmpty();
    }
}
