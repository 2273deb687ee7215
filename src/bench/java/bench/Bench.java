package bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Measures the product case by case, each in comparison with something on the same machine in the same minutes where that is
 * possible, and ends with a table of the figures that have a target.
 *
 * <p>Arguments: home of the checkout, a folder to work in, and the {@link Options}.
 */
public final class Bench {

    private static final int MISUSE = 2;

    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        Home home = new Home(Path.of(arguments[0]), Path.of(arguments[1]));
        Map<String, Case> cases = cases();
        try {
            Options options =
                    Options.of(Arrays.asList(arguments).subList(2, arguments.length), List.copyOf(cases.keySet()));
            cases.keySet().retainAll(options.only());
            System.exit(run(home, options, cases) ? 0 : 1);
        } catch (Options.Misuse misuse) {
            System.err.println("bench: " + misuse.getMessage());
            System.exit(MISUSE);
        }
    }

    private static Map<String, Case> cases() {
        Map<String, Case> cases = new LinkedHashMap<>();
        cases.put("rate", RateCase.bareLoop());
        cases.put("camel", RateCase.plainRoute());
        cases.put("file", new FileCase());
        cases.put("history", new HistoryCase());
        cases.put("heap", new HeapCase());
        cases.put("start", new StartCase());
        cases.put("changes", new ChangesCase());
        cases.put("postgres", new PostgresCase());
        cases.put("quiet", new QuietCase());
        cases.put("selecting", new SelectingCase());
        return cases;
    }

    /** Returns whether every case came to its end. */
    private static boolean run(Home home, Options options, Map<String, Case> cases)
            throws IOException, InterruptedException {
        empty(home.work());
        Summary summary = new Summary();
        boolean complete = true;
        String setting = setting(options);
        System.out.println(setting);
        try (Zoho zoho = Zoho.start(home, options.people())) {
            Product product = Product.configured(home, zoho, options.connections());
            Stage stage = new Stage(home, options, zoho, product, summary);
            for (Map.Entry<String, Case> each : cases.entrySet()) {
                complete &= run(each.getKey(), each.getValue(), stage);
            }
        }
        String text = String.format(Locale.ROOT, "%s, %.1f at the end%n%n%s", setting, Machine.load(), summary.text());
        System.out.printf("%n%s", text);
        Files.writeString(home.work().resolve("summary.md"), text);
        return complete;
    }

    /** What the figures depend on. With a load before the start, others work on the machine too. */
    private static String setting(Options options) {
        return String.format(
                Locale.ROOT,
                "%,d people, %d connections, %d processors, Java %s, load %.1f at the start",
                options.people(),
                options.connections(),
                Runtime.getRuntime().availableProcessors(),
                Runtime.version(),
                Machine.load());
    }

    private static boolean run(String name, Case one, Stage stage) throws InterruptedException {
        try {
            one.run(stage);
            return true;
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            // The other cases start level, whatever became of this one.
            Stage.say(name, "failed: %s", e.getMessage());
            stage.summary().failed(name);
            return false;
        } finally {
            System.out.flush();
        }
    }

    private static void empty(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        Files.createDirectories(folder);
    }
}
