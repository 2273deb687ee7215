package io.consentbridge.polling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consentbridge.audience.FormerAddresses;
import io.consentbridge.audience.Suppression;
import io.consentbridge.config.Settings;
import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.outbox.Action;
import io.consentbridge.outbox.Delivery;
import io.consentbridge.run.ActiveRun;
import io.consentbridge.run.RemovalsOnly;
import io.consentbridge.run.Run;
import io.consentbridge.run.RunState;
import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.TestDatabase;
import io.consentbridge.sync.Counters;
import io.consentbridge.sync.Sync.LeaverAction;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Who leaves because their record was deleted, and what the brake holds, on every engine. */
@EveryEngine
class RemovalsIT extends PollingFixture {

    RemovalsIT(TestDatabase engine) {
        super(engine);
    }

    @Test
    @DisplayName("B80: the newest remaining record of a person, in any sync, is noted until it was read")
    void remaining() {
        delivered(1, 4);
        alsoDeliveredByEvents(1);
        older("leads", "00000a", 1, 2);
        older("events", "00000b", 1, 1);
        older("leads", "00000c", 2, -1);
        ActiveRun run = begin(false);
        delete(run, 1, 2, 3);

        assertThat(pages.remaining("events", "", 10)).containsExactly("00000b");
        assertThat(pages.remaining("leads", "", 10))
                .as("one that is newer than what is gone stands for its person already")
                .isEmpty();
        pages.remainsNot("events", List.of("00000b"));
        assertThat(pages.remaining("events", "", 10)).isEmpty();
        end(run);
        assertThat(leave()).containsExactly(person(3));
    }

    @Test
    @DisplayName("B80: the record with the higher id is the newer of two in the same second")
    void sameSecond() {
        delivered(1, 3);
        database.change(handle -> handle.execute("update source_record set modified_at = ?", clock.instant()));
        older("leads", "00000z", 1, 0);
        older("leads", "00002z", 2, 0);
        ActiveRun run = begin(false);
        delete(run, 1, 2);

        assertThat(pages.remaining("leads", "", 10)).containsExactly("00000z");
    }

    /** Another record of a person, so many hours older than the one that there is. */
    private void older(String sync, String id, int number, int hours) {
        database.change(handle -> handle.createUpdate("""
                        insert into source_record (sync, record_id, person_id, modified_at, settled, decision)
                        select :sync, :id, person_id, cast(:modified as timestamp with time zone), true, 'deliver'
                        from source_record where sync = 'leads' and record_id = :record
                        """)
                .bind("sync", sync)
                .bind("id", id)
                .bind("modified", clock.instant().minus(Duration.ofHours(hours)))
                .bind("record", record(number))
                .execute());
    }

    @Test
    @DisplayName("B47: a deleted record keeps nobody because of another sync's earlier reading of it")
    void deletedElsewhere() {
        delivered(1, 4);
        alsoDeliveredByEvents(2);
        ActiveRun run = begin(false);
        delete(run, 2);
        end(run);
        assertThat(leave()).containsExactly(person(2));
        closed(run);
    }

    @Test
    @DisplayName("B49, ruling 4: do-not-mail bars a deleted person from every list, and nothing subscribes them again")
    void doNotMail() {
        leads.deleted(LeaverAction.DO_NOT_MAIL);
        delivered(1, 3);
        ActiveRun run = begin(false);
        delete(run, 1);
        end(run);
        assertThat(deliver(Action.UNSUBSCRIBE)).isEmpty();
        assertThat(deliver(Action.DO_NOT_MAIL)).extracting(Delivery::person).containsExactly(person(1));
        assertThat(closed(run).deleted()).isEqualTo(1);
        assertThat(suppressions.of("main", 4711, List.of(person(1))).get(person(1)))
                .extracting(Suppression::reason)
                .containsExactly(IgnoreReason.DO_NOT_MAIL);
    }

    @Test
    @DisplayName(
            "The brake holds removals of more than a tenth of the list and more than fifty people, and nothing below that (B47)")
    void thresholds() {
        delivered(0, 600);
        ActiveRun sixty = begin(false);
        delete(sixty, numbers(0, 60));
        assertThat(end(sixty)).as("just a tenth").isEmpty();
        assertThat(leave()).hasSize(60);
        closed(sixty);
        ActiveRun more = begin(false);
        delete(more, numbers(60, 115));
        assertThat(end(more)).as("55 of 540 are more than a tenth").isPresent();
        assertThat(runQueries.show(more.id()).orElseThrow().state()).isEqualTo(RunState.BRAKED);
        assertThat(leave()).isEmpty();
        brake = new Settings.Brake(10, 55);
        ActiveRun next = begin(false);
        assertThat(end(next)).as("not more than 55").isEmpty();
        assertThat(leave()).hasSize(55);
        assertThat(closed(more).deleted()).isEqualTo(55);
        closed(next);
    }

