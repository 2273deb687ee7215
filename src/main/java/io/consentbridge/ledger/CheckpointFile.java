package io.consentbridge.ledger;

import io.consentbridge.proof.NoteFile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

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
            // What a power loss left of a note stands alone, and is passed over.
            StringBuilder text = new StringBuilder(isCut() ? "\n" : "");
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

    /** Whether the file ends in the middle of a line. */
    private boolean isCut() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            if (file.length() == 0) {
                return false;
            }
            file.seek(file.length() - 1);
            return file.read() != '\n';
        }
    }

    /** Some of the notes in the file, spread evenly, the oldest first and the last one among them; {@link NoteFile#some}. */
    List<String> notes(int most) throws IOException {
        return Files.exists(path) ? new NoteFile(path).some(most) : List.of();
    }

    /** The last note in the file; empty if there is none. */
    Optional<String> last() throws IOException {
        return Files.exists(path) ? new NoteFile(path).last() : Optional.empty();
    }
}
