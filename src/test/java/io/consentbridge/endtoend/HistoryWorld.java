package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.consentbridge.api.Operations;
import io.consentbridge.api.RunView;
import io.consentbridge.api.RuntimeOperations;
import io.consentbridge.config.Configuration;
import io.consentbridge.consent.Person;
import io.consentbridge.outbox.Waiting;
import io.consentbridge.run.Run;
import io.consentbridge.run.RunRequest;
import io.consentbridge.runtime.Extent;
import io.consentbridge.runtime.Options;
import io.consentbridge.runtime.Runtime;
import io.consentbridge.sandbox.Sandbox;
import io.consentbridge.sandbox.SandboxOptions;
import io.consentbridge.store.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.camel.ProducerTemplate;

/**
 * One installation and its Zoho, in which histories are played one after another; each begins with an empty CRM, without
 * lists, and with an empty database.
 *
 * <p>{@link HistoryRules} say which lists and syncs there are.
 */
final class HistoryWorld implements AutoCloseable {

    static final int PEOPLE = 5;
    private static final List<String> MODULES = List.of("Leads", "Contacts");
    /** An outage begins within so many calls. */
    private static final int FIRST_CALLS = 12;

    private static final String FORMER = " former";
    private static final Duration LATE = Duration.ofSeconds(70);
    private static final Duration LONGER_THAN_A_DAY = Duration.ofHours(25);
    private static final Duration LONGER_THAN_A_LEASE = Duration.ofMinutes(11);
    private static final List<String> KEPT =
            List.of("connection_state", "access_token", "quota_use", "quota_lock", "person_form", "confirmation_turn");

    private final HistoryRules rules;
    private final HistoryClock clock = new HistoryClock();
    private final Sandbox sandbox;
    private final Zoho zoho;
    private final TestConfig workshop;
    private Runtime runtime;
    private Operations operations;
    private ProducerTemplate template;

    private HistoryTruth truth;
    private int number;
    private List<String> log;
    private boolean failing;
    /** Lists that somebody made another thing than their purpose says. */
    private final Set<String> wrong = new HashSet<>();

    private Duration late = Duration.ZERO;
    private Instant began;

    HistoryWorld(HistoryRules rules, TestDatabase engine) {
        this.rules = rules;
        sandbox = Sandbox.start(SandboxOptions.defaults()
                .withPeople(SandboxOptions.FEWEST_PEOPLE)
                .withoutQuotas()
                .withClockStart(clock.instant()));
        zoho = new Zoho(sandbox);
        // Nobody but the people of a history is there.
        List.of("Leads", "Contacts", "Memberships")
                .forEach(module -> zoho.deleteSome(module, SandboxOptions.FEWEST_PEOPLE));
        workshop = rules.workshop(sandbox).on(engine);
        open();
    }

    private void open() {
        start();
        runtime.work();
    }

    private void start() {
        Options options = new Options(workshop.config(), workshop.routes(), workshop.environment(), Extent.ROUTES);
        Configuration configuration = (Configuration) Configuration.load(workshop.config(), workshop.environment());
        runtime = Runtime.open(options, configuration, clock);
        operations = new RuntimeOperations(runtime, clock);
        template = runtime.context().createProducerTemplate();
    }

    /** What went wrong; empty when nothing did. The history's log stands in it. */
    String play(History history) {
        begin();
        try {
            for (Act act : history.acts()) {
                log.add(act.toString());
                play(act);
            }
            end();
            clear();
            return "";
        } catch (AssertionError | RuntimeException wrong) {
            abandon();
            return wrong.getMessage() == null ? wrong.toString() : wrong.getMessage();
        }
    }

    /** What still waits and flies is not delivered while its rows are deleted. */
    private void abandon() {
        runtime.close();
        start();
        clear();
        runtime.work();
    }

    @Override
    public String toString() {
        return rules.name();
    }

    /** What happened in the history that was played last. */
    String log() {
        return String.join("\n", log);
    }

    private void begin() {
        truth = new HistoryTruth(rules, (person, list) -> status(person, list) != null);
        log = new ArrayList<>();
        began = clock.instant();
        number++;
        zoho.forgetCalls();
        if (rules.asking()) {
            zoho.publicList(HistoryRules.REQUESTS);
        }
    }

