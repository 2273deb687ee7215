package bench;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.main.Main;

/**
 * What the connector is measured against: what somebody would write with Camel who keeps nothing
 * ({@code src/bench/resources/plain.camel.yaml}). Pages of leads are read and split while so many calls of
 * {@code listsubscribe} are under way, through camel-http and without a database. Prints how many calls it made and in how
 * many seconds.
 *
 * <p>Arguments: base URL of a sandbox, number of leads to read, number of connections.
 */
public final class PlainRoute {

    private PlainRoute() {}

    public static void main(String[] args) throws Exception {
        AtomicInteger subscribed = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        Main main = new Main();
        main.setDefaultPropertyPlaceholderLocation("false");
        main.addInitialProperty("zoho", args[0]);
        main.addInitialProperty("credential", Credential.FORM);
        main.addInitialProperty("connections", args[2]);
        main.addInitialProperty("camel.threadpool.config[calls].pool-size", args[2]);
        main.addInitialProperty("camel.threadpool.config[calls].max-pool-size", args[2]);
        main.addInitialProperty("camel.main.routes-include-pattern", "classpath:plain.camel.yaml");
        main.bind("subscription", new Subscription());
        main.bind("subscribed", subscribed);
        main.bind("refused", refused);
        main.start();
        ProducerTemplate template = main.getCamelContext().createProducerTemplate();
        template.sendBody("direct:plain-prepare", "");
        long start = System.nanoTime();
        template.sendBody("direct:plain-run", new Leads(template, Integer.parseInt(args[1])));
        double seconds = (System.nanoTime() - start) / 1e9;
        main.stop();
        System.out.printf(Locale.ROOT, "%d %.2f%n", subscribed.get() + refused.get(), seconds);
        System.exit(0);
    }
}
