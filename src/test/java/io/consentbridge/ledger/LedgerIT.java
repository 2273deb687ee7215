package io.consentbridge.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import io.consentbridge.config.Settings;
import io.consentbridge.config.SmtpSettings;
import io.consentbridge.proof.LogVerdict;
import io.consentbridge.proof.SealingKey;
import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.TestDatabase;
import io.consentbridge.zoho.Network;
import jakarta.mail.internet.InternetAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checkpoints of the ledger, and what happens when something does not fit, on every engine. */
@EveryEngine
class LedgerIT extends LedgerFixture {

    private static final SealingKey MASTER = SealingKey.random();

    LedgerIT(TestDatabase engine) {
        super(engine);
    }

    private Path outside() {
        return folder.resolve("checkpoints.txt");
    }

    private Ledger begun() {
        return begun("node-1", new Settings.Checkpoints(Optional.of(outside()), Optional.empty(), Optional.empty()));
    }

    private Ledger begun(String node, Settings.Checkpoints targets) {
        Settings.Ledger settings = new Settings.Ledger(Optional.of(MASTER), Optional.empty(), keyFile(), targets);
        Ledger ledger =
                new Ledger(database, settings, new Keys(database, settings, clock), clock, node, Duration.ofMinutes(1));
        ledger.begin();
        return ledger;
    }

    private Ledger filled(int people) {
        Ledger ledger = begun();
        database.change(handle -> LedgerRows.append(handle, events(people)));
        append(event(EventKind.GIVEN, ANN, Map.of("how", "web")));
        ledger.finish(Duration.ofMinutes(1));
        return ledger;
    }

    private boolean mayClaim() {
        return !database.<Boolean>query(Alarm::isRaised);
    }

    @Test
    @DisplayName("A checkpoint is made at least once a minute while there is news, and reaches the file outside")
    void checkpoints() throws IOException {
        Ledger ledger = begun();
        append(event(EventKind.GIVEN, ANN));
        ledger.turn();
        append(event(EventKind.GIVEN, BOB));
        clock.pass(Duration.ofSeconds(30));
        ledger.turn();
        assertThat(count("ledger_checkpoint")).isEqualTo(1);
        clock.pass(Duration.ofSeconds(31));
        ledger.turn();
        clock.pass(Duration.ofMinutes(5));
        ledger.turn();
        assertThat(count("ledger_checkpoint")).isEqualTo(2);

        assertThat(new CheckpointFile(outside()).notes(1000))
                .isEqualTo(database.query(handle -> CheckpointRows.after(handle, -1, 10)).stream()
                        .map(StoredCheckpoint::note)
                        .toList());
        assertThat(ledger.verify(List.of())).isInstanceOfSatisfying(LogVerdict.Sound.class, sound -> {
            assertThat(sound.entries()).isEqualTo(2);
            assertThat(sound.outside()).isEqualTo(2);
        });
        Ledger.Status status = ledger.status();
        assertThat(status.entries()).isEqualTo(2);
        assertThat(status.waiting()).isZero();
        assertThat(status.checkpoint())
                .hasValueSatisfying(last -> assertThat(last.size()).isEqualTo(2));
        assertThat(status.targets())
                .containsExactly(new Ledger.Target(
                        "file", 2, status.targets().get(0).takenAt(), Optional.empty(), Optional.empty()));
        assertThat(status.alarm()).isEmpty();
    }

    @Test
    @DisplayName("After the clock was set back, checkpoints reach the file outside as before")
    void clockSetBack() throws IOException {
        Ledger ledger = begun();
        append(event(EventKind.GIVEN, ANN));
        ledger.turn();
        clock.pass(Duration.ofDays(-400));
        append(event(EventKind.GIVEN, BOB));
        ledger.turn();
        assertThat(new CheckpointFile(outside()).notes(1000)).hasSize(2);
    }

