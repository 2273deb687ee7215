package io.consentbridge;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * The JVM in which a test starts the product, with the classes under test, as a process of its own.
 *
 * <p>A third of such a start would be reading the classes of the libraries. So the first test that needs one lets the demo
 * run and records them, as {@code bin/consentbridge} does (docs/decisions/0008-start.md); the record stays in {@code
 * target/}. Only speed depends on it: a JVM that it does not fit starts without it, in silence.
 */
public final class ProductJvm {

    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final List<String> QUICK = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
    private static final List<String> JARS = classPath(false);
    private static final List<String> FOLDERS = classPath(true);

    /** One for each set of libraries and each Java. */
    private static final Path FOLDER = Path.of(
                    "target",
                    "product-jvm",
                    UUID.nameUUIDFromBytes((joined(JARS) + System.getProperty("java.vm.version"))
                                    .getBytes(StandardCharsets.UTF_8))
                            .toString())
            .toAbsolutePath();

    private static final Path REHEARSAL = FOLDER.resolve("rehearsal.jar");
    private static final Path RECORD = FOLDER.resolve("classes.jsa");
    private static final int MOST_SECONDS = 120;

    private ProductJvm() {}

    /**
     * A command line up to the arguments of the product.
     *
     * @param options further options of the JVM
     */
    public static List<String> with(String... options) {
        // A record fits where the jars that it knows come first.
        return Stream.of(
                        List.of(JAVA),
                        QUICK,
                        recorded(),
                        List.of(options),
                        List.of("-cp", joined(known()) + File.pathSeparator + joined(FOLDERS)),
                        List.of(ConsentBridge.class.getName()))
                .flatMap(List::stream)
                .toList();
    }

    private static List<String> classPath(boolean folders) {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> Files.isDirectory(Path.of(entry)) == folders)
                .toList();
    }

    private static List<String> known() {
        return Stream.concat(JARS.stream(), Stream.of(REHEARSAL.toString())).toList();
    }

    private static String joined(List<String> entries) {
        return String.join(File.pathSeparator, entries);
    }

    private static synchronized List<String> recorded() {
        try {
            if (Files.notExists(RECORD)) {
                recordUnlessOthersDo();
            }
            return Files.notExists(RECORD) || Files.size(RECORD) == 0
                    ? List.of()
                    : List.of("-XX:SharedArchiveFile=" + RECORD, "-Xshare:auto", "-Xlog:cds*=off");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Nobody waits for another JVM of the same build. */
    private static void recordUnlessOthersDo() throws IOException {
        Files.createDirectories(FOLDER);
        try (FileChannel channel =
                        FileChannel.open(FOLDER.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock alone = channel.tryLock()) {
            if (alone != null && Files.notExists(RECORD)) {
                pack();
                record();
            }
        }
    }

    /** A record takes classes from jars alone, so the class that it begins with is put into one. */
    private static void pack() throws IOException {
        String name = Rehearsal.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(REHEARSAL))) {
            jar.putNextEntry(new ZipEntry(name));
            Rehearsal.class.getResourceAsStream("/" + name).transferTo(jar);
        }
    }

    /** An empty record keeps the next JVM from trying in vain again. A JVM crashes on half a record. */
    private static void record() throws IOException {
        Path made = FOLDER.resolve("new.jsa");
        Files.deleteIfExists(made);
        List<String> line = new ArrayList<>(List.of(JAVA));
        line.addAll(QUICK);
        line.addAll(List.of(
                "-XX:ArchiveClassesAtExit=" + made,
                "-Dconsentbridge.samples=" + Path.of("samples/config").toAbsolutePath(),
                "-Dconsentbridge.routes=" + Path.of("routes").toAbsolutePath(),
                "-cp",
                joined(known()),
                Rehearsal.class.getName(),
                joined(FOLDERS),
                "demo",
                "--people",
                "10"));
        ProcessBuilder builder = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(FOLDER.resolve("log").toFile());
        builder.environment().keySet().retainAll(List.of("PATH"));
        Process rehearsal = builder.start();
        boolean good = false;
        try {
            good = rehearsal.waitFor(MOST_SECONDS, TimeUnit.SECONDS) && rehearsal.exitValue() == 0;
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } finally {
            rehearsal.destroyForcibly();
        }
        if (!good || Files.notExists(made)) {
            Files.deleteIfExists(made);
            Files.createFile(made);
        }
        Files.move(made, RECORD, StandardCopyOption.ATOMIC_MOVE);
    }
}
