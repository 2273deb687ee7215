package io.consentbridge.polling;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.audience.Suppression;
import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.cursor.Cursors;
import io.consentbridge.cursor.SweepCursor;
import io.consentbridge.ledger.LedgerEntry;
import io.consentbridge.ledger.PersonLedger;
import io.consentbridge.outbox.Action;
import io.consentbridge.outbox.Delivery;
import io.consentbridge.outbox.Draft;
import io.consentbridge.outbox.Held;
import io.consentbridge.run.ActiveRun;
import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.TestDatabase;
import io.consentbridge.sync.Outcome;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a sweep for opt-outs keeps while no run is under way, on every engine. */
@EveryEngine
class BetweenRunsIT extends SweptPagesFixture {

    BetweenRunsIT(TestDatabase engine) {
        super(engine);
    }

    @Test
    @DisplayName(
            "B52: a member who refuses between runs leaves without being counted, and a page that a crash repeats changes nothing")
    void betweenRuns() {
        isMember();
        ActiveRun run = begin();
        BetweenRuns between = new BetweenRuns(database, outbox, members, suppressions);
        BetweenRuns.Target target =
                new BetweenRuns.Target("leads", run.purpose(), true, list.id(), Action.DO_NOT_MAIL, run.id());
        SweptPage page = page(CONTACTS, refusal("41"), record("42", "other@c1.example.com", false));
        Suppression refusal = new Suppression(
                "main",
                PERSON,
                Suppression.EVERY_LIST,
                Suppression.crm("Contacts", "41"),
                IgnoreReason.OPTED_OUT,
                clock.instant());

        assertThat(between.keep("main", page, List.of(refusal), List.of(), List.of(target), clock.instant()))
                .isEqualTo(1);
        between.keep("main", page, List.of(refusal), List.of(), List.of(target), clock.instant());

        assertThat(known()).extracting(Suppression::origin).containsExactly(Suppression.crm("Contacts", "41"));
        assertThat(outbox.claim("main", Action.DO_NOT_MAIL, "worker", 100, LEASE))
                .extracting(Delivery::recordId)
                .containsExactly("41");
        assertThat(outcomes.counters(run.id()).total()).isZero();
        assertThat(new PersonLedger(database).of(PERSON))
                .extracting(LedgerEntry::decision)
                .contains("suppress");
        assertThat(cursors.sweep(Cursors.betweenRuns("main"), "Contacts")).isEqualTo(reached);

        between.keep(
                "main",
                page(CONTACTS, record("41", PERSON.address(), false)),
                List.of(),
                List.of(),
                List.of(),
                clock.instant());
        assertThat(known()).as("who opted back in is free").isEmpty();
    }

    private int keepBetweenRuns(Action action, ActiveRun newest) {
        Suppression refusal = new Suppression(
                "main",
                PERSON,
                Suppression.EVERY_LIST,
                Suppression.crm("Contacts", "41"),
                IgnoreReason.OPTED_OUT,
                clock.instant());
        return new BetweenRuns(database, outbox, members, suppressions)
                .keep(
                        "main",
                        page(CONTACTS, refusal("41")),
                        List.of(refusal),
                        List.of(),
                        List.of(new BetweenRuns.Target(
                                "leads", newest.purpose(), true, list.id(), action, newest.id())),
                        clock.instant());
    }

    private String pending() {
        return database.query(handle -> handle.createQuery("select action, run_id, version from delivery")
                .map((row, context) -> row.getString(1) + " " + row.getString(2) + " " + row.getInt(3))
                .one());
    }

    @Test
    @DisplayName("B52: a removal that waits or is in flight is not requested again between runs, and stays its run's")
    void asksOnce() {
        isMember();
        ActiveRun first = begin();
        outbox.enqueue(List.of(
                Draft.leaving(list.id(), PERSON, first.id(), "9", new Outcome.Ignored(IgnoreReason.OPTED_OUT))));
        database.change(
                handle -> handle.execute("update list_member set delivered_at = ?, unsure = true", clock.instant()));
        ActiveRun newest = begin();

        assertThat(keepBetweenRuns(Action.UNSUBSCRIBE, newest)).isZero();
        assertThat(pending()).isEqualTo("unsubscribe " + first.id() + " 1");

        assertThat(leaving()).hasSize(1);
        assertThat(keepBetweenRuns(Action.UNSUBSCRIBE, newest)).isZero();
        assertThat(pending()).isEqualTo("unsubscribe " + first.id() + " 1");

        assertThat(keepBetweenRuns(Action.DO_NOT_MAIL, newest))
                .as("the stronger action is asked for")
                .isEqualTo(1);
        assertThat(pending()).startsWith("do-not-mail " + newest.id());
    }

    @Test
    @DisplayName("B52: a held removal becomes due between runs once its person refuses")
    void heldBackIsDue() {
        isMember();
        ActiveRun run = begin();
        outbox.enqueue(List.of(Draft.leaving(list.id(), PERSON, run.id(), "9", new Outcome.Deleted())
                .heldBack("leads", Held.Cause.DELETED)));
        assertThat(leaving()).isEmpty();

        assertThat(keepBetweenRuns(Action.UNSUBSCRIBE, begin())).isEqualTo(1);

        assertThat(leaving()).hasSize(1);
    }

    @Test
    @DisplayName("Sweeps between runs begin where the first run has read all refusals")
    void beginBetweenRuns() {
        SweepCursor over = new SweepCursor(Optional.of(clock.instant()), false, Optional.empty(), Optional.empty());
        sweep.commit(new SweptPage(CONTACTS, List.of(), over), begin());
        sweep.commit(page(LEADS), begin());

        cursors.beginBetweenRuns("main", "leads");
        assertThat(cursors.sweep(Cursors.betweenRuns("main"), "Contacts")).isEqualTo(over);
        assertThat(cursors.sweep(Cursors.betweenRuns("main"), "Leads"))
                .as("not swept to its end")
                .isEqualTo(SweepCursor.NONE);

        SweepCursor later = new SweepCursor(
                Optional.of(clock.instant().plusSeconds(60)), false, Optional.empty(), Optional.empty());
        sweep.commit(new SweptPage(CONTACTS, List.of(), later), begin());
        cursors.beginBetweenRuns("main", "leads");
        assertThat(cursors.sweep(Cursors.betweenRuns("main"), "Contacts"))
                .as("what they have not read themselves is not passed over")
                .isEqualTo(over);
    }
}
