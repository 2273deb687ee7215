package io.consentbridge.polling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consentbridge.audience.Suppression;
import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.consent.Person;
import io.consentbridge.crm.CrmRecord;
import io.consentbridge.crm.Deletion;
import io.consentbridge.cursor.SourceRecord;
import io.consentbridge.cursor.SweepCursor;
import io.consentbridge.decision.PageWrites;
import io.consentbridge.decision.WithheldPeople;
import io.consentbridge.ledger.LedgerEntry;
import io.consentbridge.ledger.PersonLedger;
import io.consentbridge.outbox.Action;
import io.consentbridge.outbox.Delivery;
import io.consentbridge.outbox.DraftBuilder;
import io.consentbridge.outbox.Settlement;
import io.consentbridge.run.ActiveRun;
import io.consentbridge.run.LeaseLost;
import io.consentbridge.run.Outcomes;
import io.consentbridge.run.Run;
import io.consentbridge.run.RunState;
import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.PersonNumbers;
import io.consentbridge.store.TestDatabase;
import io.consentbridge.sync.Counters;
import io.consentbridge.sync.Sync;
import io.consentbridge.zoho.Calls;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a sweep for opt-outs keeps, on every engine. */
@EveryEngine
class SweepsIT extends SweptPagesFixture {

    SweepsIT(TestDatabase engine) {
        super(engine);
    }

    @Test
    @DisplayName("B52: a member who opted out in another module leaves the list, is counted once, and history says why")
    void memberLeaves() {
        isMember();
        ActiveRun run = begin();

        sweep.commit(page(CONTACTS, refusal("41"), refusal("42"), record("43", "sales@c1.example.com", true)), run);

        assertThat(known())
                .extracting(Suppression::origin)
                .containsExactly(Suppression.crm("Contacts", "41"), Suppression.crm("Contacts", "42"));
        assertThat(known()).allMatch(known -> known.listId() == Suppression.EVERY_LIST);
        assertThat(told).as("what metrics hear").containsExactly("leads suppress");
        List<Delivery> leaving = leaving();
        assertThat(leaving).extracting(Delivery::recordId).containsExactly("41");
        outbox.settle(
                List.of(new Settlement.Delivered(leaving.get(0), leaving.get(0).onSuccess())));
        runs.read(run.id());
        assertThat(runClosing.closeFinished()).extracting(Run::state).containsExactly(RunState.COMPLETED);
        Counters counters = outcomes.counters(run.id());
        assertThat(counters.balances()).isTrue();
        assertThat(counters.total()).isEqualTo(1);
        assertThat(counters.ignored()).containsEntry(IgnoreReason.OPTED_OUT, 1L);
        assertThat(outcomes.decisions(run.id()))
                .containsExactly(new Outcomes.DecisionCount(
                        "suppress", "A record of Contacts: The CRM says that the person opted out of e-mail.", 1));
        assertThat(new PersonLedger(database).of(PERSON))
                .extracting(LedgerEntry::decision)
                .containsExactly("suppress");
    }

    @Test
    @DisplayName(
            "B47, B75: a member's deleted record counts once in the metrics, and removes them when everything was read")
    void deletedRecord() {
        isMember();
        ActiveRun run = begin();
        pages.commit(PageWrites.of(run.id(), "leads", "main", Calls.NONE, "node-1", LEASE)
                .records(List.of(
                        new SourceRecord("7", Optional.of(PERSON), Instant.EPOCH, true, "deliver", Optional.empty())))
                .build());
        deletions.commit(
                new DeletedPage(
                        List.of(new Deletion("7", clock.instant()), new Deletion("8", clock.instant())),
                        Optional.of(clock.instant())),
                run);

        assertThat(told).containsExactly("leads deleted");
        assertThat(leaving()).as("before everything was read").isEmpty();
        end(run);
        assertThat(leaving()).extracting(Delivery::recordId).containsExactly("7");
    }

