package io.consentbridge.powerloss;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a process wrote and synced in one folder, in order, with its {@link Marks}. Subfolders are not recorded.
 *
 * <p>The shared-memory file of SQLite is written through memory and invisible; SQLite makes it anew after a crash.
 */
public final class RecordedWrites {

    private static final String SHARED_MEMORY = "-shm";
    private static final long PATIENCE_SECONDS = 180;

    private final Path folder;
    private final Path marks;
    private final List<DiskEvent> events = new ArrayList<>();
    private final Map<String, Integer> names = new HashMap<>();
    private final Map<String, Long> positions = new HashMap<>();
    private final Map<String, Unfinished> unfinished = new HashMap<>();
    private int files;

    /** A call that another thread's call interrupts in the record. */
    private record Unfinished(String head, int begun) {}

    private RecordedWrites(Path folder, Path marks) {
        this.folder = folder;
        this.marks = marks;
    }

    /** Skips the test, with the reason as a sentence, where nothing can be recorded. */
    public static void assumePossible() {
        Optional<String> absence = Strace.absence();
        assumeTrue(absence.isEmpty(), absence.orElse(""));
    }

    /**
     * Runs a main class in a Java process of its own to its end, and records what it does in the folder.
     *
     * @param folder a new one
     * @param arguments what the class gets after the folder and the file of its marks
     */
    public static RecordedWrites of(Path folder, Class<?> main, String... arguments)
            throws IOException, InterruptedException {
        Path real = Files.createDirectories(folder).toRealPath();
        Path trace = real.resolveSibling(real.getFileName() + ".strace");
        Path marks = real.resolveSibling(real.getFileName() + ".marks");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path")
                        + File.pathSeparator
                        + System.getProperty("surefire.test.class.path", ""),
                main.getName(),
                real.toString(),
                marks.toString()));
        command.addAll(List.of(arguments));
        Strace.record(trace, command, PATIENCE_SECONDS);
        try (BufferedReader lines = Files.newBufferedReader(trace, StandardCharsets.US_ASCII)) {
            return read(lines, real, marks);
        } finally {
            Files.delete(trace);
        }
    }

    /** Reads a record that strace has written. */
    static RecordedWrites read(BufferedReader lines, Path folder, Path marks) throws IOException {
        RecordedWrites recorded = new RecordedWrites(folder, marks);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            recorded.read(line);
        }
        return recorded;
    }

    /** In the order in which they ended. */
    public List<DiskEvent> events() {
        return List.copyOf(events);
    }

    /** A line is {@code PID call(arguments) = result}, in two pieces where another thread's call came between. */
    private void read(String line) {
        int blank = line.indexOf(' ');
        String process = line.substring(0, blank);
        String said = line.substring(blank).strip();
        int begun = events.size();
        if (said.endsWith("<unfinished ...>")) {
            unfinished.put(
                    process, new Unfinished(said.substring(0, said.length() - "<unfinished ...>".length()), begun));
            return;
        }
        if (said.startsWith("<...")) {
            Unfinished first = unfinished.remove(process);
            said = first.head() + said.substring(said.indexOf("resumed>") + "resumed>".length());
            begun = first.begun();
        }
        int end = said.lastIndexOf(" = ");
        if (said.startsWith("---") || said.startsWith("+++") || end < 0) {
            return;
        }
        String result = said.substring(end + 3);
        if (result.startsWith("-1") || result.startsWith("?")) {
            return;
        }
        int open = said.indexOf('(');
        String arguments = said.substring(open + 1, said.lastIndexOf(')', end)).strip();
        call(said.substring(0, open), arguments.split(", "), result, begun);
    }

    private void call(String call, String[] arguments, String result, int begun) {
        switch (call) {
            case "openat", "open", "creat" -> opened(name(result), descriptor(result), String.join(" ", arguments));
            case "lseek" ->
                name(arguments[0]).ifPresent(name -> positions.put(descriptor(arguments[0]), Long.parseLong(result)));
            case "unlink" -> removed(name(arguments[0]));
            case "unlinkat" -> removed(name(arguments[1]));
            case "rename" -> renamed(name(arguments[0]), name(arguments[1]));
            case "renameat", "renameat2" -> renamed(name(arguments[1]), name(arguments[3]));
            case "fsync", "fdatasync" -> synced(path(arguments[0]), begun);
            case "write" -> writtenOn(arguments[0], arguments[1], result);
            case "pwrite64" -> written(name(arguments[0]), arguments[1], Long.parseLong(arguments[3]), result);
            case "ftruncate", "truncate" ->
                name(arguments[0])
                        .ifPresent(name -> events.add(new DiskEvent.Resize(file(name), Long.parseLong(arguments[1]))));
            case "mmap" -> {
                if (arguments[2].contains("PROT_WRITE") && arguments[3].contains("MAP_SHARED")) {
                    name(arguments[4])
                            .filter(name -> !name.endsWith(SHARED_MEMORY))
                            .ifPresent(name -> unknown(call, name));
                }
            }
            default -> {
                for (String argument : arguments) {
                    name(argument).ifPresent(name -> unknown(call, name));
                }
            }
        }
    }

    private void opened(Optional<String> found, String descriptor, String how) {
        found.ifPresent(name -> {
            positions.remove(descriptor);
            if (!how.contains("O_APPEND")) {
                positions.put(descriptor, 0L);
            }
            if (!names.containsKey(name)) {
                names.put(name, files);
                events.add(new DiskEvent.Created(name, files++));
            } else if (how.contains("O_TRUNC")) {
                events.add(new DiskEvent.Resize(file(name), 0));
            }
        });
    }

    private void removed(Optional<String> found) {
        found.ifPresent(name -> {
            names.remove(name);
            events.add(new DiskEvent.Removed(name));
        });
    }

    private void renamed(Optional<String> from, Optional<String> to) {
        if (from.isPresent() && to.isPresent()) {
            names.put(to.get(), file(from.get()));
            names.remove(from.get());
            events.add(new DiskEvent.Renamed(from.get(), to.get()));
        } else if (from.isPresent() || to.isPresent()) {
            unknown("rename", from.or(() -> to).get());
        }
    }

    private void synced(Optional<Path> found, int begun) {
        found.ifPresent(path -> {
            if (path.equals(folder)) {
                events.add(new DiskEvent.FolderSync(begun));
            } else {
                name(path)
                        .filter(names::containsKey)
                        .ifPresent(name -> events.add(new DiskEvent.Sync(file(name), begun)));
            }
        });
    }

    private void written(Optional<String> found, String text, long at, String result) {
        found.ifPresent(name -> events.add(new DiskEvent.Write(file(name), at, bytes(text, Integer.parseInt(result)))));
    }

    /** Goes to where the last such write of the descriptor ended. */
    private void writtenOn(String argument, String text, String result) {
        if (path(argument).filter(marks::equals).isPresent()) {
            new String(bytes(text, Integer.parseInt(result)), StandardCharsets.UTF_8)
                    .lines()
                    .forEach(mark -> events.add(new DiskEvent.Mark(mark)));
            return;
        }
        name(argument).ifPresent(name -> {
            Long at = positions.get(descriptor(argument));
            if (at == null) {
                unknown("write", name);
            }
            written(Optional.of(name), text, at, result);
            positions.put(descriptor(argument), at + Long.parseLong(result));
        });
    }

    private static String descriptor(String argument) {
        return argument.substring(0, argument.indexOf('<'));
    }

    private int file(String name) {
        Integer file = names.get(name);
        if (file == null) {
            throw new IllegalStateException("The record says nothing of where " + name + " comes from.");
        }
        return file;
    }

    private static void unknown(String call, String name) {
        throw new IllegalStateException("The record has a " + call + " of " + name + ", which it cannot replay.");
    }

    private Optional<String> name(String argument) {
        return path(argument).flatMap(this::name);
    }

    private Optional<String> name(Path path) {
        return folder.equals(path.getParent()) ? Optional.of(path.getFileName().toString()) : Optional.empty();
    }

    /** The file of {@code 5<path>} or {@code "path"}; empty if it is none. */
    private static Optional<Path> path(String argument) {
        int begin = argument.indexOf('<');
        String text =
                begin >= 0 ? argument.substring(begin + 1, argument.indexOf('>', begin)) : argument.replace("\"", "");
        if (!text.startsWith("\\x2f")) {
            return Optional.empty();
        }
        return Optional.of(Path.of(new String(bytes(text, text.length() / 4), StandardCharsets.UTF_8)));
    }

    /** Every byte is written as {@code \x2f}. */
    private static byte[] bytes(String text, int count) {
        String hex = text.startsWith("\"") ? text.substring(1, text.length() - 1) : text;
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte)
                    (Character.digit(hex.charAt(4 * i + 2), 16) << 4 | Character.digit(hex.charAt(4 * i + 3), 16));
        }
        return bytes;
    }
}
