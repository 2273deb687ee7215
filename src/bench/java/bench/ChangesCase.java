package bench;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** What a run over a hundred changes takes among many people, against the same among a tenth of them. */
final class ChangesCase implements Case {

    private static final int CHANGES = 100;
    private static final int TENTH = 10;

    /** A sandbox, the product over it after a first run, and the leads that may change. */
    private record Side(String name, Zoho zoho, Product product, Store store, List<String> leads) {

        static Side prepared(Stage stage, Zoho zoho, String name) throws IOException, InterruptedException {
            Product product =
                    Product.configured(stage.home(), zoho, stage.options().connections());
            Store store = stage.embedded(name);
            zoho.reset();
            product.sync(name + "-first", Product.PLAIN, store);
            return new Side(name, zoho, product, store, zoho.leadsOn(Product.LIST));
        }

        Product.Run quiet() throws IOException, InterruptedException {
            return product.sync(name + "-quiet", Product.PLAIN, store);
        }

        Product.Run changed(int turn) throws IOException, InterruptedException {
            Collections.shuffle(leads, new Random(turn));
            zoho.change(leads.subList(0, CHANGES), "Changed " + turn);
            return product.sync(name + "-" + turn, Product.PLAIN, store);
        }
    }

    @Override
    public void run(Stage stage) throws IOException, InterruptedException {
        int people = stage.people();
        try (Zoho small = Zoho.start(stage.home(), people / TENTH)) {
            Side few = Side.prepared(stage, small, "changes-few");
            Side many = Side.prepared(stage, stage.zoho(), "changes-many");
            double quietFew = few.quiet().cpu();
            double quietMany = many.quiet().cpu();
            double[] cpuFew = new double[Stage.TURNS];
            double[] cpuMany = new double[Stage.TURNS];
            for (int turn = 0; turn < Stage.TURNS; turn++) {
                cpuFew[turn] = few.changed(turn).cpu();
                cpuMany[turn] = many.changed(turn).cpu();
            }
            Stage.say(
                    "changes",
                    "%d among %,d people: %.2f s CPU; among %,d: %.2f s CPU; without changes %.2f and %.2f s",
                    CHANGES,
                    people,
                    Stage.median(cpuMany),
                    people / TENTH,
                    Stage.median(cpuFew),
                    quietMany,
                    quietFew);
            String measure = String.format(
                    Locale.ROOT,
                    "%1$d changes in %2$,d ÷ %1$d in %3$,d, processor time",
                    CHANGES,
                    people,
                    people / TENTH);
            stage.figure(measure, "", Stage.median(cpuMany) / Stage.median(cpuFew), Target.atMost(1.3, 1.1));
        }
    }
}