    private void clear() {
        heal();
        pass(LATE);
        // A history whose end cannot be cleared is abandoned, and cleared again.
        truth.entries().stream().filter(entry -> !entry.deleted).forEach(entry -> {
            zoho.delete(entry.module, entry.id);
            entry.deleted = true;
        });
        for (var list : zoho.state().path("lists")) {
            if (rules.lists().contains(list.path("name").asText())
                    || HistoryRules.ASKED.equals(list.path("name").asText())) {
                zoho.deleteList(list.path("name").asText());
            }
        }
        runtime.database()
                .change(handle -> TestDatabase.tables(handle).stream()
                        .filter(table ->
                                !KEPT.contains(table) && !table.startsWith("flyway") && !table.startsWith("ledger_"))
                        .forEach(table -> handle.execute("delete from " + table)));
        runtime.components().outbox().backoff().succeeded("main");
        pass(LONGER_THAN_A_DAY);
    }

    private void play(Act act) {
        switch (act.kind()) {
            case CREATE -> create(act);
            case EDIT -> record(act, entry -> change(entry, Map.of("First_Name", "F" + act.how())));
            case OPT_OUT -> record(act, entry -> optOut(entry, act.how()));
            case OPT_BACK_IN -> record(act, this::optBackIn);
            case SECOND -> second(act);
            case CONFIRM -> confirm(act);
            case MOVE -> record(act, entry -> move(entry, act.how()));
            case CONSENT -> record(act, entry -> consent(entry, word(act)));
            case DELETE -> record(act, this::delete);
            case RESTORE -> restore(act);
            case MERGE -> merge(act);
            case CONVERT -> record(act, this::convert);
            case READDRESS -> record(act, entry -> readdress(entry, act.who() % PEOPLE, act.how()));
            case SWAP -> swap(act);
            case LEAVE -> leave(act);
            case REJOIN -> rejoin(act);
            case IMPORT -> imported(act);
            case BOUNCE -> barred(act, "bounce");
            case COMPLAIN -> barred(act, "complain");
            case DO_NOT_MAIL -> barred(act, "do-not-mail");
            case PURGE -> purge(act);
            case RUN -> run(sync(act), false);
            case FULL_RUN -> run(sync(act), true);
            case PASS -> pass(act.length());
            case CRM_FAILS -> fails("/crm/", act);
            case CAMPAIGNS_FAILS -> fails("list", act);
            case HIDE_FIELD -> hide(act);
            case LATE -> late(act);
            case HEAL -> heal();
            case KILL -> kill(act);
            case DELETE_LIST -> deleteList(act);
            case RENAME_LIST -> renameList(act);
            case OPEN_LIST -> openList(act);
            default -> throw new IllegalStateException(act.kind().name());
        }
        truth.disturbed(disturbed());
        truth.look();
        pass(Duration.ofSeconds(2));
    }

    private HistoryRules.Sync sync(Act act) {
        return rules.syncs().get(act.which() % rules.syncs().size());
    }

    private String address(int person) {
        return "p" + person + "." + number + "@c1.example.com";
    }

    /** One address is written in many ways. */
    private String written(int person, int how) {
        String address = address(person);
        return switch (how % 5) {
            case 1 -> address.toUpperCase(java.util.Locale.ROOT);
            case 2 -> " " + address + "\u200b";
            case 3 -> "\uff50" + address.substring(1);
            default -> address;
        };
    }

    private static String word(Act act) {
        return HistoryTruth.WORDS.get(act.how() % HistoryTruth.WORDS.size());
    }

    private void create(Act act) {
        String module = act.which() % 3 == 0 ? "Contacts" : "Leads";
        int person = act.who() % PEOPLE;
        String word = word(act);
        Map<String, Object> fields = new HashMap<>(Map.of("Last_Name", "Doe", "Email", written(person, act.how())));
        if (!word.isEmpty()) {
            fields.put("Data_Processing_Basis", word);
        }
        String city = act.how() % 5 == 0 ? HistoryRules.ELSEWHERE : HistoryRules.CITY;
        fields.put(cityField(module), city);
        created(new HistoryRecord(module, zoho.create(module, fields), person, word, city));
        said(module + " " + truth.entries().size() + " of person " + person + ", \"" + word + "\"");
    }

    private static String cityField(String module) {
        return module.equals("Leads") ? "City" : "Mailing_City";
    }

