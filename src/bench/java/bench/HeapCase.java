package bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What lives in the heap during a first run. Only a full collection tells what lives: one is asked for every second, and the
 * JVM's log says what each left.
 */
final class HeapCase implements Case {

    private static final Pattern FULL = Pattern.compile("Pause Full .* \\d+M->(\\d+)M\\(");
    private static final long BETWEEN = 1_000;

    @Override
    public void run(Stage stage) throws IOException, InterruptedException {
        Path log = stage.home().work().resolve("heap.gc");
        stage.zoho().reset();
        Program run = stage.product()
                .begin(
                        "heap",
                        Product.PLAIN,
                        stage.embedded("heap"),
                        Map.of("CONSENTBRIDGE_JAVA_OPTS", Home.HEAP + " -Xlog:gc:file=" + log));
        while (run.isAlive()) {
            collect(run.pid());
            Thread.sleep(BETWEEN);
        }
        run.end();
        double[] live = live(log);
        double most = Arrays.stream(live).max().orElseThrow();
        Stage.say(
                "heap",
                "%.0f MB live at most, %.0f MB in the middle, after %d full collections, with %s and %,d people",
                most,
                Stage.median(live),
                live.length,
                Home.HEAP,
                stage.people());
        String measure = String.format(Locale.ROOT, "heap live at %,d people with %s", stage.people(), Home.HEAP);
        stage.figure(measure, "MB", most, Target.atMost(80, 64));
    }

    /** The megabytes that each full collection left; never none. */
    private static double[] live(Path log) throws IOException {
        double[] live = FULL.matcher(Files.readString(log))
                .results()
                .mapToDouble(full -> Double.parseDouble(full.group(1)))
                .toArray();
        if (live.length == 0) {
            throw new IllegalStateException("no full collection in " + log);
        }
        return live;
    }

    /** Asks the process for a full collection; one that starts or ends at the moment has none. */
    private static void collect(long pid) throws IOException, InterruptedException {
        if (pid != 0) {
            new ProcessBuilder(
                            Path.of(Home.javaCommand()).resolveSibling("jcmd").toString(), Long.toString(pid), "GC.run")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        }
    }
}
