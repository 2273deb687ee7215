package io.consentbridge.proof;

import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes a log into a folder, where an outsider checks it without the product: {@code java Verify.java FOLDER}.
 *
 * <p>The folder holds what c2sp.org/tlog-tiles names ({@code checkpoint}, {@code tile/0/...}, {@code tile/entries/...}), and
 * beside it {@code checkpoints.txt} (the notes of all checkpoints, the oldest first), {@code keys.txt} (the public keys, one
 * a line), {@code public-key.pem} (the key that signs now, for openssl), {@code Verify.java} and {@code README.txt}.
 * {@code checkpoint} is written last, so that an export that broke off never verifies.
 */
public final class LogExport {

    private static final int BUNDLE_BYTES = 128 * 1024;
    private static final int MAX_ENTRY = 0xFFFF;

    private final Path folder;
    private final ByteArrayOutputStream bundle = new ByteArrayOutputStream(BUNDLE_BYTES);
    private int bundled;
    private long written;
    private String lastNote;

    private LogExport(Path folder) {
        this.folder = folder;
    }

    /**
     * Writes the log up to its last checkpoint. What is damaged in the log is written as it is, for the verification to find.
     *
     * @param folder must be empty or absent
     * @return the last checkpoint
     * @throws BrokenProof if the folder holds something, or the log has no checkpoint
     * @throws UncheckedIOException if a file cannot be written
     */
    public static Checkpoint write(Path folder, LogSource log) {
        try {
            return new LogExport(folder).write(log);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private Checkpoint write(LogSource log) throws IOException {
        requireEmpty();
        Files.createDirectories(folder);
        copyResource("Verify.java");
        copyResource("README.txt");
        writeText("keys.txt", log.keys().stream().map(key -> key + "\n").collect(Collectors.joining()));
        writeText("public-key.pem", log.keys().get(log.keys().size() - 1).pem());
        writeCheckpoints(log);
        if (lastNote == null) {
            throw new BrokenProof("The ledger has no checkpoint yet, so that there is nothing to export.");
        }
        Checkpoint last = Checkpoint.parse(SignedNote.parse(lastNote).text());
        log.entries(last.size(), (sequence, entry) -> add(entry, last.size()));
        if (bundled > 0) {
            writeBundle(last.size());
        }
        writeTiles(log, last.size());
        writeText("checkpoint", lastNote);
        return last;
    }

    private void requireEmpty() throws IOException {
        if (Files.isDirectory(folder)) {
            try (Stream<Path> inside = Files.list(folder)) {
                if (inside.findAny().isEmpty()) {
                    return;
                }
            }
        } else if (!Files.exists(folder)) {
            return;
        }
        throw new BrokenProof(folder + " is not an empty folder. Name one that does not exist yet.");
    }

    private void writeCheckpoints(LogSource log) throws IOException {
        try (BufferedWriter file = Files.newBufferedWriter(folder.resolve("checkpoints.txt"))) {
            for (Iterator<String> notes = log.checkpoints(); notes.hasNext(); ) {
                String note = notes.next();
                file.write(lastNote == null ? note : "\n" + note);
                lastNote = note;
            }
        }
    }

    private void add(byte[] entry, long size) {
        if (entry.length > MAX_ENTRY) {
            throw new BrokenProof(
                    "An entry of the ledger has " + entry.length + " bytes; at most " + MAX_ENTRY + " fit.");
        }
        bundle.write(entry.length >> 8);
        bundle.write(entry.length);
        bundle.writeBytes(entry);
        bundled++;
        if (bundled == Tile.WIDTH) {
            try {
                writeBundle(size);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }

    private void writeBundle(long size) throws IOException {
        int width = Math.max(1, Tile.width(0, written, size)); // a log with surplus entries goes on after its last tile
        writeBytes(Tile.entriesPath(written, width), bundle.toByteArray());
        bundle.reset();
        bundled = 0;
        written++;
    }

    private void writeTiles(LogSource log, long size) throws IOException {
        for (int level = 0; size >>> (8 * level) > 0; level++) {
            for (long index = 0; Tile.width(level, index, size) > 0; index++) {
                int width = Tile.width(level, index, size);
                try {
                    byte[] hashes = log.hashes(level, index, width);
                    writeBytes(
                            Tile.path(level, index, width),
                            Arrays.copyOf(hashes, Math.min(hashes.length, width * Hash.LENGTH)));
                } catch (BrokenProof missing) {
                    // The verification names it.
                }
            }
        }
    }

    private void copyResource(String name) throws IOException {
        try (InputStream file = LogExport.class.getResourceAsStream("/ledger-export/" + name)) {
            Files.copy(file, folder.resolve(name));
        }
    }

    private void writeText(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private void writeBytes(String path, byte[] bytes) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }
}
