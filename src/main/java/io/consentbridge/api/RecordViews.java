package io.consentbridge.api;

import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.outbox.PersonDeliveries;
import io.consentbridge.run.Outcomes;
import io.consentbridge.run.RecordOutcome;
import io.consentbridge.run.RecordsAsked;
import io.consentbridge.run.Run;
import io.consentbridge.sync.Outcome;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Creates the views of the records of runs. */
final class RecordViews {

    private static final String UPDATED = "updated";
    private static final List<String> OUTCOMES = List.of(
            Outcome.NEW,
            Outcome.READDED,
            Outcome.DUPLICATE,
            UPDATED,
            Outcome.DELETED,
            Outcome.IGNORED,
            Outcome.DEAD_LETTERED,
            Outcome.PENDING);

    private final Outcomes outcomes;
    private final PersonDeliveries traces;

    RecordViews(Outcomes outcomes, PersonDeliveries traces) {
        this.outcomes = outcomes;
        this.traces = traces;
    }

    RecordsView of(Run run, RecordsView.Asked asked) {
        boolean updatedOnly = UPDATED.equals(asked.outcome());
        List<RecordOutcome> found = outcomes.records(new RecordsAsked(
                run.id(),
                updatedOnly ? Optional.of(Outcome.DUPLICATE) : outcome(asked.outcome()),
                reason(asked.reason()),
                updatedOnly,
                Optional.ofNullable(asked.after()).orElse(""),
                asked.limit() + 1));
        boolean more = found.size() > asked.limit();
        List<RecordOutcome> page = more ? found.subList(0, asked.limit()) : found;
        Map<String, String> names = traces.names(
                page.stream().flatMap(record -> record.address().stream()).toList());
        return new RecordsView(
                run.id(),
                run.sync(),
                run.connection(),
                page.stream().map(record -> view(record, names)).toList(),
                more ? page.get(page.size() - 1).recordId() : null);
    }

    private static RecordsView.OfRecord view(RecordOutcome record, Map<String, String> names) {
        Outcome outcome = record.outcome();
        return new RecordsView.OfRecord(
                record.recordId(),
                record.address().orElse(null),
                outcome.word(),
                outcome instanceof Outcome.Ignored ignored ? ignored.reason().word() : null,
                outcome instanceof Outcome.Duplicate duplicate && duplicate.updated(),
                record.decision(),
                record.detail().orElse(null),
                record.address().map(names::get).orElse(null));
    }

    private static Optional<String> outcome(String word) {
        if (word != null && !OUTCOMES.contains(word)) {
            throw new OperationFailure.UnknownName("outcome", word, OUTCOMES);
        }
        return Optional.ofNullable(word);
    }

    private static Optional<IgnoreReason> reason(String word) {
        List<String> known =
                Arrays.stream(IgnoreReason.values()).map(IgnoreReason::word).toList();
        if (word != null && !known.contains(word)) {
            throw new OperationFailure.UnknownName("reason", word, known);
        }
        return Optional.ofNullable(word).map(IgnoreReason::of);
    }
}
