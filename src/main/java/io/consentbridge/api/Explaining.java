package io.consentbridge.api;

import io.consentbridge.audience.ListLocks;
import io.consentbridge.audience.MailingList;
import io.consentbridge.audience.MailingLists;
import io.consentbridge.audience.Suppression;
import io.consentbridge.audience.Suppressions;
import io.consentbridge.config.Configuration;
import io.consentbridge.confirmation.RequestQueries;
import io.consentbridge.consent.Person;
import io.consentbridge.ledger.EventKind;
import io.consentbridge.ledger.Keys;
import io.consentbridge.ledger.LedgerEntry;
import io.consentbridge.ledger.PersonLedger;
import io.consentbridge.lifecycle.SyncCatalog;
import io.consentbridge.outbox.PersonDeliveries;
import io.consentbridge.outbox.TakenOff;
import io.consentbridge.run.Outcomes;
import io.consentbridge.run.PersonRecords;
import io.consentbridge.run.RecordOutcome;
import io.consentbridge.run.Run;
import io.consentbridge.run.RunQueries;
import io.consentbridge.store.Database;
import io.consentbridge.sync.ForCampaign;
import io.consentbridge.sync.Outcome;
import io.consentbridge.sync.Sync;
import io.consentbridge.writeback.StartQueries;
import io.consentbridge.writeback.UpdateQueries;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Gathers everything about one person. */
final class Explaining {

    private static final int OUTCOMES = 100;

    private final Database database;
    private final Keys keys;
    private final Configuration configuration;
    private final MailingLists lists;
    private final RunQueries runs;
    private final InstantSource clock;
    private final Person person;

    Explaining(
            Database database,
            Keys keys,
            Configuration configuration,
            MailingLists lists,
            RunQueries runs,
            InstantSource clock,
            Person person) {
        this.database = database;
        this.keys = keys;
        this.configuration = configuration;
        this.lists = lists;
        this.runs = runs;
        this.clock = clock;
        this.person = person;
    }

    ExplainView view() {
        PersonDeliveries traces = new PersonDeliveries(database);
        // Sorted here, because databases differ in how they sort letters.
        List<PersonDeliveries.Membership> memberships = traces.memberships(person).stream()
                .sorted(Comparator.comparing(PersonDeliveries.Membership::connection)
                        .thenComparing(PersonDeliveries.Membership::list))
                .toList();
        PersonRecords records = new PersonRecords(database);
        return new ExplainView(
                person.address(),
                new Suppressions(database, clock)
                        .of(person).stream()
                                .map(suppression -> suppressed(suppression, memberships))
                                .toList(),
                memberships.stream().map(Explaining::membership).toList(),
                records.decisions(person).stream()
                        .sorted(Comparator.comparing(PersonRecords.CurrentDecision::sync)
                                .thenComparing(PersonRecords.CurrentDecision::recordId))
                        .map(each -> new ExplainView.RecordDecision(
                                connection(each.sync()),
                                each.sync(),
                                each.recordId(),
                                each.decision(),
                                each.modified()))
                        .toList(),
                records.moves(person).stream()
                        .sorted(Comparator.comparing(PersonRecords.Move::sync)
                                .thenComparing(PersonRecords.Move::recordId))
                        .map(move -> new ExplainView.Move(
                                move.sync(),
                                move.recordId(),
                                move.earlier().address(),
                                move.later().address()))
                        .toList(),
                outcomes(),
                traces.waiting(person).stream()
                        .sorted(Comparator.comparing(PersonDeliveries.Waiting::list))
                        .map(each -> new ExplainView.Waiting(
                                each.connection(),
                                each.list(),
                                each.action(),
                                each.due(),
                                each.held(),
                                each.campaign().map(ListLocks.Lock::because).orElse(null),
                                each.rounds(),
                                each.runId(),
                                each.recordId()))
                        .toList(),
                traces.deadLetters(person).stream()
                        .map(each -> new ExplainView.Letter(
                                each.connection(),
                                each.id(),
                                each.list(),
                                each.action(),
                                each.cause(),
                                each.parkedAt(),
                                each.replaying()))
                        .toList(),
                new RequestQueries(database)
                        .of(person).stream().map(Explaining::asked).toList(),
                new PersonLedger(database, keys)
                        .of(person).stream()
                                // Memberships show it.
                                .filter(entry -> entry.event() != EventKind.DELIVERED)
                                .map(this::decided)
                                .toList(),
                updates(records.decisions(person).stream()
                        .map(PersonRecords.CurrentDecision::recordId)
                        .toList()),
                starts());
    }