    @Test
    @DisplayName(
            "B62, B47: a run that a limit deferred and the brake then held says both at the end, with the cause of the deferral")
    void putOffAndBraked() {
        brake = new Settings.Brake(0, 1);
        delivered(1, 6);
        RemovalsOnly only = new RemovalsOnly(
                RunState.DEFERRED,
                "leads: 10 of 10 runs are used",
                Optional.of(clock.instant().plusSeconds(3600)));
        ActiveRun run = begin(false, Optional.of(only));
        delete(run, 1, 2);
        end(run);

        Run held = runQueries.show(run.id()).orElseThrow();
        assertThat(held.says().orElseThrow())
                .startsWith("leads: 10 of 10 runs are used; leads: the brake holds 2 people who would leave")
                .endsWith("--allow-removals 2");
        assertThat(runQueries.deferred()).extracting(Run::message).containsExactly(Optional.of(only.because()));

        removals.allow(leads.build(), companions, ZoneOffset.UTC, 2);
        leave();
        runClosing.closeFinished();
        Run ended = runQueries.show(run.id()).orElseThrow();
        assertThat(ended.state()).isEqualTo(RunState.DEFERRED);
        assertThat(ended.says()).contains(only.because());
    }

    @Test
    @DisplayName(
            "People held by a failed run leave with the next run that reads everything, and its figures are complete then (B47)")
    void failedRun() {
        delivered(1, 4);
        ActiveRun failed = begin(false);
        delete(failed, 1);
        runs.fail(failed.id(), "Zoho went away", true);
        assertThat(leave()).isEmpty();
        ActiveRun next = begin(false);
        end(next);
        assertThat(leave()).containsExactly(person(1));
        assertThat(outcomes.counters(failed.id()).pending()).isZero();
        assertThat(outcomes.counters(failed.id()).deleted()).isEqualTo(1);
        assertThat(closed(next).deleted()).isZero();
    }

    @Test
    @DisplayName(
            "A person who comes back while the brake holds them stays; a number that differs from the brake's is refused (B47)")
    void comesBack() {
        brake = new Settings.Brake(0, 1);
        delivered(1, 6);
        ActiveRun run = begin(false);
        delete(run, 1, 2, 3);
        assertThat(end(run).orElseThrow()).endsWith("--allow-removals 3");
        ActiveRun back = begin(false);
        meet(back, 2);
        assertThat(end(back)).as("it holds nobody of its own").isEmpty();
        closed(back);
        assertThat(removals.held()).containsEntry("leads", 2L);
        assertThatThrownBy(() -> removals.allow(leads.build(), companions, ZoneOffset.UTC, 3))
                .hasMessageContaining("--allow-removals 2");
        ActiveRun reading = begin(false);
        assertThatThrownBy(() -> removals.allow(leads.build(), companions, ZoneOffset.UTC, 2))
                .hasMessageContaining("already running");
        end(reading);

        assertThat(removals.allow(leads.build(), companions, ZoneOffset.UTC, 2)).isEqualTo(run.id());
        assertThat(leave()).containsExactlyInAnyOrder(person(1), person(3));
        Counters counters = closed(run);
        assertThat(counters.deleted()).isEqualTo(2);
        assertThat(counters.ignored()).containsEntry(IgnoreReason.OTHER, 1L);
    }

    @Test
    @DisplayName(
            "B51: a refusal of an earlier address applies to the later ones, in any sequence, until it is withdrawn")
    void formerAddresses() {
        ActiveRun run = begin(false);
        database.change(handle -> FormerAddresses.moved(
                handle, "main", "leads", List.of(new FormerAddresses.Moved("00001", person(1), person(2)))));
        database.change(handle -> FormerAddresses.moved(
                handle, "main", "leads", List.of(new FormerAddresses.Moved("00001", person(2), person(3)))));
        meet(run, 3);
        Suppression refusal = new Suppression(
                "main", person(1), list.id(), Suppression.CAMPAIGNS, IgnoreReason.OPTED_OUT, clock.instant());
        suppressions.add(List.of(refusal));

        assertThat(suppressions.of("main", list.id(), List.of(person(3))).get(person(3)))
                .extracting(Suppression::origin, Suppression::reason)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(Suppression.FORMER_ADDRESS, IgnoreReason.OPTED_OUT));
        assertThat(suppressions.of("main", list.id() + 1, List.of(person(3)))).isEmpty();
        end(run);
        assertThat(deliver(Action.SUBSCRIBE)).as("nor does what waited leave").isEmpty();
        assertThat(closed(run).ignored()).containsEntry(IgnoreReason.OPTED_OUT, 1L);
        database.change(handle -> FormerAddresses.moved(
                handle, "main", "leads", List.of(new FormerAddresses.Moved("00004", person(4), person(5)))));
        suppressions.add(List.of(new Suppression(
                "main", person(4), list.id(), Suppression.CAMPAIGNS, IgnoreReason.BOUNCED, clock.instant())));
        assertThat(suppressions.of("main", list.id(), List.of(person(5))))
                .as("a bounce is no refusal")
                .isEmpty();
    }
}