    @Test
    @DisplayName("A page that a crash repeats changes nothing, before and after the person has left")
    void twice() {
        isMember();
        ActiveRun run = begin();
        SweptPage page = page(CONTACTS, refusal("41"));
        sweep.commit(page, run);
        sweep.commit(page, run);
        List<Delivery> leaving = leaving();
        assertThat(leaving).extracting(Delivery::version).containsExactly(1);
        outbox.settle(
                List.of(new Settlement.Delivered(leaving.get(0), leaving.get(0).onSuccess())));

        sweep.commit(page, run);

        assertThat(leaving()).isEmpty();
        assertThat(known()).hasSize(1);
        assertThat(outcomes.counters(run.id()).total()).isEqualTo(1);
        assertThat(outcomes.counters(run.id()).ignored()).containsEntry(IgnoreReason.OPTED_OUT, 1L);
        assertThat(new PersonLedger(database).of(PERSON)).hasSize(1);
    }

    @Test
    @DisplayName("B51: a member stays on the list with optedOut: ignore, and their refusal is still remembered")
    void ignored() {
        isMember();
        leads.optedOut(Sync.LeaverAction.IGNORE);
        ActiveRun run = begin();

        sweep.commit(page(CONTACTS, refusal("41")), run);

        assertThat(known()).hasSize(1);
        assertThat(leaving()).isEmpty();
        assertThat(outcomes.counters(run.id()).total()).isZero();
    }

    @Test
    @DisplayName("A person who is not on the list is remembered, and costs no call and no count")
    void strangers() {
        ActiveRun run = begin();

        sweep.commit(page(CONTACTS, refusal("41")), run);

        assertThat(known()).hasSize(1);
        assertThat(leaving()).isEmpty();
        assertThat(outcomes.counters(run.id()).total()).isZero();
    }

    @Test
    @DisplayName("A record of the sync's own module is remembered; its page decides it")
    void ownModule() {
        isMember();
        ActiveRun run = begin();

        sweep.commit(page(LEADS, refusal("11")), run);

        assertThat(known()).extracting(Suppression::origin).containsExactly(run.origin("11"));
        assertThat(leaving()).isEmpty();
        assertThat(outcomes.counters(run.id()).total()).isZero();
        assertThat(pages.knowledge("main", "leads", "Leads", list.id(), List.of("11", "12"), List.of())
                        .refusing())
                .as("its page takes it back when it opts in before it is read")
                .containsExactly("11");
    }

    @Test
    @DisplayName(
            "B52: a person who opts out without a new Modified_Time leaves with the sweep, even if the pages skip the record")
    void quietOptOut() {
        isMember();
        ActiveRun run = begin();
        pages.commit(PageWrites.of(run.id(), "leads", "main", Calls.NONE, "node-1", LEASE)
                .records(List.of(
                        new SourceRecord("11", Optional.of(PERSON), Instant.EPOCH, true, "deliver", Optional.empty())))
                .build());

        sweep.commit(page(LEADS, record("11", PERSON.address(), true)), run);

        assertThat(leaving()).extracting(Delivery::recordId).containsExactly("11");
        assertThat(outcomes.counters(run.id()).total()).isEqualTo(1);
    }

    @Test
    @DisplayName(
            "A person who opted back in is free of that record, and of no other; its earlier address is not, while it refuses")
    void released() {
        ActiveRun run = begin();
        sweep.commit(page(CONTACTS, refusal("41"), refusal("42")), run);

        sweep.commit(page(CONTACTS, record("41", PERSON.address(), false)), run);
        assertThat(known()).extracting(Suppression::origin).containsExactly(Suppression.crm("Contacts", "42"));

        sweep.commit(page(CONTACTS, record("42", "other@c1.example.com", true)), run);
        assertThat(known()).extracting(Suppression::origin).containsExactly(Suppression.crm("Contacts", "42"));

        sweep.commit(page(CONTACTS, record("42", "other@c1.example.com", false)), run);
        assertThat(known()).isEmpty();
    }

    @Test
    @DisplayName("B52: a process that read a record before its change withdraws nothing that the changed record says")
    void olderPage() {
        CrmRecord before = new CrmRecord("41", Instant.EPOCH, Map.of("Email", PERSON.address()));
        CrmRecord after = new CrmRecord(
                "41", Instant.EPOCH.plusSeconds(1), Map.of("Email", PERSON.address(), "Email_Opt_Out", true));
        sweep.commit(page(CONTACTS, after), begin());

        sweep.commit(page(CONTACTS, before), begin());

        assertThat(known()).extracting(Suppression::origin).containsExactly(Suppression.crm("Contacts", "41"));
        CrmRecord back = new CrmRecord("41", Instant.EPOCH.plusSeconds(2), Map.of("Email", PERSON.address()));
        sweep.commit(page(CONTACTS, back), begin());
        assertThat(known()).isEmpty();
    }

