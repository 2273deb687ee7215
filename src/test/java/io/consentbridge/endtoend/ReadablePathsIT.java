package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.consentbridge.campaigns.CampaignStatus;
import io.consentbridge.campaigns.CampaignWrites;
import io.consentbridge.campaigns.CampaignWritten;
import io.consentbridge.campaigns.RecipientAction;
import io.consentbridge.consent.Person;
import io.consentbridge.endtoend.ReadablePaths.Readable;
import io.consentbridge.run.Run;
import io.consentbridge.run.RunRequest;
import io.consentbridge.writeback.RecordUpdate;
import io.consentbridge.writeback.RecordUpdates;
import io.consentbridge.writeback.WorkflowStart;
import io.consentbridge.writeback.WorkflowStarts;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.spi.Language;
import org.apache.camel.support.ExchangeHelper;
import org.apache.camel.support.RoutePolicySupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Every path of "What a route may read" in docs/extending.md, read in runs of every kind. */
class ReadablePathsIT extends BridgeFixture {

    private static final Pattern READ =
            Pattern.compile("\\$\\{(?:body|variable|exchangeProperty|exception|header)[^}]*}");
    private static final Pattern PLACE = Pattern.compile("`direct:([a-z-]+)`");

    private static final List<Readable> PATHS = ReadablePaths.all();
    private static final Set<Readable> SEEN = ConcurrentHashMap.newKeySet();
    private static final Set<String> WRONG = ConcurrentHashMap.newKeySet();

    @BeforeAll
    static void open() {
        bridge = Bridge.openPrepared(
                30,
                files -> files.set("RETRY_ATTEMPTS", "1")
                        .purpose("plain", "topics: [Product news]")
                        .sync(
                                "plain",
                                "Leads",
                                "mapping: {First Name: First_Name, Last Name: Last_Name, Shoe Size: No_of_Employees}",
                                "createFields: true",
                                "unmatched: unsubscribe",
                                "optedOut: do-not-mail")
                        .purpose("asked", "lawfulBasis: consent")
                        .sync("asked", "Contacts", "consent: expressed", "evidence: details", "optedOut: unsubscribe")
                        .purpose("views")
                        .sync("views", "Leads", "select: {each: view, views: [Hot leads]}")
                        .purpose("nowhere", "createList: false")
                        .sync("nowhere", "Leads"),
                ReadablePathsIT::watch);
    }

    private static void watch(CamelContext context) {
        context.addRoutePolicyFactory((camel, routeId, route) -> new RoutePolicySupport() {
            @Override
            public void onExchangeBegin(Route entered, Exchange exchange) {
                read("Beginning of", seam(entered), exchange);
            }

            @Override
            public void onExchangeDone(Route left, Exchange exchange) {
                if (!exchange.isFailed() && !exchange.getExchangeExtension().isErrorHandlerHandledSet()) {
                    read("End of", seam(left), exchange);
                }
            }
        });
        context.getCamelContextExtension().addInterceptStrategy(ReadablePathsIT::afterStep);
    }

    private static Processor afterStep(CamelContext context, NamedNode step, Processor target, Processor next) {
        if (PATHS.stream().noneMatch(path -> path.at().equals(step.getId()))) {
            return target;
        }
        return exchange -> {
            target.process(exchange);
            if (!exchange.isFailed()) {
                // The next step gets as its body what this one put into the message that goes out.
                Exchange after = ExchangeHelper.createCopy(exchange, true);
                after.setIn(exchange.getMessage());
                read("After the step", step.getId(), after);
            }
        };
    }

    private static String seam(Route route) {
        return route.getEndpoint().getEndpointUri().replace("direct://", "");
    }

    private static void read(String where, String at, Exchange exchange) {
        Language simple = exchange.getContext().resolveLanguage("simple");
        for (Readable path : PATHS) {
            if (path.where().equals(where) && path.at().equals(at)) {
                try {
                    Object value = simple.createExpression(path.path()).evaluate(exchange, Object.class);
                    if (value != null) {
                        SEEN.add(path);
                        requirePublic(path, value);
                    } else if (path.never()) {
                        WRONG.add(path + " is null");
                    }
                } catch (RuntimeException | Error failure) {
                    WRONG.add(path + " fails: " + failure);
                }
            }
        }
    }

    /** A map may be of any class, since it is read as a map. */
    private static void requirePublic(Readable path, Object value) {
        Class<?> type = value.getClass();
        if (type.getName().startsWith("io.consentbridge")
                && !(value instanceof Map)
                && !Modifier.isPublic(type.getModifiers())) {
            WRONG.add(path + " is of a type that is not public: " + type);
        }
    }

