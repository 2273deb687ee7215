package io.consentbridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.consentbridge.consent.Person;
import io.consentbridge.ledger.EventKind;
import io.consentbridge.ledger.LedgerEntry;
import io.consentbridge.ledger.PersonLedger;
import io.consentbridge.sandbox.Sandbox;
import io.consentbridge.sandbox.SandboxOptions;
import io.consentbridge.store.Database;
import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.TestDatabase;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The process is killed, as {@code kill -9} does it, at random instants while it asks by mail and while people press the
 * buttons of its page. {@code -Dcrash.seed} and {@code -Dcrash.kills} choose others.
 */
@EveryEngine
@Tag("long")
class LoopKilledIT {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration OFTEN = Duration.ofMillis(2);
    private static final int PEOPLE = 100;
    private static final int SLOW_MILLIS = 30;
    private static final int MOST_EVENTS = 5;

    private static final Set<EventKind> LOOP = Set.of(
            EventKind.REQUESTED,
            EventKind.SENT,
            EventKind.GIVEN,
            EventKind.REFUSED,
            EventKind.WITHDRAWN,
            EventKind.BOUNCED,
            EventKind.EXPIRED,
            EventKind.DELIVERED);

    @TempDir
    private Path folder;

    private final TestDatabase engine;
    private final List<String> kills = new ArrayList<>();
    private Sandbox sandbox;
    private InterruptedConnector connector;

    LoopKilledIT(TestDatabase engine) {
        this.engine = engine;
    }