    private void created(HistoryRecord entry) {
        entry.visible = clock.instant().plus(late);
        truth.created(entry);
    }

    private void said(String what) {
        log.set(log.size() - 1, log.get(log.size() - 1) + "  " + what);
    }

    /** The records that somebody can change: those that the CRM shows. */
    private List<HistoryRecord> changeable() {
        return truth.entries().stream()
                .filter(entry -> !entry.deleted && !entry.converted)
                .filter(entry -> !entry.visible.isAfter(clock.instant()))
                .toList();
    }

    private void record(Act act, java.util.function.Consumer<HistoryRecord> what) {
        List<HistoryRecord> there = changeable();
        if (!there.isEmpty()) {
            HistoryRecord entry = there.get(act.which() % there.size());
            what.accept(entry);
            said("record " + (truth.entries().indexOf(entry) + 1) + " of person " + entry.person + ", \"" + entry.word
                    + "\"");
        }
    }

    private void change(HistoryRecord entry, Map<String, Object> fields) {
        zoho.change(entry.module, entry.id, fields);
        entry.unread = false;
        entry.unreadFor.clear();
        entry.visible = clock.instant().plus(late);
        truth.changed(entry);
    }

    /** By the check box, or by the time of an unsubscription alone, which need not count as a modification. */
    private void optOut(HistoryRecord entry, int how) {
        entry.optedOut = true;
        truth.said(entry);
        if (how % 4 == 0) {
            zoho.changeQuietly(entry.module, entry.id, Map.of("Unsubscribed_Time", now()));
            entry.visible = clock.instant().plus(late);
        } else {
            change(entry, Map.of("Email_Opt_Out", true));
        }
    }

    private void optBackIn(HistoryRecord entry) {
        boolean refused = entry.refuses();
        entry.optedOut = false;
        Map<String, Object> fields = new HashMap<>();
        fields.put("Email_Opt_Out", false);
        fields.put("Unsubscribed_Time", null);
        change(entry, fields);
        if (refused && !entry.refuses()) {
            truth.freed(entry);
        }
    }

    private void consent(HistoryRecord entry, String word) {
        boolean held = !entry.allows(HistoryRules.BY_CONTRACT);
        entry.word = word;
        change(entry, Map.of("Data_Processing_Basis", word));
        truth.said(entry);
        if (held && entry.allows(HistoryRules.BY_CONTRACT)) {
            truth.freed(entry);
        }
    }

    /** The person moves to another city, or half of the time back. */
    private void move(HistoryRecord entry, int how) {
        entry.city = how % 2 == 0 ? HistoryRules.ELSEWHERE : HistoryRules.CITY;
        change(entry, Map.of(cityField(entry.module), entry.city));
        truth.said(entry);
    }

    private String now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private void delete(HistoryRecord entry) {
        entry.deleted = true;
        entry.visible = clock.instant().plus(late);
        truth.deleted(entry);
        zoho.delete(entry.module, entry.id);
    }

    /** A record comes back from the bin with the time that it had, and half of them are edited then. */
    private void restore(Act act) {
        List<HistoryRecord> bin = truth.entries().stream()
                .filter(entry -> entry.deleted && !entry.visible.isAfter(clock.instant()))
                .toList();
        if (!bin.isEmpty()) {
            HistoryRecord entry = bin.get(act.which() % bin.size());
            zoho.restore(entry.module, entry.id);
            entry.deleted = false;
            truth.restored(entry);
            if (act.how() % 2 == 0) {
                change(entry, Map.of("First_Name", "F" + act.how()));
            }
            said("record " + (truth.entries().indexOf(entry) + 1) + " of person " + entry.person + ", \"" + entry.word
                    + (entry.unread ? "\" with its old time" : "\""));
        }
    }

    /** One record takes over the address of another of its module, which is deleted in the same second. */
    private void merge(Act act) {
        record(
                act,
                loser -> changeable().stream()
                        .filter(entry -> entry != loser)
                        .filter(entry -> entry.module.equals(loser.module))
                        .findFirst()
                        .ifPresent(winner -> {
                            delete(loser);
                            readdress(winner, loser.person, act.how());
                        }));
    }

    private void hide(Act act) {
        failing = true;
        String module = act.which() % 2 == 0 ? "Leads" : "Contacts";
        if (act.how() % 2 == 0) {
            zoho.hide(module, "Email_Opt_Out");
        } else {
            zoho.hideInRecords(module, "Email_Opt_Out");
        }
    }