    @Test
    @DisplayName("Every listed path exists in a run, and is null only where the table says so")
    void eachPath() {
        assertThat(PATHS).hasSizeGreaterThan(150);
        String out = bridge.zoho().create("Leads", Bridge.fields("out@paths.example.com", Map.of()));
        String opted = bridge.zoho()
                .create(
                        "Contacts",
                        Bridge.fields(
                                "opted@paths.example.com", Map.of("Data_Processing_Basis", "Consent - Obtained")));
        String hot = bridge.zoho()
                .create(
                        "Leads",
                        Bridge.fields(
                                "hot@paths.example.com", Map.of("Rating", "Active", "Annual_Revenue", 6_000_000)));
        bridge.runtime()
                .database()
                .change(handle -> RecordUpdates.enqueue(
                        handle, List.of(new RecordUpdate("main", "Leads", hot, Map.of("City", "Ulm"), "confirmed"))));
        bridge.complete("plain");
        bridge.run("asked");
        bridge.run("views");
        bridge.zoho().change("Leads", hot, Map.of("Email_Opt_Out", true));
        bridge.run("views");
        bridge.zoho().change("Leads", out, Map.of("Email_Opt_Out", true));
        bridge.zoho().change("Contacts", opted, Map.of("Email_Opt_Out", true));
        bridge.zoho().create("Leads", Bridge.fields("parked@paths.example.com", Map.of()));
        bridge.zoho()
                .fault(Map.of(
                        "method",
                        SUBSCRIBE,
                        "kind",
                        "code",
                        "code",
                        "914",
                        "times",
                        0,
                        "email",
                        "parked@paths.example.com"));
        bridge.run("plain");
        bridge.run("asked");
        campaigns();
        assertThat(bridge.run("nowhere").state()).isEqualTo("failed");
        var template = bridge.runtime().context().createProducerTemplate();
        var connection =
                bridge.runtime().configuration().settings().connections().get("main");
        template.sendBody("direct:sweep-between-runs", connection);
        template.sendBody("direct:read-lists-between-runs", connection);
        template.send(
                "direct:run-sync",
                exchange -> exchange.getMessage()
                        .setBody(new RunRequest("plain", Run.Cause.COMMAND, false, Instant.now())));
        long list = bridge.runtime().components().audience().lists().of("main").stream()
                .filter(each -> each.name().equals("plain"))
                .findFirst()
                .orElseThrow()
                .id();
        Person met = new Person("hot@paths.example.com");
        bridge.runtime().database().change(handle -> {
            WorkflowStarts.enqueue(handle, List.of(new WorkflowStart("main", "W1", "T1", list, met, "plain")));
            handle.execute(
                    "delete from suppression where person_id = (select id from person where address = ?)",
                    met.address());
            handle.createUpdate("""
                            insert into list_member (list_id, person_id, active)
                            values (:list, (select id from person where address = :address), true)
                            on conflict (list_id, person_id) do update set active = true, unsure = false
                            """)
                    .bind("list", list)
                    .bind("address", met.address())
                    .execute();
        });
        await().until(() -> bridge.zoho().calls("workflow/trigger") > 0);
        await().until(() ->
                "Ulm".equals(bridge.zoho().record("Leads", hot).path("City").asText()));
        assertThat(WRONG).isEmpty();
        List<Readable> unseen = new ArrayList<>(PATHS);
        unseen.removeAll(SEEN);
        // What may be null is so at some seams always; it must not be so at all of them.
        unseen.removeIf(path ->
                !path.never() && SEEN.stream().anyMatch(seen -> seen.path().equals(path.path())));
        assertThat(unseen).as("never read, or always null").isEmpty();
    }

    /** Each call about campaigns once; what Zoho says of them does not matter. */
    private static void campaigns() {
        var zoho = bridge.runtime().components().campaigns();
        var connection =
                bridge.runtime().configuration().settings().connections().get("main");
        String key = bridge.zoho().sentMailing("Paths", "plain", Instant.now().minus(Duration.ofHours(1)));
        zoho.recent().read(connection, null, CampaignStatus.mailed(), read -> false);
        zoho.reports().of(connection, null, key);
        zoho.details().of(connection, null, key);
        zoho.recipients().scan(connection, null, key, RecipientAction.SENT).forEachRemaining(page -> {});
        bridge.zoho().mailings(Map.of("withoutTopic", "accepted"));
        zoho.writes()
                .create(
                        connection,
                        null,
                        new CampaignWrites.NewCampaign(
                                "Paths made",
                                "Paths",
                                "news@example.com",
                                Optional.empty(),
                                Optional.empty(),
                                List.of(bridge.zoho().listKey("plain")),
                                Optional.empty()));
        zoho.writes()
                .clone(
                        connection,
                        null,
                        new CampaignWrites.CopiedCampaign(
                                key, "Paths copied", "Paths", Optional.empty(), Optional.empty()));
        String draft = bridge.zoho().draftMailing("Paths sent", "plain");
        assertThat(zoho.writes().send(connection, null, draft, Optional.empty()))
                .isInstanceOf(CampaignWritten.Done.class);
    }

    @Test
    @DisplayName("Every value that an expression of a shipped route reads is listed, and so is every seam")
    void nothingMissing() throws IOException {
        Set<String> read = new TreeSet<>();
        Set<String> seams = new TreeSet<>();
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            for (Path file : files.toList()) {
                READ.matcher(Files.readString(file)).results().forEach(found -> read.add(found.group()));
            }
        }
        PLACE.matcher(ReadablePaths.section()).results().forEach(found -> seams.add(found.group(1)));
        assertThat(read).isNotEmpty();
        assertThat(PATHS.stream().map(Readable::path)).containsAll(read);
        String text = Files.readString(Path.of("docs/extending.md"));
        PLACE.matcher(text.lines().filter(line -> line.startsWith("| `direct:")).reduce("", String::concat))
                .results()
                .forEach(found -> assertThat(seams).contains(found.group(1)));
    }
}
