package bench;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * The rate of a first run against that of something that makes the same calls with the same options of the JVM: in turns, the
 * other before and after the product, each over a sandbox as at its start.
 */
final class RateCase implements Case {

    private static final int FEWEST = 1_000;

    private final String name;
    private final Class<?> other;
    private final Target target;
    private final boolean alone;

    private RateCase(String name, Class<?> other, Target target, boolean alone) {
        this.name = name;
        this.other = other;
        this.target = target;
        this.alone = alone;
    }

    /** Against a loop of Java's own client; tells what the product alone takes as well. */
    static RateCase bareLoop() {
        return new RateCase("bare loop", BareLoop.class, Target.atLeast(0.6, 0.9), true);
    }

    /** Against a Camel route that keeps nothing. */
    static RateCase plainRoute() {
        return new RateCase("plain route", PlainRoute.class, Target.atLeast(0.7, 1.0), false);
    }

    @Override
    public void run(Stage stage) throws IOException, InterruptedException {
        String files = name.replace(' ', '-');
        // The sandbox is warm for the first that counts.
        measure(stage, files + "-warm", Math.max(FEWEST, stage.people() / 10));
        double[] ratios = new double[Stage.TURNS];
        double[] cpu = new double[Stage.TURNS];
        for (int turn = 0; turn < Stage.TURNS; turn++) {
            String suffix = "-" + (turn + 1);
            Pace before = measure(stage, files + "-before" + suffix, stage.people());
            Stage.say(name, "%s", before);
            Product.Run run = stage.first("product-" + files + suffix);
            Pace product = run.pace();
            Stage.say("product", "%s", product);
            Pace after = measure(stage, files + "-after" + suffix, stage.people());
            Stage.say(name, "%s", after);
            double others = (before.rate() + after.rate()) / 2;
            ratios[turn] = product.rate() / others;
            cpu[turn] = product.took().cpu();
            Stage.say(
                    "",
                    "ratio %.2f, %.2f with the start of the process; %,d calls for %,d people; load %.1f",
                    ratios[turn],
                    product.calls() / product.took().wall() / others,
                    product.calls(),
                    run.people(),
                    Machine.load());
        }
        stage.figure("rate ÷ " + name, "", Stage.median(ratios), target);
        if (alone) {
            stage.figure(
                    "processor time of the product, 100,000 people",
                    "s",
                    stage.perHundredThousand(Stage.median(cpu)),
                    Target.atMost(35, 22));
        }
    }

    private Pace measure(Stage stage, String files, int calls) throws IOException, InterruptedException {
        stage.zoho().reset();
        double before = stage.zoho().cpu();
        String connections = Integer.toString(stage.options().connections());
        List<String> line = stage.home().java(other, stage.zoho().url(), Integer.toString(calls), connections);
        Program.Took took =
                Program.start(stage.home().work(), files, line, Map.of()).end();
        String[] lines = took.output().strip().split("\n");
        String[] words = lines[lines.length - 1].split(" "); // Camel logs to standard output too
        return new Pace(
                Long.parseLong(words[0]),
                Double.parseDouble(words[1]),
                took,
                stage.zoho().cpu() - before);
    }
}
