package io.consentbridge.powerloss;

import static io.consentbridge.powerloss.PagesAndDeliveries.CONNECTION;
import static io.consentbridge.powerloss.PagesAndDeliveries.LEASE;
import static io.consentbridge.powerloss.PagesAndDeliveries.LIST;
import static io.consentbridge.powerloss.PagesAndDeliveries.PAGES;
import static io.consentbridge.powerloss.PagesAndDeliveries.RECORDS;
import static io.consentbridge.powerloss.PagesAndDeliveries.SYNC;
import static io.consentbridge.powerloss.PagesAndDeliveries.numbers;
import static io.consentbridge.powerloss.PagesAndDeliveries.parked;
import static io.consentbridge.powerloss.PagesAndDeliveries.person;
import static io.consentbridge.powerloss.PagesAndDeliveries.record;
import static io.consentbridge.powerloss.PagesAndDeliveries.refused;
import static io.consentbridge.powerloss.PagesAndDeliveries.refuses;

import io.consentbridge.audience.MailingLists;
import io.consentbridge.audience.Member;
import io.consentbridge.audience.Members;
import io.consentbridge.audience.Suppressions;
import io.consentbridge.crm.Cursor;
import io.consentbridge.cursor.Cursors;
import io.consentbridge.decision.KnownState;
import io.consentbridge.decision.PageStore;
import io.consentbridge.ledger.EventKind;
import io.consentbridge.ledger.LedgerEvent;
import io.consentbridge.ledger.PersonLedger;
import io.consentbridge.outbox.Action;
import io.consentbridge.outbox.DeadLetter;
import io.consentbridge.outbox.DeadLetters;
import io.consentbridge.outbox.Delivery;
import io.consentbridge.outbox.Outbox;
import io.consentbridge.run.Outcomes;
import io.consentbridge.run.RecordsAsked;
import io.consentbridge.run.Run;
import io.consentbridge.run.RunListener;
import io.consentbridge.run.RunQueries;
import io.consentbridge.run.RunState;
import io.consentbridge.store.Database;
import io.consentbridge.sync.Outcome;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What the product finds of the work of {@link PagesAndDeliveries} in a folder, compared with what its marks promise. */
final class SurvivingWork {

    private static final String SOURCE = "source record";
    private static final String ENTRY = "ledger entry";
    private static final String OUTCOME = "outcome";
    private static final String SUPPRESSION = "suppression";
    private static final String DELIVERY = "delivery";
    private static final String LETTER = "dead letter";
    private static final String MEMBERSHIP = "membership";

    private final List<String> marks;
    private final List<String> faults = new ArrayList<>();
    private final Map<String, Outcome> outcomes = new HashMap<>();
    private final Set<String> pending = new HashSet<>();
    private final Set<String> letters = new HashSet<>();
    private KnownState known;
    private Set<Integer> entries;
    private int cursor;
    private long counted;

    private SurvivingWork(List<String> marks) {
        this.marks = marks;
    }

    /**
     * Opens the database of the folder as a start does.
     *
     * @param marks what the process had said
     * @return what is missing, half there or damaged; empty when all is well
     */
    static List<String> faults(Path folder, List<String> marks) {
        SurvivingWork work = new SurvivingWork(marks);
        try (Database database = Database.open(PagesAndDeliveries.url(folder), null, null)) {
            work.read(database);
            work.compare();
        } catch (RuntimeException unusable) {
            work.faults.add("it cannot be opened or read: " + unusable);
        }
        work.integrity(folder);
        return work.faults;
    }

    private void integrity(Path folder) {
        try (Connection connection = DriverManager.getConnection(PagesAndDeliveries.url(folder));
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("pragma integrity_check")) {
            found.next();
            if (!found.getString(1).equals("ok")) {
                faults.add("damaged: " + found.getString(1));
            }
        } catch (SQLException damaged) {
            faults.add("damaged: " + damaged.getMessage());
        }
    }

