import io.consentbridge.store.BulkInsert;
import io.consentbridge.store.Database;
import io.consentbridge.store.OutcomeCounts;
import io.consentbridge.store.OutcomeKind;
import io.consentbridge.store.RunNumbers;
import io.consentbridge.store.StoredOutcome;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Fills a new database with one ended run of so many outcomes, to measure what the history costs. Usage:
 * {@code ManyOutcomes URL OUTCOMES [USER PASSWORD]}.
 */
public final class ManyOutcomes {

    private static final int BATCH = 5_000;
    private static final String RUN = "20260101-060000-many";
    private static final Instant BEGAN = Instant.parse("2026-01-01T06:00:00Z");

    /** What became of a record, by the last two digits of its number. */
    private record Kind(int upTo, String decision, String outcome, String reason, boolean updated, String why) {

        OutcomeKind counted(long number) {
            return OutcomeKind.of(decision, new StoredOutcome(outcome, reason, updated), why(number));
        }

        String why(long number) {
            return why.formatted(record(number));
        }
    }

    private static final List<Kind> KINDS = List.of(
            new Kind(50, "deliver", "new", null, false, "The purpose rests on a basis that needs no consent."),
            new Kind(55, "deliver", "readded", null, false, "The purpose rests on a basis that needs no consent."),
            new Kind(75, "deliver", "duplicate", null, false, "The purpose rests on a basis that needs no consent."),
            new Kind(85, "deliver", "duplicate", null, true, "Consent was obtained, and e-mail is among its channels."),
            new Kind(
                    90, "suppress", "ignored", "opted-out", false, "The CRM says that the person opted out of e-mail."),
            new Kind(
                    93,
                    "ignore",
                    "ignored",
                    "file-duplicate",
                    false,
                    "The newer record %d with this address was used."),
            new Kind(96, "ignore", "ignored", "empty-email", false, "The record has no address."),
            new Kind(
                    98,
                    "withhold",
                    "ignored",
                    "consent-withheld",
                    false,
                    "The CRM states no basis, and this purpose needs consent."),
            new Kind(99, "deleted", "deleted", null, false, "The record was deleted in the CRM."),
            new Kind(
                    100,
                    "deliver",
                    "dead-lettered",
                    null,
                    false,
                    "The purpose rests on a basis that needs no consent."));

    private ManyOutcomes() {}

    public static void main(String[] arguments) {
        long outcomes = Long.parseLong(arguments[1]);
        String user = arguments.length > 2 ? arguments[2] : null;
        String password = arguments.length > 2 ? arguments[3] : null;
        try (Database database = Database.open(arguments[0], user, password)) {
            database.change(handle -> BulkInsert.into("run", List.of(RUN))
                    .texts("id", run -> run)
                    .text("sync", "customer-contacts")
                    .text("connection", "main")
                    .text("cause", "command")
                    .flags("full_read", run -> true)
                    .text("state", "completed")
                    .time("due_at", BEGAN)
                    .time("started_at", BEGAN)
                    .time("finished_at", BEGAN.plusSeconds(3600))
                    .number("total", outcomes)
                    .execute(handle));
            for (long from = 1; from <= outcomes; from += BATCH) {
                List<Long> numbers = LongStream.range(from, Math.min(from + BATCH, outcomes + 1))
                        .boxed()
                        .toList();
                database.change(handle -> {
                    BulkInsert.into("person", numbers)
                            .numbers("id", number -> number)
                            .texts("address", number -> "person-%08d@example.com".formatted(number))
                            .execute(handle);
                    long run = RunNumbers.of(handle, RUN);
                    Map<OutcomeKind, Long> kinds = OutcomeKind.numbers(
                            handle,
                            numbers.stream()
                                    .map(number -> kind(number).counted(number))
                                    .toList());
                    BulkInsert.into("outcome", numbers)
                            .number("run", run)
                            .texts("record_id", number -> Long.toString(record(number)))
                            .numbers("person_id", number -> number)
                            .numbers("kind", number -> kinds.get(kind(number).counted(number)))
                            .texts(
                                    "detail",
                                    number -> kind(number)
                                            .counted(number)
                                            .own(kind(number).why(number)))
                            .texts("fingerprint", number -> "%064x".formatted(number * 2654435761L))
                            .execute(handle);
                    OutcomeCounts counts = new OutcomeCounts(handle);
                    numbers.forEach(
                            number -> counts.add(run, kinds.get(kind(number).counted(number)), null, 1));
                    counts.write();
                });
            }
            database.change(handle -> OutcomeCounts.freeze(handle, RUN));
        }
    }

    private static long record(long number) {
        return 4150868000000000L + number;
    }

    private static Kind kind(long number) {
        long digits = number % 100;
        return KINDS.stream().filter(kind -> digits < kind.upTo()).findFirst().orElseThrow();
    }
}
