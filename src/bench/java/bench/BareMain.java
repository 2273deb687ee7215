package bench;

import org.apache.camel.main.Main;

/**
 * What the connector's start is measured against: camel-main with the same components from the same jars.
 *
 * <p>Arguments: port for HTTP and health, route files.
 */
public final class BareMain {

    private BareMain() {}

    public static void main(String[] args) throws Exception {
        Main main = new Main();
        main.setDefaultPropertyPlaceholderLocation("false");
        main.addInitialProperty("camel.server.enabled", "true");
        main.addInitialProperty("camel.server.host", "127.0.0.1");
        main.addInitialProperty("camel.server.port", args[0]);
        main.addInitialProperty("camel.management.enabled", "true");
        main.addInitialProperty("camel.management.host", "127.0.0.1");
        main.addInitialProperty("camel.management.port", args[0]);
        main.addInitialProperty("camel.management.health-check-enabled", "true");
        main.addInitialProperty("camel.management.metrics-enabled", "true");
        main.addInitialProperty("camel.metrics.enabled", "true");
        main.addInitialProperty("camel.main.routes-include-pattern", "file:" + args[1]);
        main.run();
    }
}