    @Test
    @DisplayName("B52: a person who was subscribed just before the sweep read their refusal leaves again")
    void justSubscribed() {
        ActiveRun run = begin();
        Person other = new Person("late@c1.example.com");
        outbox.enqueue(List.of(
                new DraftBuilder(list.id(), other).run(run.id()).record("12").build()));
        List<Delivery> flying = outbox.claim("main", Action.SUBSCRIBE, "worker", 1, LEASE);
        outbox.settle(
                List.of(new Settlement.Delivered(flying.get(0), flying.get(0).onSuccess())));

        sweep.commit(page(LEADS, record("12", other.address(), true)), run);

        assertThat(leaving()).extracting(Delivery::person).containsExactly(other);
    }

    @Test
    @DisplayName("The cursor is stored with the page, for each sync and module; a full run starts it again")
    void cursor() {
        assertThat(cursors.sweep("leads", "Contacts")).isEqualTo(SweepCursor.NONE);
        sweep.commit(page(CONTACTS), begin());
        assertThat(cursors.sweep("leads", "Contacts")).isEqualTo(reached);
        assertThat(cursors.sweep("leads", "Leads")).isEqualTo(SweepCursor.NONE);
        assertThat(cursors.sweep("others", "Contacts")).isEqualTo(SweepCursor.NONE);

        cursors.reset("leads");
        assertThat(cursors.sweep("leads", "Contacts")).isEqualTo(SweepCursor.NONE);
        SweepCursor over = new SweepCursor(Optional.of(clock.instant()), false, Optional.empty(), Optional.empty());
        sweep.commit(new SweptPage(CONTACTS, List.of(), over), begin());
        cursors.reset("leads");
        assertThat(cursors.sweep("leads", "Contacts"))
                .as("all refusals, and what has changed since the last sweep")
                .isEqualTo(new SweepCursor(over.since(), true, Optional.empty(), Optional.empty()));
    }

    @Test
    @DisplayName("A page of a run that another process took over is not stored")
    void leaseLost() {
        isMember();
        ActiveRun run = begin();
        clock.pass(LEASE);
        assertThat(runs.takeOver("node-2", LEASE, Set.of())).map(Run::id).contains(run.id());

        assertThatThrownBy(() -> sweep.commit(page(CONTACTS, refusal("41")), run))
                .isInstanceOf(LeaseLost.class);

        assertThat(known()).isEmpty();
        assertThat(leaving()).isEmpty();
        assertThat(cursors.sweep("leads", "Contacts")).isEqualTo(SweepCursor.NONE);
    }

    @Test
    @DisplayName("B51: an earlier reading does not withdraw an unknown word from a later modification of the record")
    void olderWord() {
        Instant early = clock.instant();
        Instant late = early.plusSeconds(60);
        List<WithheldPeople.Withheld> withheld = List.of(new WithheldPeople.Withheld(PERSON, "crm:Leads:1"));
        names(late, withheld);

        names(early, List.of());
        assertThat(withheld()).isTrue();
        names(early, withheld);
        assertThat(withheld()).isTrue();
        names(late.plusSeconds(1), List.of());
        assertThat(withheld()).isFalse();
    }

    @Test
    @DisplayName("B12: an unknown word disappears with its record, also where a sync of another module read it")
    void wordOfDeletedRecord() {
        ActiveRun run = begin();
        names(clock.instant(), List.of(new WithheldPeople.Withheld(PERSON, "crm:Leads:1")));

        deletions.commit(
                new DeletedPage(
                        List.of(new Deletion("1", clock.instant().plusSeconds(1))), Optional.of(clock.instant())),
                run);

        assertThat(withheld()).isFalse();
    }

    private void names(Instant modified, List<WithheldPeople.Withheld> withheld) {
        database.change(handle -> WithheldPeople.replace(handle, "main", Map.of("crm:Leads:1", modified), withheld));
    }

    private boolean withheld() {
        return database.query(handle -> !WithheldPeople.of(handle, "main", PersonNumbers.known(handle, Set.of(PERSON)))
                .isEmpty());
    }
}