    /** @param recorded whether one mail of it is stored as sent */
    private record Row(String address, String state, boolean recorded) {}

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0)) {
            return probe.getLocalPort();
        }
    }

    private static String email(int number) {
        return "p" + number + "@killed.example.com";
    }

    private String[] command(String... words) {
        List<String> command = new ArrayList<>(List.of(words));
        command.addAll(List.of("--config", folder.resolve("config").toString()));
        return command.toArray(String[]::new);
    }

    private void install(int port) throws Exception {
        Path config = folder.resolve("config");
        Files.createDirectories(config.resolve("purposes"));
        Files.createDirectories(config.resolve("syncs"));
        Files.writeString(config.resolve("application.properties"), "zoho.connections = main\n");
        Files.writeString(config.resolve("purposes/news.yaml"), """
                name: news
                statement: News by e-mail
                lawfulBasis: consent
                list: News
                createList: true
                confirmation:
                  from: {name: Example GmbH, address: news@example.com}
                  subject: Please answer
                  ground: {accepted: {by: Jane Doe, on: "2026-11-01", because: they asked at the fair}}
                """);
        Files.writeString(config.resolve("syncs/news.yaml"), """
                name: news
                connection: main
                module: Leads
                purpose: news
                select: {scope: all}
                consent: required
                deleted: unsubscribe
                optedOut: unsubscribe
                """);
        Map<String, String> settings = new HashMap<>(Map.of(
                "HTTP_PORT", "0",
                "PUBLIC_PORT", "" + port,
                "PUBLIC_URL", "http://127.0.0.1:" + port,
                "PUBLIC_PER_MINUTE", "100000",
                "MAIL_SMTP_HOST", "127.0.0.1",
                "MAIL_SMTP_PORT", "" + sandbox.smtpPort(),
                "MAIL_SMTP_TLS", "none",
                "CONFIRMATION_EVERY", "50ms",
                "CONFIRMATION_PER_HOUR", "10000",
                "DELIVERY_EVERY", "100ms"));
        Path home = folder.resolve("home");
        connector = new InterruptedConnector(sandbox, home, engine, engine.fresh(home), settings);
    }

    private Map<String, List<String>> mails() throws Exception {
        Map<String, List<String>> links = new TreeMap<>();
        for (JsonNode mail : EndState.get(sandbox, "/sandbox/mail").path("mails")) {
            links.computeIfAbsent(mail.path("to").asText(), to -> new ArrayList<>())
                    .add(mail.path("links").path(0).asText());
        }
        return links;
    }

    private Map<String, String> members() throws Exception {
        Map<String, String> members = new HashMap<>();
        EndState.get(sandbox, "/sandbox/members?list=News")
                .path("members")
                .forEach(member -> members.put(
                        member.path("email").asText(), member.path("status").asText()));
        return members;
    }

    private void await(Process process, Callable<Boolean> so) throws Exception {
        try {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(OFTEN)
                    .until(() -> !process.isAlive() || so.call());
        } catch (ConditionTimeoutException late) {
            throw new AssertionError(connector.said(), late);
        }
        assertThat(process.isAlive()).as(connector.said()).isTrue();
    }

    /**
     * Starts a process, and ends it when some more mails have come or some more people have pressed a button.
     *
     * @param stop whether it is asked to stop, which loses nothing, instead of killed
     */
    private void end(LoopVisitors visitors, Random random, boolean stop) throws Exception {
        boolean click = random.nextBoolean();
        int more = 1 + random.nextInt(MOST_EVENTS);
        int millis = random.nextInt(random.nextBoolean() ? 4 : 2 * SLOW_MILLIS);
        int mails = mails().size();
        int clicks = visitors.clicks();
        Process process = connector.start(command("start"));
        await(process, () -> click ? visitors.clicks() >= clicks + more : mails().size() >= mails + more);
        process.waitFor(millis, TimeUnit.MILLISECONDS);
        if (stop) {
            stop(process);
        } else {
            process.destroyForcibly().waitFor();
            kills.add("%d ms after %d %s".formatted(millis, more, click ? "clicks" : "mails"));
        }
    }

    private void stop(Process process) throws Exception {
        process.destroy();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).as(connector.said()).isTrue();
    }

    private static List<Row> requests(Database database) {
        return database.query(handle -> handle.createQuery("""
                        select q.address, q.state, (select count(*) from confirmation_mail m
                            where m.request_id = q.id and m.sent_at is not null) as recorded
                        from confirmation_request q order by q.id
                        """)
                .map((row, context) ->
                        new Row(row.getString("address"), row.getString("state"), row.getInt("recorded") == 1))
                .list());
    }

    @Test
    @DisplayName("A process that is killed while it asks and while people answer asks nobody twice and loses no answer")
    void killed() throws Exception {
        int wanted = Integer.getInteger("crash.kills", 8);
        long seed = Long.getLong("crash.seed", 20261130);
        Random random = new Random(seed);
        int port = freePort();
        try (Sandbox running =
                Sandbox.start(SandboxOptions.defaults().withPeople(10).withoutQuotas())) {
            sandbox = running;
            install(port);
            for (int i = 0; i < PEOPLE; i++) {
                EndState.create(sandbox, "Leads", Map.of("Last_Name", "P" + i, "Email", email(i)));
            }
            EndState.control(sandbox, "mail", Map.of("slowMillis", SLOW_MILLIS));
            assertThat(connector.run(command("sync", "run", "news", "--wait")))
                    .as(connector.said())
                    .isZero();

            try (LoopVisitors visitors = new LoopVisitors(port, random.nextLong(), this::mails)) {
                while (kills.size() < wanted) {
                    end(visitors, random, false);
                }
                end(visitors, random, true);
                String told = "seed %d on %s, killed %s; %d clicks without an answer"
                        .formatted(seed, engine, kills, visitors.lost());
                Process last = connector.start(command("start"));
                Map<String, Long> pending = pending();
                while (pending.containsKey("requested")) {
                    pending = pending();
                }
                await(last, () -> visitors.idle() && settled(visitors));
                pending = pending();
                stop(last);
                assertThat(connector.run(command("ledger", "verify")))
                        .as(told + connector.said())
                        .isZero();
                holds(told, visitors, pending);
            }
        }
    }

    /** How many requests {@code consent pending} tells, by state. */
    private Map<String, Long> pending() throws Exception {
        assertThat(connector.run(command("consent", "pending", "--json")))
                .as(connector.said())
                .isZero();
        String said = connector.said();
        Map<String, Long> totals = new TreeMap<>();
        new ObjectMapper()
                .readTree(said.substring(said.indexOf('{')))
                .path("totals")
                .forEach(total -> totals.put(
                        total.path("state").asText(), total.path("requests").asLong()));
        return totals;
    }

    private static boolean agrees(LoopVisitors.Will will) {
        return will == LoopVisitors.Will.AGREE || will == LoopVisitors.Will.AGREE_TWICE_AT_ONCE;
    }

    /** Whether everybody who agreed is on the list, and nobody else. */
    private boolean settled(LoopVisitors visitors) throws Exception {
        Map<String, String> members = members();
        return visitors.wills().entrySet().stream()
                .allMatch(one -> agrees(one.getValue()) == "active".equals(members.get(one.getKey())));
    }

    private void holds(String told, LoopVisitors visitors, Map<String, Long> pending) throws Exception {
        Map<String, List<String>> mails = mails();
        assertThat(visitors.odd()).as(told).isEmpty();
        assertThat(mails).as(told).allSatisfy((to, links) -> assertThat(links).hasSize(1));
        assertThat(mails.keySet()).isEqualTo(visitors.wills().keySet());
        try (Database database = connector.open()) {
            List<Row> requests = requests(database);
            List<Row> unsure = requests.stream().filter(row -> !row.recorded()).toList();
            System.out.printf(
                    "%s; %d mails perhaps sent, of which %d were%n",
                    told,
                    unsure.size(),
                    unsure.stream()
                            .filter(row -> mails.containsKey(row.address()))
                            .count());
            assertThat(requests).extracting(Row::address).doesNotHaveDuplicates();
            assertThat(pending)
                    .as(told)
                    .isEqualTo(requests.stream().collect(Collectors.groupingBy(Row::state, Collectors.counting())));
            assertThat(unsure).as("mails that were perhaps sent, " + told).hasSizeLessThanOrEqualTo(kills.size());
            for (Row request : requests) {
                LoopVisitors.Will will = visitors.wills().get(request.address());
                assertThat(will != null).isEqualTo(mails.containsKey(request.address()));
                List<EventKind> events = new PersonLedger(database)
                        .of(new Person(request.address())).stream()
                                .map(LedgerEntry::event)
                                .filter(LOOP::contains)
                                .sorted()
                                .toList();
                assertThat(right(will))
                        .as("%s who wants to %s; %s", request, will, told)
                        .contains(request.state() + " " + withoutSent(request, events));
            }
        }
        assertThat(settled(visitors)).as(told).isTrue();
    }

    /** The events but that the mail was sent, which is told once if it was recorded, and else not at all. */
    private static List<EventKind> withoutSent(Row request, List<EventKind> events) {
        List<EventKind> others = new ArrayList<>(events);
        assertThat(others.remove(EventKind.SENT)).as(request.toString()).isEqualTo(request.recorded());
        return others;
    }

    /**
     * How a request may end, by what the person did.
     *
     * @param will null for a person who got no mail
     */
    private static Set<String> right(LoopVisitors.Will will) {
        if (will == null) {
            return Set.of("sending [REQUESTED]");
        }
        return switch (will) {
            case AGREE, AGREE_TWICE_AT_ONCE -> Set.of("given [GIVEN, REQUESTED, DELIVERED]");
            case REFUSE -> Set.of("refused [REQUESTED, REFUSED]");
            case AGREE_AND_REFUSE_AT_ONCE ->
                Set.of(
                        "refused [REQUESTED, REFUSED]",
                        "withdrawn [GIVEN, REQUESTED, WITHDRAWN]",
                        "withdrawn [GIVEN, REQUESTED, WITHDRAWN, DELIVERED]");
            case ONLY_LOOK -> Set.of("sent [REQUESTED]", "sending [REQUESTED]");
        };
    }
}