    private void late(Act act) {
        late = LATE;
        MODULES.forEach(module -> zoho.lateBy(module, late.toString()));
    }

    private void convert(HistoryRecord lead) {
        if (!lead.module.equals("Leads")) {
            return;
        }
        Map<String, Object> fields = new HashMap<>(
                Map.of("Last_Name", "Doe", "Email", address(lead.person), "Email_Opt_Out", lead.optedOut));
        if (!lead.word.isEmpty()) {
            fields.put("Data_Processing_Basis", lead.word);
        }
        HistoryRecord contact =
                new HistoryRecord("Contacts", zoho.create("Contacts", fields), lead.person, lead.word, lead.city);
        contact.optedOut = lead.optedOut;
        lead.converted = true;
        created(contact);
        change(lead, Map.of("Converted__s", true));
        truth.converted(lead);
    }

    private void readdress(HistoryRecord entry, int person, int how) {
        truth.readdressed(entry, person);
        change(entry, Map.of("Email", written(person, how)));
    }

    /** The record has somebody else's address as its second one, or none. */
    private void second(Act act) {
        if (rules.seconds()) {
            record(act, entry -> {
                int person = act.how() % 3 == 0 ? HistoryTruth.NOBODY : act.who() % PEOPLE;
                truth.seconded(entry, person);
                Map<String, Object> fields = new HashMap<>();
                fields.put("Secondary_Email", person == HistoryTruth.NOBODY ? null : written(person, act.how()));
                change(entry, fields);
            });
        }
    }

    private void swap(Act act) {
        List<HistoryRecord> there = changeable();
        if (there.size() >= 2) {
            HistoryRecord one = there.get(act.which() % there.size());
            HistoryRecord other = there.get((act.which() + 1) % there.size());
            int before = one.person;
            readdress(one, other.person, act.how());
            readdress(other, before, act.how());
        }
    }

    private String status(int person, String list) {
        return zoho.statuses(list).get(address(person));
    }

    private void leave(Act act) {
        String list = rules.lists().get(act.which() % rules.lists().size());
        int person = act.who() % PEOPLE;
        if (wrong.contains(list)) {
            return;
        }
        if ("active".equals(status(person, list))) {
            zoho.happens("unsubscribe", list, address(person));
            truth.left(person, list);
            said("person " + person + " leaves " + list);
        }
    }

    /** Somebody says yes to the mail that asked them. */
    private void confirm(Act act) {
        int person = act.who() % PEOPLE;
        if (rules.asking() && "pending".equals(status(person, HistoryRules.REQUESTS))) {
            zoho.happens("confirm", HistoryRules.REQUESTS, address(person));
            truth.imported(person, HistoryRules.REQUESTS);
            said("person " + person + " confirms");
        }
    }

    private void rejoin(Act act) {
        String list = rules.lists().get(act.which() % rules.lists().size());
        int person = act.who() % PEOPLE;
        if (wrong.contains(list)) {
            return;
        }
        String status = status(person, list);
        if (status == null && exists(list) || "unsub".equals(status)) {
            zoho.happens("join", list, address(person));
            truth.rejoined(person, list);
            said("person " + person + " joins " + list);
        }
    }

    private void imported(Act act) {
        String list = rules.lists().get(act.which() % rules.lists().size());
        int person = act.who() % PEOPLE;
        if (wrong.contains(list) || !exists(list) || "active".equals(status(person, list))) {
            return;
        }
        zoho.happens("import", list, address(person));
        if ("active".equals(status(person, list))) {
            truth.imported(person, list);
            said("person " + person + " is put on " + list);
        }
    }

    private boolean exists(String list) {
        for (var each : zoho.state().path("lists")) {
            if (each.path("name").asText().equals(list)) {
                return true;
            }
        }
        return false;
    }

    private void barred(Act act, String event) {
        int person = act.who() % PEOPLE;
        if (rules.lists().stream().anyMatch(list -> status(person, list) != null)) {
            zoho.happens(event, null, address(person));
            truth.barred(person);
            said("person " + person);
        }
    }

    private void purge(Act act) {
        String list = rules.lists().get(act.which() % rules.lists().size());
        int person = act.who() % PEOPLE;
        if (wrong.contains(list)) {
            return;
        }
        if (status(person, list) != null) {
            zoho.happens("remove", list, address(person));
            truth.purged(person, list);
            said("person " + person + " is purged from " + list);
        }
    }

