package io.consentbridge.ledger;

import io.consentbridge.config.Settings;
import io.consentbridge.consent.Person;
import io.consentbridge.proof.SealingKey;
import io.consentbridge.store.Database;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What the ledger costs a person in a run that decides everybody and puts them on a list: by hand,
 * {@code java -cp ... io.consentbridge.ledger.LedgerSpeed FOLDER PEOPLE}.
 */
public final class LedgerSpeed {

    private static final int PAGE = 200;

    private LedgerSpeed() {}

    public static void main(String[] args) throws Exception {
        PrintStream out = System.out;
        int people = Integer.parseInt(args[1]);
        for (int round = 0; round < 3; round++) {
            Path folder = Files.createTempDirectory(Path.of(args[0]), "speed");
            Path file = folder.resolve("speed.db");
            try (Database database = Database.open("jdbc:sqlite:" + file, null, null)) {
                Settings.Ledger settings = new Settings.Ledger(
                        Optional.of(SealingKey.random()),
                        Optional.empty(),
                        folder.resolve("key"),
                        new Settings.Checkpoints(Optional.empty(), Optional.empty(), Optional.empty()));
                Keys keys = new Keys(database, settings, Clock.systemUTC());
                keys.begin();
                long before = Files.size(file);
                long time = cpu();
                for (int from = 0; from < people; from += PAGE) {
                    append(database, from, EventKind.ALLOWED);
                }
                long decided = cpu();
                for (int from = 0; from < people; from += PAGE) {
                    append(database, from, EventKind.DELIVERED);
                }
                long delivered = cpu();
                new Sequencer(database, keys, Clock.systemUTC(), "node", Duration.ofMinutes(1))
                        .run(Instant.now().plusSeconds(600));
                long sequenced = cpu();
                database.change(handle -> {});
                out.println("µs a person: decided " + (decided - time) / people + ", delivered "
                        + (delivered - decided) / people + ", sequenced " + (sequenced - delivered) / people);
            }
            out.println("MB: " + Files.size(file) / 1_000_000.0);
        }
    }

    private static void append(Database database, int from, EventKind kind) {
        List<LedgerEvent> events = IntStream.range(from, from + PAGE)
                .mapToObj(number -> new LedgerEvent(
                        kind,
                        new Person("somebody" + number + "@example" + number % 97 + ".com"),
                        "main",
                        "product-news",
                        "2f5c8a1e6b3d",
                        kind == EventKind.ALLOWED ? "not-needed" : "",
                        LedgerEvent.CRM,
                        kind == EventKind.ALLOWED ? Map.of("basis", "not-stated", "purpose", "contract") : Map.of(),
                        "41508680000" + (10000 + number),
                        "20261128-120000-abcdef",
                        Map.of(),
                        Instant.now(),
                        new LedgerEvent.Told(
                                "leads", "deliver", "The purpose rests on a basis that needs no consent.")))
                .toList();
        database.change(handle -> LedgerRows.append(handle, events));
    }

    /** Microseconds of processor time of this process. */
    private static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                        .getProcessCpuTime()
                / 1000;
    }
}
