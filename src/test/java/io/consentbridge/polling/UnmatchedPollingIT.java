package io.consentbridge.polling;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.config.Settings;
import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.crm.Cursor;
import io.consentbridge.cursor.Checkpoint;
import io.consentbridge.cursor.CursorRows;
import io.consentbridge.decision.PageWrites;
import io.consentbridge.outbox.Action;
import io.consentbridge.outbox.Delivery;
import io.consentbridge.run.ActiveRun;
import io.consentbridge.run.RecordsAsked;
import io.consentbridge.run.RemovalsOnly;
import io.consentbridge.run.RunState;
import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.TestDatabase;
import io.consentbridge.sync.Counters;
import io.consentbridge.sync.Sync;
import io.consentbridge.sync.Sync.LeaverAction;
import io.consentbridge.zoho.Calls;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Who leaves because no record of theirs is selected any more, on every engine. */
@EveryEngine
class UnmatchedPollingIT extends PollingFixture {

    UnmatchedPollingIT(TestDatabase engine) {
        super(engine);
    }

    @Test
    @DisplayName(
            "B43, B50: a full run removes each person whose record it did not meet, once, and counts them as ignored (other)")
    void leftTheSelection() {
        delivered(1, 4);
        ActiveRun run = begin(true);
        meet(run, 1, 3);
        lookForUnmatched(run);
        assertThat(leave()).as("nobody before everything was read").isEmpty();
        end(run);

        assertThat(leave()).containsExactly(person(2));
        Counters counters = closed(run);
        assertThat(counters.total()).isEqualTo(3);
        assertThat(counters.deleted()).isZero();
        assertThat(counters.ignored()).containsEntry(IgnoreReason.OTHER, 1L);
        assertThat(outcomes.records(
                        new RecordsAsked(run.id(), Optional.of("ignored"), Optional.empty(), false, "", 10)))
                .singleElement()
                .satisfies(left -> assertThat(left.detail().orElseThrow()).contains("left the selection"));
        ActiveRun next = begin(true);
        meet(next, 1, 3);
        lookForUnmatched(next);
        end(next);
        assertThat(leave()).isEmpty();
        assertThat(closed(next).total()).isEqualTo(2);
    }

    @Test
    @DisplayName(
            "Nobody counts as outside the selection in a run that did not read everything or that a limit reduced to leavers, or of a one-time sync (B50)")
    void notByOthers() {
        delivered(1, 4);
        ActiveRun run = begin(false);
        meet(run, 1);
        assertThat(gone.pages(run).hasNext()).isFalse();
        end(run);
        ActiveRun refused = begin(true, Optional.of(new RemovalsOnly(RunState.REFUSED, "not now", Optional.empty())));
        assertThat(gone.pages(refused).hasNext()).isFalse();
        end(refused);
        leads.retrieve(Sync.Retrieve.ONCE);
        ActiveRun once = begin(true);
        assertThat(gone.pages(once).hasNext()).isFalse();
        assertThat(DeletionPolling.matters(once.sync())).isFalse();
        end(once);
        leads.retrieve(Sync.Retrieve.NEW_OR_MODIFIED);
        leads.unmatched(LeaverAction.IGNORE);
        ActiveRun ignoring = begin(true);
        assertThat(gone.pages(ignoring).hasNext()).isFalse();
    }

    /** The sweep brought these records of the module with that {@code Modified_Time}. */
    private void changed(ActiveRun run, Instant modified, int... numbers) {
        pages.commit(PageWrites.of(run.id(), "leads", "main", Calls.NONE, "node-1", LEASE)
                .progress(Optional.of(new Checkpoint.Changes(IntStream.of(numbers)
                        .boxed()
                        .collect(Collectors.toMap(PollingFixture::record, number -> modified)))))
                .build());
    }

    @Test
    @DisplayName(
            "B43: a changed person that no page brings afterwards leaves once, in a later run if that one fails; an unchanged record is not checked again")
    void changedAndNotMet() {
        delivered(1, 6);
        Instant known = clock.instant();
        ActiveRun failed = begin(false);
        changed(failed, known, 1);
        changed(failed, known.plusSeconds(1), 2, 3, 4, 77);
        meet(failed, 3);
        runs.fail(failed.id(), "Zoho went away", true);
        assertThat(leave()).isEmpty();
        ActiveRun next = begin(false);
        changed(next, known.plusSeconds(1), 2);
        delete(next, 4);
        lookForUnmatched(next);
        end(next);
        assertThat(leave()).containsExactlyInAnyOrder(person(2), person(4));
        Counters counters = closed(next);
        assertThat(counters.total()).isEqualTo(2);
        assertThat(counters.deleted()).isEqualTo(1);
        assertThat(counters.ignored()).containsEntry(IgnoreReason.OTHER, 1L);
        ActiveRun last = begin(false);
        changed(last, known.plusSeconds(1), 2);
        lookForUnmatched(last);
        end(last);
        assertThat(leave()).isEmpty();
        assertThat(closed(last).total()).isZero();
    }