    private void deleteList(Act act) {
        String list = HistoryRules.DELIVERED.get(act.which() % HistoryRules.DELIVERED.size());
        if (exists(list) && !wrong.contains(list)) {
            zoho.deleteList(list);
            truth.listDeleted(list);
            said(list);
        }
    }

    /** Somebody gives the list another name, and perhaps makes another one of the old name. */
    private void renameList(Act act) {
        String list = HistoryRules.DELIVERED.get(act.which() % HistoryRules.DELIVERED.size());
        if (exists(list) && wrong.add(list)) {
            zoho.renameList(list, list + FORMER);
            if (act.how() % 2 == 0) {
                zoho.list(list);
            }
            said(list);
        }
    }

    /** Somebody switches the sign-up form of the list on. */
    private void openList(Act act) {
        String list = HistoryRules.DELIVERED.get(act.which() % HistoryRules.DELIVERED.size());
        if (exists(list) && wrong.add(list)) {
            zoho.signupForm(list, "public");
            said(list);
        }
    }

    private void mend(String list) {
        if (exists(list + FORMER)) {
            if (exists(list)) {
                assertThat(zoho.statuses(list))
                        .as("on the list that took the name of " + list)
                        .isEmpty();
                zoho.deleteList(list);
            }
            zoho.renameList(list + FORMER, list);
        }
        if (exists(list)) {
            assertThat(zoho.statuses(list).values()).as("on " + list).doesNotContain("pending");
            zoho.signupForm(list, "private");
        }
    }

    private boolean disturbed() {
        return failing || !wrong.isEmpty();
    }

    /** From one of the next calls on. */
    private void fails(String method, Act act) {
        failing = true;
        zoho.fault(
                Map.of("method", method, "kind", "status", "status", 503, "times", 0, "skip", act.how() % FIRST_CALLS));
    }

    private void heal() {
        if (disturbed() || !late.isZero()) {
            // What waited longer than a delivery is trusted is looked at again, also by the runtime, which delivers at
            // once.
            pass(Duration.ofMinutes(6));
            failing = false;
            wrong.forEach(this::mend);
            wrong.clear();
            late = Duration.ZERO;
            zoho.noFaults();
            for (String module : MODULES) {
                zoho.lateBy(module, "PT0S");
                zoho.show(module, "Email_Opt_Out");
            }
        }
    }

    private void pass(Duration time) {
        clock.pass(time);
        zoho.pass(time);
    }

    private void run(HistoryRules.Sync which, boolean full) {
        String sync = which.name();
        String list = which.list();
        Instant began = clock.instant();
        if (disturbed()) {
            truth.disturbed(true);
            truth.attempted(list);
        }
        RunRequest request = new RunRequest(sync, Run.Cause.COMMAND, full, began);
        template.send("direct:run-sync", exchange -> exchange.getMessage().setBody(request));
        settle();
        if (failing) {
            return;
        }
        if (wrong.contains(list)) {
            assertThat(operations.history(sync, 1).get(0).state())
                    .as("a run to a list that is another thing than its purpose says")
                    .isIn("failed", "refused");
            return;
        }
        // Also where another list is disturbed, so that nothing was waited for yet.
        await().pollInterval(Duration.ofMillis(2))
                .pollDelay(Duration.ZERO)
                .until(() -> !operations.history(sync, 1).get(0).state().equals("delivering"));
        RunView run = operations.history(sync, 1).get(0);
        said(sync + (full ? " in full " : " ") + run.state() + (run.message() == null ? "" : ": " + run.message()));
        boolean whole = run.state().equals("completed");
        if (full && whole) {
            truth.read(which.module(), list, began);
        }
        assertThat(run.state()).as("state of %s", run).isIn("completed", "refused");
        truth.ran(which.module(), list, began, whole);
        holds(which, began, whole);
    }

