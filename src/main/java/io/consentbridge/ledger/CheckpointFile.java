package io.consentbridge.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;

/**
 * A file with all checkpoints, one after the other with an empty line between them, as exports have them.
 *
 * @param path the file; its folder must be there
 */
record CheckpointFile(Path path) implements CheckpointTarget {

    @Override
    public String name() {
        return "file";
    }

    @Override
    public void take(List<StoredCheckpoint> checkpoints) throws IOException {
        try (FileChannel file = FileChannel.open(
                path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            StringBuilder text = new StringBuilder();
            for (StoredCheckpoint checkpoint : checkpoints) {
                text.append(file.size() == 0 && text.isEmpty() ? "" : "\n").append(checkpoint.note());
            }
            ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            file.force(true);
        } catch (IOException unreachable) {
            throw new IOException("the file " + path + " cannot be written", unreachable);
        }
    }

    /** The notes in the file, the oldest first; a last one that is cut short is left out. */
    List<String> notes() throws IOException {
        if (!Files.exists(path)) {
            return List.of();
        }
        // A note is its text, an empty line and its signatures.
        String[] blocks = Files.readString(path).split("\n\n");
        return Arrays.stream(join(blocks)).toList();
    }

    private static String[] join(String[] blocks) {
        String[] notes = new String[blocks.length / 2];
        for (int i = 0; i < notes.length; i++) {
            notes[i] = blocks[2 * i] + "\n\n" + blocks[2 * i + 1].stripTrailing() + "\n";
        }
        return notes;
    }
}
