package bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** What lies in the data folder when the process has ended: after the first run, and after runs over changed people. */
final class FileCase implements Case {

    private static final int RUNS = 20;
    /** One of so many people is changed before each run. */
    private static final int SHARE = 100;

    private static final double MEGABYTE = 1_000_000;
    private static final Target TARGET = Target.atMost(120, 50);

    @Override
    public void run(Stage stage) throws IOException, InterruptedException {
        Path folder = stage.folder("file");
        Store store = Store.embedded(stage.home(), folder);
        stage.first("file-first", store);
        double fresh = megabytes(stage, folder);
        List<String> leads = stage.zoho().leadsOn(Product.LIST);
        int changes = Math.min(leads.size(), stage.people() / SHARE);
        for (int run = 1; run <= RUNS; run++) {
            Collections.shuffle(leads, new Random(run));
            stage.zoho().change(leads.subList(0, changes), "Changed " + run);
            stage.product().sync("file-" + run, Product.PLAIN, store);
        }
        double later = megabytes(stage, folder);
        Stage.say(
                "file",
                "%.1f MB for 100,000 people after the first run, %.1f MB after %d runs of %,d changes",
                fresh,
                later,
                RUNS,
                changes);
        stage.figure("embedded file, 100,000 people, fresh", "MB", fresh, TARGET);
        stage.figure("embedded file, after " + RUNS + " runs of 1 % changes", "MB", later, TARGET);
    }

    private static double megabytes(Stage stage, Path folder) throws IOException {
        return stage.perHundredThousand(Store.bytes(folder) / MEGABYTE);
    }
}
