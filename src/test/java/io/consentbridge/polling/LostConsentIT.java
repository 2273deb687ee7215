package io.consentbridge.polling;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.audience.MemberReading;
import io.consentbridge.audience.Members;
import io.consentbridge.config.Settings;
import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.cursor.SourceRecord;
import io.consentbridge.decision.EndedConsent;
import io.consentbridge.decision.LostConsent;
import io.consentbridge.decision.PageWrites;
import io.consentbridge.run.ActiveRun;
import io.consentbridge.run.Outcomes;
import io.consentbridge.run.ReadLease;
import io.consentbridge.run.RecordOutcome;
import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.TestDatabase;
import io.consentbridge.sync.Counters;
import io.consentbridge.sync.Outcome;
import io.consentbridge.sync.Sync.ConsentLost;
import io.consentbridge.zoho.CallCounter;
import io.consentbridge.zoho.CallListener;
import io.consentbridge.zoho.Calls;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Who leaves because their consent is lost or has ended, on every engine. */
@EveryEngine
class LostConsentIT extends PollingFixture {

    LostConsentIT(TestDatabase engine) {
        super(engine);
    }

    /** A page that reads records again: from which day each allows no mail. */
    private void read(ActiveRun run, String sync, String decision, Map<Integer, LocalDate> days) {
        pages.commit(PageWrites.of(run.id(), sync, "main", Calls.NONE, "node-1", LEASE)
                .records(days.keySet().stream()
                        .map(i -> new SourceRecord(
                                record(i), Optional.of(person(i)), clock.instant(), true, decision, Optional.empty()))
                        .toList())
                .outcomes(days.keySet().stream()
                        .map(i -> new RecordOutcome(
                                record(i),
                                Optional.of(person(i)),
                                decision,
                                decision.equals("withhold")
                                        ? new Outcome.Ignored(IgnoreReason.CONSENT_WITHHELD)
                                        : new Outcome.Duplicate(false),
                                Optional.empty()))
                        .toList())
                .keeping(new PageWrites.Keeping(
                        list.id(),
                        List.of(),
                        Set.of(),
                        Optional.empty(),
                        Set.of(),
                        days.entrySet().stream()
                                .collect(Collectors.toMap(day -> record(day.getKey()), Map.Entry::getValue)),
                        Map.of()))
                .build());
    }

    private void lookForLostConsent(ActiveRun run) {
        LostConsent lost = new LostConsent(
                pages, clock, new ReadLease(new CallCounter(CallListener.NONE), "node-1", LEASE, () -> false));
        Iterator<List<EndedConsent>> found = lost.pages(run);
        while (found.hasNext()) {
            lost.commit(found.next(), run);
        }
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    @Test
    @DisplayName("B12: the first run after the end date of a consent notices its end, even if no record is read")
    void consentEndsByItsDay() {
        leads.consentLost(ConsentLost.UNSUBSCRIBE);
        delivered(1, 5);
        ActiveRun run = begin(false);
        read(run, "leads", "deliver-as-expressed", Map.of(1, today().plusDays(1), 2, today().plusDays(300)));
        lookForLostConsent(run);
        end(run);
        assertThat(leave()).isEmpty();
        closed(run);
        clock.pass(Duration.ofDays(1));
        ActiveRun next = begin(false);
        lookForLostConsent(next);
        end(next);
        assertThat(leave()).containsExactly(person(1));
        Counters counters = closed(next);
        assertThat(counters.total()).isEqualTo(1);
        assertThat(counters.ignored()).containsEntry(IgnoreReason.CONSENT_WITHHELD, 1L);
        assertThat(outcomes.decisions(next.id()))
                .extracting(Outcomes.DecisionCount::decision)
                .containsExactly("withhold");
        ActiveRun last = begin(false);
        lookForLostConsent(last);
        end(last);
        assertThat(leave()).isEmpty();
        assertThat(closed(last).total()).isZero();
    }

    @Test
    @DisplayName(
            "B12: the brake holds removals for lost consent, reports them as a separate cause, and requests them once while held")
    void lostConsentUnderTheBrake() {
        leads.consentLost(ConsentLost.UNSUBSCRIBE);
        delivered(1, 5);
        brake = new Settings.Brake(0, 0);
        ActiveRun run = begin(false);
        read(run, "leads", "withhold", Map.of(1, today(), 2, today()));
        lookForLostConsent(run);
        assertThat(end(run).orElseThrow()).contains("2 people who would leave", "2 no longer with consent");
        ActiveRun next = begin(false);
        lookForLostConsent(next);
        end(next);
        assertThat(closed(next).total()).as("nobody is asked for twice").isZero();
        ActiveRun again = begin(false);
        read(again, "leads", "deliver-as-expressed", Map.of(1, today().plusDays(9)));
        assertThat(leave()).isEmpty();
        end(again);
        assertThat(removals.allow(leads.build(), companions, ZoneOffset.UTC, 1)).isNotEmpty();
        assertThat(leave()).as("a person who has consent again stays").containsExactly(person(2));
    }

    @Test
    @DisplayName(
            "B12: lost consent removes nobody by default where the purpose does not rest on consent, nor with keep")
    void lostConsentKept() {
        delivered(1, 3);
        ActiveRun run = begin(false);
        read(run, "leads", "withhold", Map.of(1, today()));
        lookForLostConsent(run);
        end(run);
        assertThat(leave()).isEmpty();
        closed(run);
    }

    @Test
    @DisplayName("B12: a person that this product did not subscribe stays, whatever their record says")
    void notOurMember() {
        leads.consentLost(ConsentLost.UNSUBSCRIBE);
        Members members = new Members(database);
        Instant reading = suppressions.beginReading();
        new MemberReading(database).listed(list.id(), reading, List.of(person(1)));
        new MemberReading(database).finishReading(list.id(), reading, 0);
        delivered(1, 3);
        ActiveRun run = begin(false);
        read(run, "leads", "withhold", Map.of(1, today(), 2, today()));
        lookForLostConsent(run);
        end(run);
        assertThat(leave()).containsExactly(person(2));
    }

    @Test
    @DisplayName(
            "B12: another sync that delivers the person keeps them, unless it read an older version of the same record")
    void lostConsentAndCompanions() {
        leads.consentLost(ConsentLost.UNSUBSCRIBE);
        delivered(1, 4);
        alsoDeliveredByEvents(1, 2);
        clock.pass(Duration.ofMinutes(1));
        ActiveRun run = begin(false);
        read(run, "leads", "withhold", Map.of(1, today(), 2, today(), 3, today()));
        ActiveRun other = begin(false);
        meet(other, "events", 2);
        end(other);
        ActiveRun next = begin(false);
        lookForLostConsent(next);
        end(next);
        assertThat(leave()).containsExactlyInAnyOrder(person(1), person(3));
        assertThat(closed(next).total())
                .as("a person who is kept is not counted")
                .isEqualTo(2);
    }

    @Test
    @DisplayName(
            "B12: a record whose consent ended by date is evaluated again only while its person is on the list or may come")
    void lookedAtAgain() {
        leads.consentLost(ConsentLost.UNSUBSCRIBE);
        delivered(1, 2);
        ActiveRun run = begin(false);
        read(run, "leads", "withhold", Map.of(1, today(), 9, today()));
        lookForLostConsent(run);
        assertThat(database.<List<String>>query(handle -> handle.createQuery(
                                "select record_id from consent_end where sync = 'leads' order by record_id")
                        .mapTo(String.class)
                        .list()))
                .containsExactly(record(1));
    }
}
