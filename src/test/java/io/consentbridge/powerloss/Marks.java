package io.consentbridge.powerloss;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** By what a recorded process says what it has done, such as which transaction is committed. For many threads. */
public final class Marks implements AutoCloseable {

    private final FileOutputStream file;

    /** @param file the one that the process was told */
    public Marks(Path file) throws IOException {
        this.file = new FileOutputStream(file.toFile());
    }

    /** Says it in one write, so that it stands in the record between what came before and what comes after. */
    public void set(String text) {
        try {
            file.write((text + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
