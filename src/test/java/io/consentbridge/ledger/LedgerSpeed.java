package io.consentbridge.ledger;

import io.consentbridge.config.Settings;
import io.consentbridge.consent.Person;
import io.consentbridge.proof.LogVerdict;
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
 * What the ledger costs a person in a run that decides everybody and puts them on a list, and how long a verification of their
 * entries, two for each person, takes: by hand, {@code java -cp ... io.consentbridge.ledger.LedgerSpeed FOLDER PEOPLE [URL]}.
 * The URL names an empty schema of a PostgreSQL with its user and password; without it a file in the folder is the database.
 * The database and the key file {@code ledger.key} stay, so that {@code consentbridge ledger verify} can be measured with them.
 */
public final class LedgerSpeed {

    private static final int PAGE = 200;

    private LedgerSpeed() {}

    public static void main(String[] args) throws Exception {
        PrintStream out = System.out;
        int people = Integer.parseInt(args[1]);
        Path folder = Files.createTempDirectory(Path.of(args[0]), "speed");
        String url = args.length > 2 ? args[2] : "jdbc:sqlite:" + folder.resolve("speed.db");
        try (Database database = Database.open(url, null, null)) {
            Settings.Ledger settings = new Settings.Ledger(
                    Optional.empty(),
                    Optional.empty(),
                    folder.resolve("ledger.key"),
                    new Settings.Checkpoints(Optional.empty(), Optional.empty(), Optional.empty()));
            Keys keys = new Keys(database, settings, Clock.systemUTC());
            keys.begin();
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
                    .run(Instant.now().plusSeconds(3600));
            long sequenced = cpu();
            out.println("µs a person: decided " + (decided - time) / people + ", delivered "
                    + (delivered - decided) / people + ", sequenced " + (sequenced - delivered) / people);
            Ledger ledger = new Ledger(database, settings, keys, Clock.systemUTC(), "node", Duration.ofMinutes(1));
            long begun = System.nanoTime();
            LogVerdict verdict = ledger.verify(List.of());
            out.println("verified in " + (System.nanoTime() - begun) / 1_000_000 + " ms: " + verdict);
        }
        out.println(folder);
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