    @Test
    @DisplayName("A target that is out of reach blocks nothing, is told once, and gets every checkpoint later")
    void outOfReach() throws IOException {
        List<String> taken = new ArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        int[] status = {503};
        server.createContext("/", exchange -> {
            taken.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(status[0], -1);
            exchange.close();
        });
        server.start();
        try {
            URI uri = URI.create("http://localhost:" + server.getAddress().getPort() + "/?token=secret");
            Ledger ledger = begun(
                    "node-1",
                    new Settings.Checkpoints(Optional.of(folder.resolve("no/folder")), webhook(uri), Optional.empty()));
            append(event(EventKind.GIVEN, ANN));
            ledger.finish(Duration.ofMinutes(1));
            assertThat(ledger.status().targets())
                    .extracting(Ledger.Target::failure)
                    .containsExactly(
                            Optional.of("the file " + folder.resolve("no/folder") + " cannot be written"),
                            Optional.of("it answered 503"));
            Instant made = ledger.status().checkpoint().orElseThrow().madeAt();
            ledger.turn();
            assertThat(taken).as("not tried again at once").hasSize(1);
            append(event(EventKind.GIVEN, BOB));
            clock.pass(Duration.ofMinutes(2));
            ledger.turn();
            assertThat(ledger.targets())
                    .as("since the oldest one that they lack")
                    .extracting(Ledger.Target::lackingSince)
                    .containsOnly(Optional.of(made));

            status[0] = 200;
            Files.createDirectories(folder.resolve("no"));
            clock.pass(Duration.ofMinutes(2));
            ledger.turn();
            assertThat(taken).hasSize(4);
            assertThat(new CheckpointFile(folder.resolve("no/folder")).notes(1000))
                    .isEqualTo(taken.subList(2, 4));
            assertThat(ledger.status().targets()).allSatisfy(target -> {
                assertThat(target.failure()).isEmpty();
                assertThat(target.lackingSince()).isEmpty();
            });
        } finally {
            server.stop(0);
        }
    }

    private static Optional<Settings.Checkpoints.Webhook> webhook(URI uri) {
        return Optional.of(new Settings.Checkpoints.Webhook(uri, Network.DIRECT));
    }

