package io.consentbridge.powerloss;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A power loss while pages are stored and deliveries are settled, with the embedded database as the product opens it. */
class ProductPowerLossIT {

    private static final long SEED = Long.getLong("powerloss.seed", 20261128);

    @TempDir
    private Path folder;

    @BeforeAll
    static void needsStrace() {
        RecordedWrites.assumePossible();
    }

    @Test
    @DisplayName("A power loss at 20 points loses no stored page and no settlement, and leaves none half")
    void fewPoints() throws Exception {
        survives(20);
    }

    @Test
    @Tag("long")
    @DisplayName("A power loss at 400 points loses no stored page and no settlement, and leaves none half")
    void manyPoints() throws Exception {
        survives(400);
    }

    private void survives(int count) throws Exception {
        RecordedWrites recorded = RecordedWrites.of(folder.resolve("data"), PagesAndDeliveries.class);
        List<String> wrong = new ArrayList<>();
        for (int point : PowerLoss.points(recorded, count, SEED)) {
            Path disk = Files.createDirectory(folder.resolve("disk" + point));
            List<String> marks = PowerLoss.replay(recorded, point, SEED + point, disk);
            SurvivingWork.faults(disk, marks).forEach(fault -> wrong.add("point %d: %s".formatted(point, fault)));
        }
        assertThat(wrong).as("seed %d", SEED).isEmpty();
    }
}
