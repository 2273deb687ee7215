package bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A process of which the bench waits for the end, with what it wrote and what it took. */
final class Program {

    /** Writes the seconds of user and system that the command and its children took, to the file of the first argument. */
    private static final String TIMED =
            "TIMEFORMAT='%U %S'; base=$1; shift; { time \"$@\" >\"$base.out\" 2>\"$base.err\"; } 2>\"$base.times\"";

    private final Process process;
    private final Path base;
    private final long begun = System.nanoTime();
    private final Machine.Ticks before = Machine.Ticks.now();

    private Program(Process process, Path base) throws IOException {
        this.process = process;
        this.base = base;
    }

    /**
     * What a process took.
     *
     * @param wall seconds from its start to its end
     * @param cpu seconds of processor time, user and system, with its children's
     * @param idle the share of the machine's processors that nobody used meanwhile, in percent
     * @param output what it wrote to standard output
     */
    record Took(double wall, double cpu, double idle, String output) {}

    /** Starts a command; what it writes goes to files of that name in the folder. */
    static Program start(Path folder, String name, List<String> line, Map<String, String> environment)
            throws IOException {
        Path base = folder.resolve(name);
        List<String> timed = new ArrayList<>(List.of("bash", "-c", TIMED, "bench", base.toString()));
        timed.addAll(line);
        ProcessBuilder builder = new ProcessBuilder(timed);
        builder.environment().putAll(environment);
        return new Program(builder.start(), base);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** The number of the process itself; 0 as long as it has none. */
    long pid() {
        return process.children().mapToLong(ProcessHandle::pid).findFirst().orElse(0);
    }

    /** Waits for its end. Throws {@link IllegalStateException} when it failed. */
    Took end() throws IOException, InterruptedException {
        int status = process.waitFor();
        double wall = (System.nanoTime() - begun) / 1e9;
        if (status != 0) {
            throw new IllegalStateException("a command ended with " + status + "; see " + base + ".err");
        }
        double cpu = 0;
        for (String seconds : Files.readString(file(".times")).strip().split("\\s+")) {
            cpu += Double.parseDouble(seconds.replace(',', '.'));
        }
        return new Took(wall, cpu, Machine.Ticks.now().idleSince(before), Files.readString(file(".out")));
    }

    private Path file(String ending) {
        return base.resolveSibling(base.getFileName() + ending);
    }
}