    @Test
    @DisplayName(
            "B43: an unfinished second may have brought another change, but only where the following reading brings the record again if it is selected")
    void openSecond() {
        delivered(1, 3);
        database.change(handle -> handle.execute("update source_record set settled = false"));
        Instant known = clock.instant();
        ActiveRun run = begin(false);
        database.change(handle -> CursorRows.save(handle, "leads", new Cursor(known, "5")));
        changed(run, known, 1);
        lookForUnmatched(run);
        end(run);
        assertThat(leave()).as("it was passed").isEmpty();
        closed(run);
        ActiveRun next = begin(false);
        database.change(handle -> CursorRows.save(handle, "leads", new Cursor(known, "")));
        changed(next, known, 1);
        lookForUnmatched(next);
        end(next);
        assertThat(leave()).containsExactly(person(1));
        closed(next);
    }

    @Test
    @DisplayName(
            "B65: the next run finishes a failed complete reading and removes people that neither met; records skipped as unchanged count as met")
    void everythingByTwoRuns() {
        delivered(1, 6);
        ActiveRun failed = begin(true);
        meet(failed, 1);
        runs.fail(failed.id(), "Zoho went away", true);
        assertThat(leave()).isEmpty();
        ActiveRun next = begin(false);
        meet(next, 3);
        pages.met("leads", List.of(record(4)));
        lookForUnmatched(next);
        end(next);
        assertThat(leave()).containsExactlyInAnyOrder(person(2), person(5));
        closed(next);
        assertThat(cursors.everything("leads")).as("it is over").isEmpty();
        ActiveRun last = begin(false);
        pages.met("leads", List.of(record(4)));
        lookForUnmatched(last);
        end(last);
        assertThat(leave()).isEmpty();
    }

    @Test
    @DisplayName("A person whose record was deleted has not left the selection, also where deletions are ignored (B47)")
    void deletedIsNotUnmatched() {
        leads.deleted(LeaverAction.IGNORE);
        delivered(1, 4);
        ActiveRun run = begin(true);
        meet(run, 1, 3);
        assertThat(DeletionPolling.matters(run.sync())).isTrue();
        delete(run, 2);
        lookForUnmatched(run);
        end(run);
        assertThat(leave()).isEmpty();
        assertThat(closed(run).total()).isEqualTo(2);
    }

    @Test
    @DisplayName(
            "A thousand people outside the selection are found in batches, and those that another sync delivers stay")
    void manyAndCompanions() {
        delivered(1, 1_202);
        ActiveRun other = begin(false);
        meet(other, "events", 3);
        // The same person by another record of another sync.
        database.change(handle -> handle.execute(
                "update source_record set record_id = '99999' where sync = 'events' and record_id = '00003'"));
        end(other);
        brake = new Settings.Brake(100, 0);
        companions = Map.of("events", "Contacts");
        ActiveRun run = begin(true);
        meet(run, 1);
        lookForUnmatched(run);
        assertThat(end(run)).isEmpty();
        assertThat(leave()).hasSize(1_199).doesNotContain(person(1), person(3));
        assertThat(closed(run).ignored()).containsEntry(IgnoreReason.OTHER, 1_199L);
    }

    @Test
    @DisplayName("B43: a record that leaves the selection of one sync keeps its person while another sync delivers it")
    void sameRecordElsewhere() {
        delivered(1, 4);
        alsoDeliveredByEvents(2);
        ActiveRun run = begin(true);
        meet(run, 1);
        lookForUnmatched(run);
        end(run);
        assertThat(leave()).containsExactly(person(3));
        closed(run);
    }

    @Test
    @DisplayName("B43: a person that another sync begins to deliver while the brake holds them stays")
    void sameRecordElsewhereWhileHeld() {
        delivered(1, 4);
        brake = new Settings.Brake(0, 0);
        ActiveRun run = begin(true);
        meet(run, 1);
        lookForUnmatched(run);
        assertThat(end(run)).isPresent();
        alsoDeliveredByEvents(2);
        assertThat(removals.allow(leads.build(), companions, ZoneOffset.UTC, 1)).isEqualTo(run.id());
        assertThat(leave()).containsExactly(person(3));
    }

    @Test
    @DisplayName(
            "B43: a waiting subscription is sent even if its record left the selection, if another sync delivers it")
    void waitsElsewhere() {
        ActiveRun first = begin(false);
        meet(first, 1, 2);
        end(first);
        companions = Map.of("events", "Leads");
        database.change(handle -> handle.execute("""
                insert into source_record (sync, record_id, person_id, modified_at, settled, decision)
                select 'events', record_id, person_id, modified_at, true, 'deliver' from source_record
                where record_id = '00001'
                """));
        ActiveRun run = begin(true);
        lookForUnmatched(run);
        end(run);
        assertThat(deliver(Action.SUBSCRIBE)).extracting(Delivery::person).containsExactly(person(1));
        assertThat(leave()).isEmpty();
    }
}
