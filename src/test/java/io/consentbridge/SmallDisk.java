package io.consentbridge;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;

/** A disk of its own in a folder, small enough to get full. A test that needs one is skipped where this user may not mount it. */
public final class SmallDisk implements AutoCloseable {

    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /**
     * Mounts a disk.
     *
     * @param folder an empty one
     * @param size how much it takes, such as 24m
     */
    public static SmallDisk mount(Path folder, String size) {
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", folder.toString()),
                "only root can mount a small disk");
        return new SmallDisk(folder);
    }

    /** Makes it smaller or larger; what it holds stays. */
    public void resize(String size) {
        if (!run("mount", "-o", "remount,size=" + size, folder.toString())) {
            throw new IllegalStateException(folder + " cannot be resized");
        }
    }

    @Override
    public void close() {
        run("umount", folder.toString());
    }

    private static boolean run(String... command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException absent) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
