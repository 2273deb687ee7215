package io.consentbridge.proof;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A text file of signed notes, one after the other with an empty line between them, as {@code checkpoints.txt} of an export is. It
 * may hold the checkpoints of years, so that it is never read as a whole.
 *
 * @param path the file
 */
public record NoteFile(Path path) {

    /**
     * With so many checkpoints of a file a log is compared. The last one covers all entries of those before it; these only tell more
     * closely where something was changed, and each takes the time of a signature.
     */
    public static final int ENOUGH = 1000;

    /** More than the last note has, in bytes. */
    private static final int TAIL = 16 * 1024;

    /** Characters of the shortest signature. */
    private static final int SHORTEST = 92;

    private static final String SIGNATURE = "\u2014 ";

    /**
     * Some of the notes, the oldest first: all if they are not more than so many, else spread evenly over the file with the last one
     * among them. One that was cut, as a power loss leaves it, is passed over.
     *
     * @throws IOException if the file cannot be read
     */
    public List<String> some(int most) throws IOException {
        long[] count = {0};
        each(note -> count[0]++);
        List<String> some = new ArrayList<>();
        long[] index = {0};
        each(note -> {
            long i = index[0]++;
            if (count[0] <= most || (i + 1) * most / count[0] > i * most / count[0]) {
                some.add(note);
            }
        });
        return some;
    }

    /**
     * The last note that was not cut; empty if there is none.
     *
     * @throws IOException if the file cannot be read
     */
    public Optional<String> last() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            byte[] tail = new byte[(int) Math.min(TAIL, file.length())];
            file.seek(file.length() - tail.length);
            file.readFully(tail);
            String[] blocks =
                    new String(tail, StandardCharsets.UTF_8).replace("\r", "").split("\n\n");
            for (int i = blocks.length - 1; i > 0; i--) {
                if (blocks[i].startsWith(SIGNATURE) && isWhole(blocks[i])) {
                    return Optional.of(blocks[i - 1].strip() + "\n\n" + blocks[i].stripTrailing() + "\n");
                }
            }
            return Optional.empty();
        }
    }

    private void each(Consumer<String> receiver) throws IOException {
        List<String> text = new ArrayList<>();
        List<String> signatures = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(Files.newInputStream(path), StandardCharsets.UTF_8))) {
            boolean signed = false;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isEmpty()) {
                    if (signed && signatures.isEmpty() && !line.startsWith(SIGNATURE)) {
                        text.clear(); // it was cut before its signature
                        signed = false;
                    }
                    (signed ? signatures : text).add(line);
                } else if (signatures.isEmpty()) {
                    signed = !text.isEmpty();
                } else {
                    give(text, signatures, receiver);
                    text.clear();
                    signatures.clear();
                    signed = false;
                }
            }
        }
        give(text, signatures, receiver);
    }

    private static void give(List<String> text, List<String> signatures, Consumer<String> receiver) {
        String signed = String.join("\n", signatures);
        if (isWhole(signed)) {
            receiver.accept(String.join("\n", text) + "\n\n" + signed + "\n");
        }
    }

    /** Whether the last signature is not cut: four bytes that name the key, and at least the 64 of Ed25519, in base64. */
    private static boolean isWhole(String signatures) {
        String last = signatures.stripTrailing();
        int length = last.length() - last.lastIndexOf(' ') - 1;
        return length >= SHORTEST && length % 4 == 0;
    }
}
