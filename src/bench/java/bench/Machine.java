package bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** What else happens on the machine while something is measured. */
final class Machine {

    private static final Path TICKS = Path.of("/proc/stat");
    private static final int IDLE = 4;
    private static final int WAITING = 5;

    private Machine() {}

    /** Processes that want a processor, on average of the last minute. */
    static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    /** The time of all processors since the machine's start; zeros where the machine is not a Linux. */
    record Ticks(long idle, long all) {

        static Ticks now() throws IOException {
            if (!Files.isReadable(TICKS)) {
                return new Ticks(0, 0);
            }
            String[] words = Files.readAllLines(TICKS).get(0).split("\\s+");
            long all = 0;
            for (int index = 1; index < words.length; index++) {
                all += Long.parseLong(words[index]);
            }
            return new Ticks(Long.parseLong(words[IDLE]) + Long.parseLong(words[WAITING]), all);
        }

        /** The share of the processors' time since then that nobody used, in percent; not a number where it is not known. */
        double idleSince(Ticks before) {
            return 100.0 * (idle - before.idle) / (all - before.all);
        }
    }
}
