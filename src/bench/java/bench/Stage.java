package bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * What a case works with.
 *
 * @param home the checkout that is measured
 * @param options what the user asks for
 * @param zoho a sandbox with that many people; a case resets it first
 * @param product the product over that sandbox
 * @param summary the figures so far
 */
record Stage(Home home, Options options, Zoho zoho, Product product, Summary summary) {

    /** How often each comparison is made. */
    static final int TURNS = 3;

    /** How many people the measured syncs select. */
    int people() {
        return options.people();
    }

    /** Adds a figure that has a target to the summary. */
    void figure(String measure, String unit, double figure, Target target) {
        summary.add(measure, unit, figure, target);
    }

    /** An empty folder for an embedded database. */
    Path folder(String name) throws IOException {
        return Files.createDirectories(home.work().resolve("data/" + name));
    }

    /** An embedded database in an empty folder. */
    Store embedded(String name) throws IOException {
        return Store.embedded(home, folder(name));
    }

    /** A first run of the plain sync over an empty embedded database and a sandbox as at its start. */
    Product.Run first(String name) throws IOException, InterruptedException {
        return first(name, embedded(name));
    }

    /** A first run of the plain sync over an empty database and a sandbox as at its start. */
    Product.Run first(String name, Store store) throws IOException, InterruptedException {
        zoho.reset();
        return product.sync(name, Product.PLAIN, store);
    }

    /** A figure for so many people, as if there were 100,000. */
    double perHundredThousand(double figure) {
        return figure * 100_000 / people();
    }

    static void say(String what, String numbers, Object... values) {
        System.out.printf(Locale.ROOT, "%-14s %s%n", what, String.format(Locale.ROOT, numbers, values));
    }

    static double median(double... figures) {
        double[] sorted = figures.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