    private void settle() {
        for (int round = 0; round < 50; round++) {
            template.send("direct:deliver-due", exchange -> {});
            if (waiting() == 0 || disturbed()) {
                break;
            }
            pass(Duration.ofSeconds(1));
        }
        if (!disturbed()) {
            // The runtime delivers by itself too, and closes the run a moment after its last delivery.
            await().pollInterval(Duration.ofMillis(2)).pollDelay(Duration.ZERO).untilAsserted(() -> {
                assertThat(waiting()).as("deliveries that wait").isZero();
                assertThat(operations.history(null, 100))
                        .as("runs that deliver")
                        .noneMatch(run -> run.state().equals("delivering"));
            });
        }
        for (RunView run : operations.history(null, 100)) {
            if (run.state().equals("completed")) {
                assertThat(run.added()
                                + run.readded()
                                + run.duplicate()
                                + run.deleted()
                                + run.deadLettered()
                                + run.ignoredTotal())
                        .as("the figures of %s", run)
                        .isEqualTo(run.total());
            }
        }
        assertThat(operations.deadLetters(100)).as("dead letters").isEmpty();
        for (JsonNode violation : zoho.violations()) {
            boolean unknowable = IntStream.range(0, PEOPLE)
                    .filter(person ->
                            address(person).equals(violation.path("email").asText()))
                    .anyMatch(person -> truth.isLate(person, clock.instant()) || truth.leftUnseen(person));
            assertThat(unknowable).as("nobody could know: %s", violation).isTrue();
        }
    }

    private long waiting() {
        return runtime.components().outbox().queries().waiting("main").stream()
                .mapToLong(Waiting::total)
                .sum();
    }

    /** Nobody who refused is on the list of a sync that ran, even when a limit let only people leave. */
    private void holds(HistoryRules.Sync sync, Instant began, boolean whole) {
        String list = sync.list();
        Map<String, String> statuses = zoho.statuses(list);
        for (int person = 0; person < PEOPLE; person++) {
            if ("active".equals(statuses.get(address(person))) && !truth.isLate(person, began)) {
                assertThat(truth.mustBeOff(person, list, whole))
                        .as("person %d is on %s after a run of %s", person, list, sync.name())
                        .isEmpty();
            }
        }
    }

    private void kill(Act act) {
        HistoryRules.Sync sync = sync(act);
        if (disturbed()) {
            return;
        }
        truth.attempted(sync.list());
        long before = zoho.crmCalls();
        RunRequest request = new RunRequest(sync.name(), Run.Cause.COMMAND, false, clock.instant());
        CompletableFuture<Void> run = CompletableFuture.runAsync(() -> template.send(
                "direct:run-sync", exchange -> exchange.getMessage().setBody(request)));
        while (!run.isDone() && zoho.crmCalls() - before < act.how() % 8) {
            Thread.onSpinWait();
        }
        // No statement succeeds from here on, and what was not committed is gone.
        runtime.database().close();
        run.join();
        runtime.close();
        pass(LONGER_THAN_A_LEASE);
        open();
        settleRuns();
    }

    private void settleRuns() {
        await().pollInterval(Duration.ofMillis(5))
                .until(() -> operations.history(null, 10).stream()
                        .noneMatch(run -> run.state().equals("reading")));
        settle();
    }

    /** All is healed; every sync runs twice, more than a day apart: everybody is where they belong. */
    private void end() {
        log.add("END");
        heal();
        pass(LATE);
        for (int round = 0; round < 2; round++) {
            pass(LONGER_THAN_A_DAY);
            for (HistoryRules.Sync sync : rules.syncs()) {
                log.add("run");
                run(sync, false);
            }
        }
        for (String list : rules.lists()) {
            Map<String, String> statuses = zoho.statuses(list);
            for (int person = 0; person < PEOPLE; person++) {
                if (truth.mustBeOn(person, list)) {
                    assertThat(statuses.get(address(person)))
                            .as("person %d on %s, who is selected, allowed and never refused", person, list)
                            .isEqualTo("active");
                } else if ("active".equals(statuses.get(address(person))) && !truth.isLate(person, clock.instant())) {
                    assertThat(truth.mustBeOff(person, list))
                            .as("person %d on %s", person, list)
                            .isEmpty();
                }
            }
        }
        HistoryLedger ledger = new HistoryLedger(runtime);
        IntStream.range(0, PEOPLE).forEach(person -> ledger.check(new Person(address(person)), began));
        ledger.seal();
        IntStream.range(0, PEOPLE).forEach(person -> ledger.check(new Person(address(person)), began));
    }

    @Override
    public void close() {
        runtime.close();
        sandbox.close();
    }
}
