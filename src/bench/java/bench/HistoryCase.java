package bench;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** How long commands take that read the history, without a runtime, when the runs before left many outcomes. */
final class HistoryCase implements Case {

    private static final Target TARGET = Target.atMost(2, 1.2);

    @Override
    public void run(Stage stage) throws IOException, InterruptedException {
        Store store = stage.embedded("history");
        long outcomes = stage.first("history-first", store).people();
        int runs = 1;
        while (outcomes < stage.options().outcomes()) {
            outcomes += stage.product()
                    .sync("history-full", Product.PLAIN, store, "--full")
                    .people();
            runs++;
        }
        Stage.say("history", "%,d outcomes of %,d full runs over %,d people", outcomes, runs, stage.people());
        Map<String, String[]> commands = new LinkedHashMap<>();
        commands.put("history", new String[] {"history"});
        commands.put("sync list", new String[] {"sync", "list"});
        commands.put("history --run", new String[] {"history", "--run", "last"});
        for (Map.Entry<String, String[]> command : commands.entrySet()) {
            double[] wall = new double[Stage.TURNS];
            double[] cpu = new double[Stage.TURNS];
            for (int turn = 0; turn < Stage.TURNS; turn++) {
                Program.Took took = stage.product().command("history-command", store, command.getValue());
                wall[turn] = took.wall();
                cpu[turn] = took.cpu();
            }
            Stage.say(
                    "",
                    "%-13s %.2f s, %.2f s CPU; load %.1f",
                    command.getKey(),
                    Stage.median(wall),
                    Stage.median(cpu),
                    Machine.load());
            String measure = String.format(Locale.ROOT, "%s at %,d outcomes", command.getKey(), outcomes);
            stage.figure(measure, "s", Stage.median(wall), TARGET);
        }
    }
}