    private List<ExplainView.Start> starts() {
        return new StartQueries(database)
                .of(person).stream()
                        .map(start -> new ExplainView.Start(
                                start.connection(),
                                start.workflow(),
                                start.purpose(),
                                start.list(),
                                start.state().word(),
                                start.settledAt().orElse(null),
                                start.cause().orElse(null)))
                        .toList();
    }

    private List<ExplainView.Update> updates(List<String> recordIds) {
        return new UpdateQueries(database)
                .of(person, recordIds).stream()
                        .map(update -> new ExplainView.Update(
                                update.connection(),
                                update.module(),
                                update.recordId(),
                                update.fields(),
                                update.state().word(),
                                update.because(),
                                update.settledAt().orElse(null),
                                update.cause().or(update::note).orElse(null)))
                        .toList();
    }

    private static ExplainView.Asked asked(RequestQueries.Shown request) {
        return new ExplainView.Asked(
                request.connection(),
                request.purpose(),
                request.statementVersion(),
                request.via(),
                request.state().word(),
                request.because().orElse(null),
                request.ground(),
                request.recordId(),
                request.requestedAt(),
                request.sentAt().orElse(null),
                request.reminded(),
                request.answeredAt().orElse(null),
                request.expiresAt().orElse(null),
                request.validTo().orElse(null));
    }

    /**
     * Returns the suppression as shown; Campaigns lists people whom this product removed as unsubscribed, which is not shown
     * as a refusal.
     */
    private ExplainView.Suppressed suppressed(Suppression suppression, List<PersonDeliveries.Membership> memberships) {
        String list = suppression.listId() == Suppression.EVERY_LIST
                ? null
                : lists.find(suppression.listId()).map(MailingList::name).orElse("");
        boolean byUs = suppression.saysThatTheyLeft()
                && memberships.stream()
                        .anyMatch(known -> known.takenOff().isPresent()
                                && known.connection().equals(suppression.connection())
                                && known.list().equals(list));
        if (byUs) {
            return new ExplainView.Suppressed(
                    suppression.connection(), list, "removed", "consentbridge", suppression.since());
        }
        return new ExplainView.Suppressed(
                suppression.connection(), list, suppression.reason().word(), suppression.origin(), suppression.since());
    }

    private static ExplainView.Membership membership(PersonDeliveries.Membership known) {
        return new ExplainView.Membership(
                known.connection(),
                known.list(),
                known.active(),
                known.unsure(),
                known.askedAt().orElse(null),
                known.deliveredAt().orElse(null),
                known.seenAt().orElse(null),
                known.takenOff().map(TakenOff::text).orElse(null),
                known.listedAs(),
                known.content());
    }

    private List<ExplainView.Result> outcomes() {
        List<ExplainView.Result> results = new ArrayList<>();
        new Outcomes(database).of(person, OUTCOMES).forEach((run, outcomes) -> {
            String connection = runs.show(run).map(Run::connection).orElse(null);
            outcomes.forEach(outcome -> results.add(result(connection, run, outcome)));
        });
        return results;
    }

    private static ExplainView.Result result(String connection, String run, RecordOutcome outcome) {
        return new ExplainView.Result(
                connection,
                run,
                outcome.recordId(),
                outcome.decision(),
                outcome.outcome().word(),
                outcome.outcome() instanceof Outcome.Ignored ignored
                        ? ignored.reason().word()
                        : null,
                outcome.detail().orElse(null));
    }

    private ExplainView.Decided decided(LedgerEntry entry) {
        return new ExplainView.Decided(
                entry.sync().isEmpty() ? entry.connection() : connection(entry.sync()),
                entry.at(),
                entry.purpose(),
                entry.statementVersion(),
                entry.sync(),
                entry.recordId(),
                entry.runId(),
                entry.decision().isEmpty() ? entry.event().word() : entry.decision(),
                entry.why(),
                entry.evidence().isEmpty() ? null : entry.evidence());
    }

    /** Returns the connection of a sync, or of a part's sync; null when the sync is gone. */
    private String connection(String sync) {
        return new SyncCatalog(configuration, Map.of())
                .find(sync.startsWith(ForCampaign.PREFIX) ? sync : sync.replaceFirst("/.*", ""))
                .map(Sync::connection)
                .orElse(null);
    }
}
