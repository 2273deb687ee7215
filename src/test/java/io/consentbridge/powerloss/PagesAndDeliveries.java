package io.consentbridge.powerloss;

import io.consentbridge.audience.MailingLists;
import io.consentbridge.audience.Members;
import io.consentbridge.audience.Suppression;
import io.consentbridge.audience.Suppressions;
import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.consent.Person;
import io.consentbridge.crm.Cursor;
import io.consentbridge.cursor.Checkpoint;
import io.consentbridge.cursor.SourceRecord;
import io.consentbridge.decision.PageStore;
import io.consentbridge.decision.PageWrites;
import io.consentbridge.ledger.EventKind;
import io.consentbridge.ledger.LedgerEvent;
import io.consentbridge.outbox.Action;
import io.consentbridge.outbox.Delivery;
import io.consentbridge.outbox.Draft;
import io.consentbridge.outbox.DraftBuilder;
import io.consentbridge.outbox.Outbox;
import io.consentbridge.outbox.Settlement;
import io.consentbridge.run.NewRun;
import io.consentbridge.run.RecordOutcome;
import io.consentbridge.run.Run;
import io.consentbridge.run.RunClosing;
import io.consentbridge.run.RunListener;
import io.consentbridge.run.Runs;
import io.consentbridge.store.Database;
import io.consentbridge.sync.Outcome;
import io.consentbridge.zoho.Calls;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A process that stores the pages of a run while it settles the deliveries of earlier ones, by the product's own classes, and
 * says after each transaction that it is committed.
 *
 * <p>Its marks: {@code opened}, {@code run ID}, {@code page NUMBER}, {@code settling RECORD,...} before and
 * {@code settled RECORD,...} after a settlement, and {@code closed} once the run is completed.
 */
final class PagesAndDeliveries {

    static final String CONNECTION = "main";
    static final String SYNC = "leads";
    static final String LIST = "Product News";
    static final Duration LEASE = Duration.ofMinutes(5);
    static final int PAGES = 10;
    static final int RECORDS = 30;

    private static final int BATCH = 20;
    /** By itself SQLite would begin one after some thousand pages of the file. */
    private static final int PAGES_BETWEEN_CHECKPOINTS = 3;

    private final Path folder;
    private final Database database;
    private final Marks marks;
    private final Clock clock = Clock.systemUTC();
    private final Instant modified = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    private final Outbox outbox;
    private final Runs runs;
    private final PageStore pages;
    private final long list;

    private PagesAndDeliveries(Path folder, Database database, Marks marks) {
        this.folder = folder;
        this.database = database;
        this.marks = marks;
        outbox = new Outbox(database, clock);
        runs = new Runs(database, clock);
        pages = new PageStore(
                database, clock, outbox, new Members(database), new Suppressions(database, clock), RunListener.NONE);
        MailingLists lists = new MailingLists(database);
        list = lists.remember(CONNECTION, LIST, Optional.empty()).id();
        lists.found(list, "key");
    }

