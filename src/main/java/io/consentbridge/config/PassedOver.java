package io.consentbridge.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A file or folder among purposes, syncs, mappings or campaigns that looks like configuration but is not read.
 *
 * @param what why it is not read
 * @param whatWouldBeRight what to do
 */
record PassedOver(String what, String whatWouldBeRight) {

    private static final String ENDING = "\\.ya?ml";

    /**
     * The problem of a path; empty if there is none. Hidden files and other endings, such as those of backups, are ignored.
     */
    static Optional<PassedOver> of(Path path) {
        String name = path.getFileName().toString();
        if (name.startsWith(".") || SyncFolder.isRead(path) && !Files.isDirectory(path)) {
            return Optional.empty();
        }
        if (Files.isDirectory(path)) {
            return holdsYaml(path)
                    ? Optional.of(new PassedOver(
                            "files in subfolders are not read", "move them into the folder above," + " or elsewhere"))
                    : Optional.empty();
        }
        if (name.matches("(?i).+" + ENDING + "(\\.txt)?")) {
            String right = name.replaceFirst("(?i)" + ENDING + "(\\.txt)?$", ".yaml");
            return Optional.of(new PassedOver(
                    "this file is not read, because its name does not end with .yaml or .yml in lower case",
                    "rename it to " + right + ", or move it elsewhere"));
        }
        return Optional.empty();
    }

    private static boolean holdsYaml(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(SyncFolder::isRead);
        } catch (IOException unreadable) {
            return false;
        }
    }
}