    @Test
    @DisplayName(
            "A URL that gets checkpoints is reached by the proxy of the settings, and an answer without an end is not read")
    void endlessAnswer() throws IOException {
        CountDownLatch end = new CountDownLatch(1);
        List<String> taken = new ArrayList<>();
        HttpServer proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        proxy.createContext("/", exchange -> {
            taken.add(exchange.getRequestHeaders().getFirst("Host"));
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('.');
            exchange.getResponseBody().flush();
            try {
                end.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
        proxy.start();
        try {
            Network network = new Network(Optional.of(proxy.getAddress()), Optional.empty());
            URI uri = URI.create("http://auditor.example.com/checkpoints");
            Ledger ledger = begun(
                    "node-1",
                    new Settings.Checkpoints(
                            Optional.empty(),
                            Optional.of(new Settings.Checkpoints.Webhook(uri, network)),
                            Optional.empty()));
            append(event(EventKind.GIVEN, ANN));
            assertTimeoutPreemptively(Duration.ofSeconds(60), () -> ledger.finish(Duration.ofMinutes(1)));
            assertThat(ledger.status().targets().get(0).failure()).isEmpty();
            assertThat(taken).containsExactly("auditor.example.com");
        } finally {
            end.countDown();
            proxy.stop(0);
        }
    }

    @Test
    @DisplayName("Checkpoints go out by mail, those of an hour in one")
    void byMail() throws Exception {
        GreenMail server = new GreenMail(new ServerSetup(0, null, "smtp"));
        server.start();
        try {
            SmtpSettings smtp = new SmtpSettings(
                    "localhost", server.getSmtp().getPort(), "", "", SmtpSettings.Tls.NONE, "", Optional.empty());
            Ledger ledger = begun(
                    "node-1",
                    new Settings.Checkpoints(
                            Optional.empty(),
                            Optional.empty(),
                            Optional.of(new Settings.Checkpoints.ByMail(
                                    smtp, "ledger@example.org", "auditor@example.com"))));
            append(event(EventKind.GIVEN, ANN));
            ledger.finish(Duration.ofMinutes(1));
            for (int minute = 0; minute < 3; minute++) {
                append(event(EventKind.GIVEN, BOB));
                clock.pass(Duration.ofMinutes(2));
                ledger.turn();
            }
            assertThat(server.getReceivedMessages()).hasSize(1);
            assertThat(server.getReceivedMessages()[0].getFrom())
                    .containsExactly(new InternetAddress("ledger@example.org"));
            assertThat(server.getReceivedMessages()[0].getAllRecipients())
                    .containsExactly(new InternetAddress("auditor@example.com"));
            clock.pass(Duration.ofHours(1));
            ledger.turn();
            assertThat(server.getReceivedMessages()).hasSize(2);
            assertThat(server.getReceivedMessages()[1].getContent().toString().split("consentbridge-[-0-9a-f]+\\r?\\n"))
                    .as("three checkpoints")
                    .hasSize(4);
        } finally {
            server.stop();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update ledger_entry set happened_at = (select max(started_at) from ledger_log) where id = 299",
                "update ledger_entry set kind = (select min(k.id) from ledger_kind k) where id = 300",
                "update ledger_entry set evidence_hash = (select e.evidence_hash from ledger_entry e where e.id = 1) where id = 299",
                "delete from ledger_entry where id = 299",
                "delete from ledger_entry where id = 300",
                "update ledger_log set size = 299",
                "update ledger_kind set purpose = 'other' where event = 'given'",
                "update ledger_subject set subject = (select s.subject from ledger_subject s order by s.id limit 1)",
                "insert into ledger_entry (id, kind, happened_at) select 301, kind, happened_at from ledger_entry where id = 1",
                "delete from ledger_tile where level = 1",
                "delete from ledger_tile where number = 1",
                "update ledger_tile set hashes = (select t.hashes from ledger_tile t where t.level = 0 and t.number = 0)"
                        + " where level = 0 and number = 1",
            })
    @DisplayName(
            "What was changed, dropped, inserted or cut at the end is noticed at the next start, and nobody is subscribed")
    void tamperedEnd(String statement) {
        filled(300);
        assertThat(mayClaim()).isTrue();
        database.change(handle -> handle.execute(statement));

        Ledger ledger = begun();

        assertThat(mayClaim()).isFalse();
        assertThat(ledger.alarm()).isPresent();
        assertThat(ledger.verify(List.of())).isInstanceOf(LogVerdict.Damaged.class);
        String flaw = ledger.alarm().orElseThrow().because();

        assertThat(ledger.acknowledge("looked into it")).contains(flaw);
        assertThat(mayClaim()).isTrue();
        assertThat(count("ledger_event e join ledger_kind k on k.id = e.kind where k.event = 'acknowledged'"))
                .isEqualTo(1);
        begun();
        assertThat(mayClaim()).as("what was acknowledged is not told again").isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update ledger_entry set record_id = record_id, happened_at = (select max(started_at) from ledger_log) where id = 5",
                "delete from ledger_entry where id = 5",
                "update ledger_entry set subject = (select max(s.id) from ledger_subject s) where id = 5",
                "delete from ledger_checkpoint; update ledger_log set size = 200",
            })
    @DisplayName("What was changed long ago is noticed by a verification of everything")
    void tamperedBefore(String statements) {
        Ledger ledger = filled(300);
        assertThat(ledger.verify(List.of())).isInstanceOf(LogVerdict.Sound.class);
        for (String statement : statements.split("; ")) {
            database.change(handle -> handle.execute(statement));
        }
        assertThat(ledger.verify(List.of())).isInstanceOf(LogVerdict.Damaged.class);
        assertThat(mayClaim()).isFalse();
    }

    @Test
    @DisplayName("Two entries that changed places are noticed")
    void swapped() {
        Ledger ledger = filled(300);
        database.change(handle -> {
            handle.execute("update ledger_entry set id = 1000 where id = 5");
            handle.execute("update ledger_entry set id = 5 where id = 6");
            handle.execute("update ledger_entry set id = 6 where id = 1000");
        });
        assertThat(ledger.verify(List.of())).isInstanceOf(LogVerdict.Damaged.class);
        assertThat(mayClaim()).isFalse();
    }

    @Test
    @DisplayName("A database that is older than the checkpoint outside is noticed at the start")
    void restored() throws IOException {
        Ledger ledger = filled(10);
        String yesterday = Files.readString(outside());
        append(event(EventKind.GIVEN, BOB));
        clock.pass(Duration.ofDays(1));
        ledger.finish(Duration.ofMinutes(1));
        // As after the database of yesterday was restored.
        database.change(handle -> {
            handle.execute("delete from ledger_checkpoint where size = 12");
            handle.execute("delete from ledger_entry where id = 11");
            handle.execute("update ledger_log set size = 11");
        });
        Ledger after = begun();
        assertThat(after.alarm())
                .hasValueSatisfying(alarm -> assertThat(alarm.because())
                        .isEqualTo(
                                "The last checkpoint outside covers 12 entries, more than the ledger has: the database was cut,"
                                        + " or restored from an old copy."));
        Files.writeString(outside(), yesterday);
        assertThat(after.acknowledge("restored the backup of yesterday")).isPresent();
        assertThat(begun().alarm()).isEmpty();
    }

    @Test
    @DisplayName("After an alarm was acknowledged, a checkpoint that does not extend a later one is noticed again")
    void acknowledgedOnce() {
        filled(600);
        database.change(
                handle -> handle.execute(
                        "insert into ledger_entry (id, kind, happened_at) select 700, kind, happened_at from ledger_entry where id = 1"));
        Ledger ledger = begun();
        assertThat(ledger.acknowledge("an entry too many, deleted")).isPresent();
        database.change(handle -> handle.execute("delete from ledger_entry where id = 700"));
        clock.pass(Duration.ofMinutes(2));
        append(event(EventKind.GIVEN, BOB));
        ledger.turn();
        assertThat(count("ledger_checkpoint")).isEqualTo(2);
        assertThat(mayClaim()).isTrue();

        database.change(handle -> handle.execute("""
                update ledger_tile set hashes = (
                    select substr(t.hashes, 1, 64) from ledger_tile t where t.level = 0 and t.number = 0)
                where level = 1
                """));
        clock.pass(Duration.ofMinutes(2));
        append(event(EventKind.GIVEN, BOB));
        ledger.turn();

        assertThat(mayClaim()).isFalse();
        assertThat(count("ledger_checkpoint")).as("nothing is signed").isEqualTo(2);
    }

    /** Makes checkpoints over 1, 2, … entries, so long after one another. */
    private void checkpoints(Ledger ledger, int many, Duration apart) {
        for (int i = 0; i < many; i++) {
            append(event(EventKind.GIVEN, BOB));
            ledger.turn();
            clock.pass(apart);
        }
    }

    private List<Long> sizes() {
        return database.query(handle -> CheckpointRows.after(handle, -1, 1000)).stream()
                .map(StoredCheckpoint::size)
                .toList();
    }

    @Test
    @DisplayName(
            "Of old checkpoints the last of each day stays, of young ones all, and what is left verifies as before")
    void pruned() throws IOException {
        clock.pass(Duration.between(clock.instant(), Instant.parse("2026-12-01T00:00:00Z")));
        Ledger ledger = begun();
        checkpoints(ledger, 12, Duration.ofHours(6)); // four a day

        assertThat(ledger.pruneCheckpoints(Instant.parse("2026-12-03T11:00:00Z")))
                .isEqualTo(7);

        assertThat(sizes()).containsExactly(4L, 8L, 10L, 11L, 12L);
        assertThat(ledger.verify(List.of())).isInstanceOfSatisfying(LogVerdict.Sound.class, sound -> {
            assertThat(sound.checkpoints()).isEqualTo(5);
            assertThat(sound.outside()).as("nothing outside is deleted").isEqualTo(12);
        });
        assertThat(begun().alarm()).isEmpty();
        assertThat(ledger.pruneCheckpoints(Instant.parse("2026-12-03T11:00:00Z")))
                .as("once")
                .isZero();
        assertThat(ledger.pruneCheckpoints(Instant.parse("2027-12-01T00:00:00Z")))
                .isEqualTo(2);
        assertThat(sizes()).as("the newest stays").containsExactly(4L, 8L, 12L);
        checkpoints(ledger, 1, Duration.ofHours(6));
        assertThat(begun().alarm()).isEmpty();
    }

    @Test
    @DisplayName("A power loss while the file outside is written raises no alarm, and the checkpoint comes again")
    void cutFile() throws IOException {
        Ledger ledger = begun();
        checkpoints(ledger, 2, Duration.ofMinutes(2));
        String whole = Files.readString(outside());
        String second = new CheckpointFile(outside()).notes(10).get(1);
        for (int lost : new int[] {5, 80, second.length() - 60, second.length() - 3}) {
            Files.writeString(outside(), whole.substring(0, whole.length() - lost));
            database.change(handle -> handle.execute("update ledger_target set size = 1"));
            clock.pass(Duration.ofMinutes(2));
            assertThat(begun().alarm()).isEmpty();

            ledger.turn();

            assertThat(new CheckpointFile(outside()).notes(10)).hasSize(2).endsWith(second);
            assertThat(begun().alarm()).isEmpty();
            assertThat(ledger.verify(List.of())).isInstanceOf(LogVerdict.Sound.class);
        }
    }

    @Test
    @DisplayName("A checkpoint that a place outside has not got is never deleted")
    void notHandedOut() throws IOException {
        Path file = folder.resolve("no/folder");
        Ledger ledger =
                begun("node-1", new Settings.Checkpoints(Optional.of(file), Optional.empty(), Optional.empty()));
        checkpoints(ledger, 5, Duration.ofMinutes(2));
        assertThat(ledger.pruneCheckpoints(clock.instant())).isZero();

        Files.createDirectories(file.getParent());
        checkpoints(ledger, 1, Duration.ofMinutes(2));
        assertThat(ledger.pruneCheckpoints(clock.instant())).isEqualTo(5);
        assertThat(sizes()).containsExactly(6L);
        assertThat(new CheckpointFile(file).notes(1000)).hasSize(6);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "delete from ledger_checkpoint where size = 5",
                "delete from ledger_checkpoint where size = 3",
                "delete from ledger_checkpoint",
                "delete from ledger_checkpoint where size > 1",
                "update ledger_log set checkpoint_seal = null",
                "delete from ledger_checkpoint; update ledger_log set checkpoint_seal = null",
                "insert into ledger_checkpoint (size, note, made_at) select 4, note, made_at from ledger_checkpoint where size = 5",
            })
    @DisplayName(
            "A checkpoint that somebody else deletes is missed at the next start and before the next one is signed")
    void droppedCheckpoint(String statements) {
        Ledger ledger = begun("node-1", new Settings.Checkpoints(Optional.empty(), Optional.empty(), Optional.empty()));
        checkpoints(ledger, 3, Duration.ofMinutes(2));
        append(event(EventKind.GIVEN, BOB));
        checkpoints(ledger, 1, Duration.ofMinutes(2));
        for (String statement : statements.split("; ")) {
            database.change(handle -> handle.execute(statement));
        }
        List<Long> left = sizes();

        checkpoints(ledger, 1, Duration.ofMinutes(2));

        assertThat(sizes()).as("nothing is signed").isEqualTo(left);
        String flaw = ledger.alarm().orElseThrow().because();
        assertThat(flaw).contains("checkpoints");
        assertThat(ledger.pruneCheckpoints(clock.instant()))
                .as("an alarm stands")
                .isZero();
        assertThat(ledger.verify(List.of()))
                .isInstanceOfSatisfying(
                        LogVerdict.Damaged.class,
                        damaged -> assertThat(damaged.findings()).contains(flaw));
        assertThat(ledger.acknowledge("looked into it")).contains(flaw);
        checkpoints(ledger, 1, Duration.ofMinutes(2));
        assertThat(ledger.alarm()).isEmpty();
        assertThat(begun().alarm()).isEmpty();
    }

    @Test
    @DisplayName(
            "The newest checkpoint of an acknowledgement stays for good, so that verifying goes on to tell what did not fit")
    void acknowledgedCheckpointStays() {
        Ledger ledger = begun();
        checkpoints(ledger, 3, Duration.ofMinutes(2));
        database.change(handle -> handle.execute(
                "update ledger_entry set happened_at = (select max(started_at) from" + " ledger_log) where id = 2"));
        assertThat(ledger.verify(List.of())).isInstanceOf(LogVerdict.Damaged.class);
        assertThat(ledger.acknowledge("looked into it")).isPresent();
        checkpoints(ledger, 3, Duration.ofMinutes(2));

        assertThat(ledger.pruneCheckpoints(clock.instant())).isEqualTo(4);

        assertThat(sizes()).hasSize(2).startsWith(3L);
        assertThat(ledger.verify(List.of())).isInstanceOf(LogVerdict.Damaged.class);
        assertThat(ledger.alarm()).as("not told twice").isEmpty();
    }

    @Test
    @DisplayName("After an erasure everything still verifies")
    void erased() {
        Ledger ledger = filled(20);
        append(event(EventKind.ERASED, ANN));
        database.change(handle -> new Keys(database, settings(MASTER), clock).destroy(handle, List.of(ANN)));
        assertThat(ledger.verify(List.of()))
                .isInstanceOfSatisfying(
                        LogVerdict.Sound.class,
                        sound -> assertThat(sound.entries()).isEqualTo(22));
    }
}
