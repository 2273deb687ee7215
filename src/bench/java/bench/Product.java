package bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The product as its users have it: the command, a configuration, and a sandbox in the place of Zoho. */
final class Product {

    /** The mailing list of all measured syncs. */
    static final String LIST = "Bench";

    /** The sync that most cases measure: all leads, and one mapped field. */
    static final String PLAIN = "plain";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SUBSCRIBE = "json/listsubscribe";

    /** What each sync selects and maps; all of them come to the same people. */
    private static final Map<String, String> SYNCS = Map.of(PLAIN, """
                    select: {scope: all}
                    mapping:
                      Company Name: Company
                    """, "criteria", """
                    select:
                      scope: criteria
                      conditions:
                        - {field: Last_Name, operator: is-not-empty}
                        - {field: Industry, operator: equals, value: Hospitality}
                        - {field: Company, operator: is-not-empty}
                      pattern: 1 and (2 or 3)
                    mapping:
                      Company Name: Company
                    """, "view", """
                    select: {scope: view, view: All Leads}
                    mapping:
                      Company Name: Company
                    """, "mapping", """
                    select: {scope: all}
                    createFields: true
                    mapping:
                      Company Name: Company
                      Phone: Phone
                      Job Title: Designation
                      City: City
                      Industry: Industry
                      Employees: No_of_Employees
                      Revenue: Annual_Revenue
                    """);

    private final Home home;
    private final Path config;
    private final Zoho zoho;
    private final int connections;

    private Product(Home home, Path config, Zoho zoho, int connections) {
        this.home = home;
        this.config = config;
        this.zoho = zoho;
        this.connections = connections;
    }

    /**
     * A run.
     *
     * @param pace its subscriptions
     * @param methods how often each method was called
     * @param people how many records the run read
     */
    record Run(Pace pace, Map<String, Long> methods, long people) {

        double rate() {
            return pace.rate();
        }

        /** Seconds of processor time of the process. */
        double cpu() {
            return pace.took().cpu();
        }

        long crmCalls() {
            return methods.entrySet().stream()
                    .filter(method -> method.getKey().contains("/crm/"))
                    .mapToLong(Map.Entry::getValue)
                    .sum();
        }

        long allCalls() {
            return methods.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /** Writes a configuration for the product, and returns the product with it. */
    static Product configured(Home home, Zoho zoho, int connections) throws IOException {
        Path config = home.work().resolve("config");
        if (!Files.exists(config)) {
            Files.createDirectories(config.resolve("purposes"));
            Files.createDirectories(config.resolve("syncs"));
            Files.copy(
                    home.folder().resolve("config/application.properties"), config.resolve("application.properties"));
            Files.writeString(config.resolve("purposes/bench.yaml"), """
                    name: bench
                    statement: Measured
                    lawfulBasis: legitimate-interest
                    list: %s
                    createList: true
                    """.formatted(LIST));
            for (Map.Entry<String, String> sync : SYNCS.entrySet()) {
                Files.writeString(
                        config.resolve("syncs/" + sync.getKey() + ".yaml"),
                        """
                        name: %s
                        connection: main
                        module: Leads
                        purpose: bench
                        convertedLeads: include
                        """.formatted(sync.getKey()) + sync.getValue());
            }
        }
        return new Product(home, config, zoho, connections);
    }

    /** Runs a sync over a database, and waits for its end. */
    Run sync(String name, String sync, Store store, String... more) throws IOException, InterruptedException {
        zoho.forgetCalls();
        double before = zoho.cpu();
        Program.Took took = begin(name, sync, store, Map.of(), more).end();
        double sandbox = zoho.cpu() - before;
        JsonNode document = JSON.readTree(took.output());
        Duration duration = Duration.between(
                Instant.parse(document.path("startedAt").asText()),
                Instant.parse(document.path("finishedAt").asText()));
        Map<String, Long> methods = zoho.calls();
        Pace pace = new Pace(methods.getOrDefault(SUBSCRIBE, 0L), duration.toMillis() / 1e3, took, sandbox);
        return new Run(pace, methods, document.path("total").asLong());
    }

    /** Begins the run of a sync over a database. */
    Program begin(String name, String sync, Store store, Map<String, String> environment, String... more)
            throws IOException {
        List<String> words = new ArrayList<>(List.of("sync", "run", sync, "--wait", "--json"));
        words.addAll(Arrays.asList(more));
        return Program.start(home.work(), name, line(words), with(store, environment));
    }

    /** Runs a command over a database. */
    Program.Took command(String name, Store store, String... words) throws IOException, InterruptedException {
        return Program.start(home.work(), name, line(List.of(words)), with(store, Map.of()))
                .end();
    }

    /** Starts the runtime over a database. */
    Server start(String name, Store store, Map<String, String> environment) throws IOException {
        return Server.start(home.work(), name, line(List.of("start")), with(store, environment));
    }

    private List<String> line(List<String> words) {
        List<String> line = new ArrayList<>(
                List.of(home.folder().resolve("bin/consentbridge").toString()));
        line.addAll(words);
        line.addAll(List.of(
                "--config",
                config.toString(),
                "--routes",
                home.folder().resolve("routes").toString()));
        return line;
    }

    private Map<String, String> with(Store store, Map<String, String> more) throws IOException {
        Map<String, String> environment = new HashMap<>(home.unlimited());
        for (String api : List.of("ACCOUNTS", "CRM", "CAMPAIGNS")) {
            environment.put("ZOHO_MAIN_" + api + "_URL", zoho.url());
        }
        environment.put("ZOHO_MAIN_CLIENT_ID", Credential.CLIENT_ID);
        environment.put("ZOHO_MAIN_CLIENT_SECRET", Credential.CLIENT_SECRET);
        environment.put("ZOHO_MAIN_REFRESH_TOKEN", Credential.REFRESH_TOKEN);
        environment.put("DELIVERY_CONNECTIONS", Integer.toString(connections));
        environment.put("CONSENTBRIDGE_JAVA_OPTS", Home.HEAP);
        environment.putAll(store.environment());
        environment.putAll(more);
        return environment;
    }
}
