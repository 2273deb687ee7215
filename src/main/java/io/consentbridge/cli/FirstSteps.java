package io.consentbridge.cli;

import io.consentbridge.config.SyncFolder;
import java.nio.file.Path;
import java.util.Optional;

/** Says what to do next in an installation whose configuration has no sync yet. */
final class FirstSteps {

    private FirstSteps() {}

    /** Returns one line for each step; empty when there is a sync. */
    static Optional<String> of(Path config) {
        return new SyncFolder(config).isEmpty()
                ? Optional.of("""
                        There is no sync yet, so nobody is mailed. Next steps:
                          1. Write a purpose into %s (samples: samples/config/purposes).
                          2. Create a sync from a file of yours (samples: samples/config/syncs):
                               consentbridge sync create NAME --from FILE
                          3. Check the configuration, and preview a run:
                               consentbridge check
                               consentbridge sync preview NAME
                          4. Run it once, or on its schedule:
                               consentbridge sync run NAME --wait
                               consentbridge start""".formatted(config.resolve("purposes")))
                : Optional.empty();
    }
}
