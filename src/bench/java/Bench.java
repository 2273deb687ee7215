import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Measures a whole run against a loop that does nothing but the same calls, and the start against a bare camel-main, each
 * pair on the same machine in the same minutes. It prints numbers and judges none.
 *
 * <p>Arguments: home of the checkout, a folder to work in, people, connections.
 */
public final class Bench {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern HEAP = Pattern.compile("(\\d+)M->(\\d+)M\\(");
    private static final int CHANGES = 100;
    private static final int STARTS = 3;
    /** So many leave the list, and so many bounce there, before the quiet run; and so many Campaigns lists a page. */
    private static final int LEFT = 600;
    private static final int BOUNCED = 40;
    private static final int PAGE = 500;
    /** What a quiet run may cost beside the pages of those who left and bounced. */
    private static final int ALLOWED = 12;
    /** What it cost when who left was counted and not read. */
    private static final String BEFORE = "10";
    /** Runs that follow the first, over what it left. */
    private static final Set<String> FOLLOWING = Set.of("who-left", "unchanged", "changed");
    private static final String LIST = "Bench";
    private static final String PLAIN = "plain";
    /** What each measured sync selects and maps; all of them come to the same people. */
    private static final Map<String, String> CASES = Map.of(
            PLAIN, """
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
    /** What every JVM shares; given by name, the launcher adds nothing to it (docs/decisions/0008-start.md). */
    private static final Path JDK_ARCHIVE = Path.of(System.getProperty("java.home"), "lib/server/classes.jsa");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path home;
    private final Path work;
    private final int people;
    private final int connections;
    private final String sandbox = "http://127.0.0.1:" + freePort();

    private Bench(Path home, Path work, int people, int connections) throws IOException {
        this.home = home;
        this.work = work;
        this.people = people;
        this.connections = connections;
    }

    public static void main(String[] args) throws Exception {
        new Bench(Path.of(args[0]), Path.of(args[1]), Integer.parseInt(args[2]), Integer.parseInt(args[3])).run();
    }

    private void run() throws Exception {
        configure();
        // Every second person of the sandbox is a lead, and the measured sync reads the leads.
        Process world = start("sandbox", command("sandbox", "--port", port(sandbox), "--people",
                Integer.toString(2 * people), "--no-quotas"));
        try {
            await(sandbox + "/sandbox/state", world);
            say("people", "%,d, %d connections, load %.1f", people, connections, load());
            runs();
            starts();
        } finally {
            world.destroy();
        }
    }

    private void runs() throws Exception {
        bare(Math.max(1000, people / 10)); // the sandbox is warm for the case that is measured first
        double bare = bare(people);
        say("bare loop", "%,.0f calls/s, load %.1f", bare, load());

        Measured first = connector("first", PLAIN);
        say("first run", "%,.0f calls/s, load %.1f", first.rate(), load());
        say("", "ratio %.2f, %.2f with the start of the process", first.rate() / bare,
                first.calls() / first.wall() / bare);
        say("", "%,d listsubscribe for %,d people: %.3f calls each; %s", first.calls(), first.total(),
                (double) first.calls() / first.total(), first.heap());

        leave();
        connector("who-left", PLAIN);
        Measured second = connector("unchanged", PLAIN);
        say("unchanged", "%d listsubscribe, %d CRM calls, %.1f s", second.calls(), second.crm(), second.wall());
        say("quiet run", "%d calls with %,d who left and %,d who bounced; allowed %d, before %s", second.all(), LEFT,
                BOUNCED, ALLOWED + pages(LEFT) + pages(BOUNCED), BEFORE);
        say("", "%s", second.methods());

        change();
        Measured third = connector("changed", PLAIN);
        say(CHANGES + " changes", "%d listsubscribe, %d CRM calls, %.1f s", third.calls(), third.crm(), third.wall());
        cases();
    }

    /** Each in turn beside a plain run of its own, since the machine is never quite the same. */
    private void cases() throws Exception {
        for (String name : List.of("criteria", "view", "mapping")) {
            Measured plain = connector("plain-for-" + name, PLAIN);
            Measured measured = connector(name, name);
            say(name, "%,.0f calls/s, plain %,.0f, ratio %.2f; %,d records, %d CRM calls, %s", measured.rate(),
                    plain.rate(), measured.rate() / plain.rate(), measured.total(), measured.crm(), measured.heap());
        }
    }

    private void starts() throws Exception {
        double connector = 0;
        double alone = 0;
        double bare = 0;
        ready("start-0"); // the database is made once
        for (int turn = 1; turn <= STARTS; turn++) {
            bare += bareReady("bare-start-" + turn);
            connector += ready("start-" + turn);
            alone += ready("start-alone-" + turn, "CONSENTBRIDGE_JAVA_OPTS", "-XX:SharedArchiveFile=" + JDK_ARCHIVE);
        }
        say("start", "%.2f s to ready, bare camel-main %.2f s, ratio %.2f, load %.1f", connector / STARTS,
                bare / STARTS, connector / bare, load());
        say("", "without the archive of classes, which the bare one has not either: %.2f s, ratio %.2f",
                alone / STARTS, alone / bare);
    }

    /** Calls a second. */
    private double bare(int calls) throws Exception {
        List<String> line = List.of(java(), "-cp", System.getProperty("java.class.path"), "BareLoop", sandbox,
                Integer.toString(calls), Integer.toString(connections));
        Process loop = new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String[] said = new String(loop.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim().split(" ");
        if (loop.waitFor() != 0) {
            throw new IllegalStateException("the bare loop failed");
        }
        return Double.parseDouble(said[0]) / Double.parseDouble(said[1]);
    }

    /** What a run took; {@code seconds} from its admission to its end, {@code wall} with start and end of the process. */
    private record Measured(long calls, long crm, long total, double seconds, double wall, String heap, long all,
            String methods) {
        double rate() {
            return calls / seconds;
        }
    }

    /** A run of the case's sync; every run but those that say otherwise by their name begins with an empty database. */
    private Measured connector(String name, String sync) throws Exception {
        post("/sandbox/reset", "");
        Path log = work.resolve(name + ".gc");
        long begun = System.nanoTime();
        Process run = start(name, command("sync", "run", sync, "--wait", "--json"), "CONSENTBRIDGE_JAVA_OPTS",
                "-Xmx256m -Xlog:gc:file=" + log, "DATABASE_URL", database(FOLLOWING.contains(name) ? "first" : name));
        if (run.waitFor() != 0) {
            throw new IllegalStateException("the run failed; see " + work.resolve(name + ".err"));
        }
        double wall = (System.nanoTime() - begun) / 1e9;
        JsonNode document = JSON.readTree(work.resolve(name + ".out").toFile());
        Duration took = Duration.between(Instant.parse(document.path("startedAt").asText()),
                Instant.parse(document.path("finishedAt").asText()));
        long calls = 0;
        long crm = 0;
        long all = 0;
        Map<String, Long> methods = new TreeMap<>();
        for (Map.Entry<String, JsonNode> method : get("/sandbox/state").path("calls").properties()) {
            long made = 0;
            for (JsonNode result : method.getValue()) {
                made += result.asLong();
            }
            calls += method.getKey().equals("json/listsubscribe") ? made : 0;
            crm += method.getKey().contains("/crm/") ? made : 0;
            all += made;
            methods.put(method.getKey(), made);
        }
        return new Measured(calls, crm, document.path("total").asLong(), took.toMillis() / 1e3, wall, heap(log),
                all, methods.toString());
    }

    private static String heap(Path log) throws IOException {
        int peak = 0;
        int live = 0;
        for (String line : Files.readAllLines(log)) {
            Matcher heap = HEAP.matcher(line);
            if (heap.find()) {
                peak = Math.max(peak, Integer.parseInt(heap.group(1)));
                live = Math.max(live, Integer.parseInt(heap.group(2)));
            }
        }
        return "heap at most " + peak + " MB, " + live + " MB after a collection";
    }

    /** Some of the people of the list leave it, and some bounce there. */
    private void leave() throws Exception {
        List<String> active = new ArrayList<>();
        for (JsonNode member : get("/sandbox/members?list=" + LIST).path("members")) {
            if (member.path("status").asText().equals("active") && active.size() < LEFT + BOUNCED) {
                active.add(member.path("email").asText());
            }
        }
        for (int index = 0; index < active.size(); index++) {
            post("/sandbox/members/" + (index < LEFT ? "unsubscribe" : "bounce"),
                    JSON.writeValueAsString(Map.of("list", LIST, "email", active.get(index))));
        }
    }

    private static int pages(int people) {
        return (people + PAGE - 1) / PAGE;
    }

    /** Changes leads of whom each is on the list, so that each is worth one call. */
    private void change() throws Exception {
        Set<String> active = new HashSet<>();
        for (JsonNode member : get("/sandbox/members?list=" + LIST).path("members")) {
            if (member.path("status").asText().equals("active")) {
                active.add(member.path("email").asText().toLowerCase(Locale.ROOT));
            }
        }
        String token = post("/oauth/v2/token", "grant_type=refresh_token&client_id=1000.SANDBOXCLIENT"
                        + "&client_secret=sandbox-secret&refresh_token=1000.sandbox.refresh")
                .path("access_token").asText();
        HttpRequest query = HttpRequest.newBuilder(URI.create(sandbox + "/crm/v8/coql"))
                .header("Authorization", "Zoho-oauthtoken " + token)
                .POST(HttpRequest.BodyPublishers.ofString("{\"select_query\":\"select id, Email from Leads"
                        + " where Email_Opt_Out = 'false' and Email is not null limit 0, 1000\"}"))
                .build();
        int changed = 0;
        for (JsonNode lead : ask(query).path("data")) {
            if (changed < CHANGES && active.remove(lead.path("Email").asText().strip().toLowerCase(Locale.ROOT))) {
                changed++;
                ask(HttpRequest.newBuilder(URI.create(sandbox + "/sandbox/records/Leads/" + lead.path("id").asText()))
                        .PUT(HttpRequest.BodyPublishers.ofString("{\"Company\":\"Changed " + changed + "\"}"))
                        .build());
            }
        }
        if (changed < CHANGES) {
            throw new IllegalStateException("only " + changed + " leads were found to change");
        }
    }

    /** Seconds until the connector says that it is ready. */
    private double ready(String name, String... environment) throws Exception {
        int port = freePort();
        List<String> with = new ArrayList<>(List.of("HTTP_PORT", Integer.toString(port)));
        with.addAll(List.of(environment));
        return ready(port, System.nanoTime(), start(name, command("start"), with.toArray(String[]::new)));
    }

    private double bareReady(String name) throws Exception {
        int port = freePort();
        return ready(port, System.nanoTime(), start(name, List.of(java(), "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), "BareMain", Integer.toString(port),
                home.resolve("src/bench/routes/bare.camel.yaml").toString())));
    }

    private double ready(int port, long begun, Process process) throws Exception {
        try {
            await("http://127.0.0.1:" + port + "/observe/health/ready", process);
            return (System.nanoTime() - begun) / 1e9;
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    private void await(String url, Process process) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(5)).build();
        while (process.isAlive()) {
            try {
                if (http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException notYet) {
                // Nobody listens yet.
            }
            Thread.sleep(10);
        }
        throw new IllegalStateException("a process ended early; see " + work);
    }

    private String database(String name) {
        return "jdbc:h2:file:" + work.resolve("data/" + name);
    }

    private void configure() throws IOException {
        Path config = Files.createDirectories(work.resolve("config"));
        Files.createDirectories(config.resolve("purposes"));
        Files.createDirectories(config.resolve("syncs"));
        Files.copy(home.resolve("config/application.properties"), config.resolve("application.properties"));
        Files.writeString(config.resolve("purposes/bench.yaml"), """
                name: bench
                statement: Measured
                lawfulBasis: legitimate-interest
                list: %s
                createList: true
                """.formatted(LIST));
        for (Map.Entry<String, String> one : CASES.entrySet()) {
            Files.writeString(config.resolve("syncs/" + one.getKey() + ".yaml"), """
                    name: %s
                    connection: main
                    module: Leads
                    purpose: bench
                    convertedLeads: include
                    """.formatted(one.getKey()) + one.getValue());
        }
    }

    private Process start(String name, List<String> line, String... environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(line)
                .redirectOutput(work.resolve(name + ".out").toFile())
                .redirectError(work.resolve(name + ".err").toFile());
        builder.environment().putAll(environment());
        for (int index = 0; index < environment.length; index += 2) {
            builder.environment().put(environment[index], environment[index + 1]);
        }
        return builder.start();
    }

    private Map<String, String> environment() throws IOException {
        Map<String, String> environment = new TreeMap<>();
        for (String api : List.of("ACCOUNTS", "CRM", "CAMPAIGNS")) {
            environment.put("ZOHO_MAIN_" + api + "_URL", sandbox);
        }
        environment.put("ZOHO_MAIN_CLIENT_ID", "1000.SANDBOXCLIENT");
        environment.put("ZOHO_MAIN_CLIENT_SECRET", "sandbox-secret");
        environment.put("ZOHO_MAIN_REFRESH_TOKEN", "1000.sandbox.refresh");
        environment.put("DATABASE_URL", database("start"));
        environment.put("DELIVERY_CONNECTIONS", Integer.toString(connections));
        for (String line : Files.readAllLines(home.resolve("config/application.properties"))) {
            if (line.startsWith("quota.")) {
                String setting = line.substring(0, line.indexOf('=')).strip();
                environment.put(setting.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"), "none");
            }
        }
        return environment;
    }

    /** The command as its users give it. */
    private List<String> command(String... arguments) {
        List<String> line = new ArrayList<>(List.of(home.resolve("bin/consentbridge").toString()));
        line.addAll(Arrays.asList(arguments));
        line.addAll(List.of("--config", work.resolve("config").toString(), "--routes",
                home.resolve("routes").toString()));
        return line;
    }

    private JsonNode get(String path) throws Exception {
        return ask(HttpRequest.newBuilder(URI.create(sandbox + path)).build());
    }

    private JsonNode post(String path, String form) throws Exception {
        return ask(HttpRequest.newBuilder(URI.create(sandbox + path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build());
    }

    private JsonNode ask(HttpRequest request) throws Exception {
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IllegalStateException(request.uri() + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return JSON.readTree(answer.body());
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private static void say(String what, String numbers, Object... values) {
        System.out.printf(Locale.ROOT, "%-12s %s%n", what, String.format(Locale.ROOT, numbers, values));
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static String port(String url) {
        return Integer.toString(URI.create(url).getPort());
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0)) {
            return probe.getLocalPort();
        }
    }
}