    /** Gets the folder of the database and the file of the marks. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        try (Marks marks = new Marks(Path.of(arguments[1]));
                Database database = Database.open(url(folder), null, null)) {
            marks.set("opened");
            new PagesAndDeliveries(folder, database, marks).run();
        }
    }

    static String url(Path folder) {
        return "jdbc:sqlite:" + folder.resolve("consentbridge.db");
    }

    private void run() throws InterruptedException {
        String run = runs.begin(new NewRun(SYNC, CONNECTION, Run.Cause.SCHEDULE, false, modified, "node"), LEASE)
                .orElseThrow();
        marks.set("run " + run);
        List<Throwable> failures = new ArrayList<>();
        Thread delivering = new Thread(() -> deliver((PAGES * RECORDS)
                - (int) IntStream.range(0, PAGES * RECORDS)
                        .filter(PagesAndDeliveries::refuses)
                        .count()));
        delivering.setUncaughtExceptionHandler((thread, failure) -> failures.add(failure));
        delivering.start();
        for (int page = 1; page <= PAGES; page++) {
            pages.commit(page(run, page));
            marks.set("page " + page);
            if (page % PAGES_BETWEEN_CHECKPOINTS == 0) {
                checkpoint();
            }
        }
        runs.read(run);
        delivering.join();
        if (!failures.isEmpty()) {
            throw new IllegalStateException(failures.get(0));
        }
        new RunClosing(database, clock).closeFinished();
        marks.set("closed");
    }

    /** Moves what is in the log into the file, as SQLite does now and then, beside transactions of the other thread. */
    private void checkpoint() {
        try (Connection connection = DriverManager.getConnection(url(folder));
                Statement statement = connection.createStatement()) {
            statement.execute("pragma wal_checkpoint");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void deliver(long all) {
        for (long settled = 0; settled < all; ) {
            List<Delivery> claimed = outbox.claim(CONNECTION, Action.SUBSCRIBE, "worker", BATCH, LEASE);
            if (!claimed.isEmpty()) {
                String records = claimed.stream().map(Delivery::recordId).collect(Collectors.joining(","));
                marks.set("settling " + records);
                outbox.settle(
                        claimed.stream().map(PagesAndDeliveries::settlement).toList());
                marks.set("settled " + records);
                settled += claimed.size();
            }
        }
    }

    /** The records of a page, by their numbers. */
    static IntStream numbers(int page) {
        return IntStream.range((page - 1) * RECORDS, page * RECORDS);
    }

    static String record(int number) {
        return String.valueOf(1_000_000 + number);
    }

    static int number(String record) {
        return Integer.parseInt(record) - 1_000_000;
    }

    static Person person(int number) {
        return new Person("p" + number + "@example.com");
    }

    /** Whether the record forbids mail. */
    static boolean refuses(int number) {
        return number % 10 == 0;
    }

    /** Whether Campaigns refuses the person of the record. */
    static boolean refused(int number) {
        return number % 7 == 3;
    }

    /** Whether the delivery of the record becomes a dead letter. */
    static boolean parked(int number) {
        return number % 7 == 5;
    }

    private static Settlement settlement(Delivery delivery) {
        int number = number(delivery.recordId());
        if (refused(number)) {
            return new Settlement.Refused(
                    delivery, new Outcome.Ignored(IgnoreReason.DO_NOT_MAIL), true, false, "2004", false);
        }
        return parked(number)
                ? new Settlement.Parked(delivery, "2501", "Campaigns does not say why.", false)
                : new Settlement.Delivered(delivery, new Outcome.New());
    }

    private PageWrites page(String run, int page) {
        return PageWrites.of(run, SYNC, CONNECTION, new Calls(0, 1, 0), "node", LEASE)
                .records(numbers(page).mapToObj(this::source).toList())
                .suppressions(
                        numbers(page)
                                .filter(PagesAndDeliveries::refuses)
                                .mapToObj(number -> new Suppression(
                                        CONNECTION,
                                        person(number),
                                        Suppression.EVERY_LIST,
                                        Suppression.crm("Leads", record(number)),
                                        IgnoreReason.OPTED_OUT,
                                        modified))
                                .toList(),
                        numbers(page)
                                .boxed()
                                .collect(Collectors.toMap(
                                        number -> Suppression.crm("Leads", record(number)), number -> modified)))
                .outcomes(numbers(page).mapToObj(PagesAndDeliveries::outcome).toList())
                .drafts(numbers(page)
                        .filter(number -> !refuses(number))
                        .mapToObj(number -> draft(run, number))
                        .toList())
                .ledger(numbers(page).mapToObj(number -> event(run, number)).toList())
                .progress(Optional.of(
                        new Checkpoint.Records(new Cursor(modified.plusSeconds(page), String.valueOf(page)))))
                .build();
    }

    private static String decision(int number) {
        return refuses(number) ? "suppress" : "deliver";
    }

    private SourceRecord source(int number) {
        return new SourceRecord(
                record(number), Optional.of(person(number)), modified, true, decision(number), Optional.empty());
    }

    private static RecordOutcome outcome(int number) {
        return new RecordOutcome(
                record(number),
                Optional.of(person(number)),
                decision(number),
                refuses(number) ? new Outcome.Ignored(IgnoreReason.OPTED_OUT) : new Outcome.Pending(),
                Optional.empty());
    }

    private Draft draft(String run, int number) {
        return new DraftBuilder(list, person(number))
                .run(run)
                .record(record(number))
                .fingerprint("fp" + number)
                .build();
    }

    private LedgerEvent event(String run, int number) {
        return new LedgerEvent(
                refuses(number) ? EventKind.SUPPRESSED : EventKind.ALLOWED,
                person(number),
                CONNECTION,
                "news",
                "v1",
                "",
                LedgerEvent.CRM,
                Map.of(),
                record(number),
                run,
                Map.of(),
                modified,
                new LedgerEvent.Told(SYNC, decision(number), "because"));
    }
}