    private void read(Database database) {
        Clock later = Clock.offset(Clock.systemUTC(), LEASE.plus(Duration.ofDays(1)));
        Optional<Run> run = new RunQueries(database, later).newest(SYNC);
        long list = new MailingLists(database)
                .remember(CONNECTION, LIST, Optional.empty())
                .id();
        Outbox outbox = new Outbox(database, later);
        known = new PageStore(
                        database,
                        later,
                        outbox,
                        new Members(database),
                        new Suppressions(database, later),
                        RunListener.NONE)
                .knowledge(
                        CONNECTION,
                        SYNC,
                        "Leads",
                        list,
                        everybody().map(PagesAndDeliveries::record).toList(),
                        everybody().map(PagesAndDeliveries::person).toList());
        run.ifPresent(one -> {
            new Outcomes(database)
                            .records(new RecordsAsked(
                                    one.id(), Optional.empty(), Optional.empty(), false, "", PAGES * RECORDS))
                            .stream()
                            .filter(record -> !(record.outcome() instanceof Outcome.Pending))
                            .forEach(record -> outcomes.put(record.recordId(), record.outcome()));
            counted = new Outcomes(database).counters(one.id()).total();
        });
        PersonLedger ledger = new PersonLedger(database);
        entries = everybody()
                .filter(number -> ledger.of(person(number)).stream()
                                .filter(entry -> entry.event() != EventKind.DELIVERED)
                                // What a reply to the delivery tells is no decision.
                                .filter(entry -> !entry.source().equals(LedgerEvent.CAMPAIGNS))
                                .count()
                        == 1)
                .collect(Collectors.toSet());
        cursor = new Cursors(database)
                .load(SYNC)
                .map(Cursor::id)
                .map(Integer::valueOf)
                .orElse(0);
        new DeadLetters(database, later)
                .list(PAGES * RECORDS).stream().map(DeadLetter::recordId).forEach(letters::add);
        promise("run ")
                .filter(id -> run.isEmpty() || !run.get().id().equals(id))
                .ifPresent(id -> faults.add("the run is missing"));
        if (marks.contains("closed")
                && run.map(Run::state).filter(RunState.COMPLETED::equals).isEmpty()) {
            faults.add("the end of the run is missing");
        }
        // At last, since a claim settles what must not be sent.
        outbox.claim(CONNECTION, Action.SUBSCRIBE, "after", PAGES * RECORDS, LEASE).stream()
                .map(Delivery::recordId)
                .forEach(pending::add);
    }

    private static Stream<Integer> everybody() {
        return IntStream.range(0, PAGES * RECORDS).boxed();
    }

    private Optional<String> promise(String kind) {
        return marks.stream()
                .filter(mark -> mark.startsWith(kind))
                .reduce((one, next) -> next)
                .map(mark -> mark.substring(kind.length()));
    }

    private void compare() {
        int promised = promise("page ").map(Integer::valueOf).orElse(0);
        if (cursor < promised || cursor > promised + 1) {
            faults.add("page %d is promised, and the cursor is at %d".formatted(promised, cursor));
        }
        if (counted != (long) cursor * RECORDS) {
            faults.add("the run counts %d records, and the cursor is at page %d".formatted(counted, cursor));
        }
        for (int page = 1; page <= PAGES; page++) {
            for (int number : numbers(page).toArray()) {
                Set<String> different = different(number, page <= cursor);
                if (!different.isEmpty()) {
                    faults.add("record %d of page %d, with the cursor at %d: %s"
                            .formatted(number, page, cursor, different));
                }
            }
        }
        marks.stream().filter(mark -> mark.startsWith("settling ")).forEach(this::compareBatch);
    }

    /** What is different from a record of a page that is stored, or not stored. */
    private Set<String> different(int number, boolean stored) {
        Set<String> should = stored ? whole(number) : Set.of();
        Set<String> there = there(number);
        Set<String> different = new TreeSet<>();
        should.stream().filter(what -> !there.contains(what)).forEach(what -> different.add("no " + what));
        there.stream().filter(what -> !should.contains(what)).forEach(what -> different.add("a " + what));
        return different;
    }

    /** What a stored page leaves of a record, and after it the settlement, if there is an outcome. */
    private Set<String> whole(int number) {
        if (refuses(number)) {
            return Set.of(SOURCE, ENTRY, OUTCOME, SUPPRESSION);
        }
        if (!outcomes.containsKey(record(number))) {
            return Set.of(SOURCE, ENTRY, DELIVERY);
        }
        return Set.of(SOURCE, ENTRY, OUTCOME, refused(number) ? SUPPRESSION : parked(number) ? LETTER : MEMBERSHIP);
    }

    /** What there is of a record. */
    private Set<String> there(int number) {
        Set<String> there = new TreeSet<>();
        note(there, SOURCE, known.records().containsKey(record(number)));
        note(there, ENTRY, entries.contains(number));
        note(there, OUTCOME, outcomes.containsKey(record(number)));
        note(there, SUPPRESSION, known.suppressions().containsKey(person(number)));
        note(there, DELIVERY, pending.contains(record(number)));
        note(there, LETTER, letters.contains(record(number)));
        Member member = known.members().get(person(number));
        note(there, MEMBERSHIP, member != null && member.active());
        return there;
    }

    private static void note(Set<String> there, String what, boolean is) {
        if (is) {
            there.add(what);
        }
    }

    /** A settlement is whole or not there, and there if that was said. */
    private void compareBatch(String mark) {
        String records = mark.substring("settling ".length());
        Set<String> batch = Set.of(records.split(","));
        Set<String> settled = new TreeSet<>(batch);
        settled.retainAll(outcomes.keySet());
        if (marks.contains("settled " + records)
                ? settled.size() < batch.size()
                : !settled.isEmpty() && settled.size() < batch.size()) {
            faults.add("of a settlement of %s only %s are there".formatted(batch, settled));
        }
    }
}
