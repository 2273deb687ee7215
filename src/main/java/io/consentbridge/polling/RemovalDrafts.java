package io.consentbridge.polling;

import io.consentbridge.audience.Member;
import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.consent.Person;
import io.consentbridge.cursor.Keepers;
import io.consentbridge.cursor.SourceRecord;
import io.consentbridge.decision.KnownState;
import io.consentbridge.outbox.Action;
import io.consentbridge.outbox.Draft;
import io.consentbridge.outbox.Held;
import io.consentbridge.run.ActiveRun;
import io.consentbridge.run.RecordOutcome;
import io.consentbridge.sync.Outcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The removals of people whose records are gone, from the CRM or from the selection. All of them are held until the reading
 * has ended.
 *
 * @param outcomes one outcome for each person of the list who leaves
 * @param drafts the deliveries by which they leave
 */
record RemovalDrafts(List<RecordOutcome> outcomes, List<Draft> drafts) {

    static final RemovalDrafts NONE = new RemovalDrafts(List.of(), List.of());

    /**
     * @param gone the records; one that no longer counted removes nobody, since a converted lead is followed to its contact
     * @param known what is known of their people
     */
    static RemovalDrafts of(
            ActiveRun run, Collection<SourceRecord> gone, KnownState known, Held.Cause cause, Action action) {
        Set<String> ids = gone.stream().map(SourceRecord::recordId).collect(Collectors.toSet());
        Map<Person, Draft> drafts = new LinkedHashMap<>();
        List<RecordOutcome> outcomes = new ArrayList<>();
        for (SourceRecord source : gone) {
            if (source.person().isEmpty() || !source.counts()) {
                continue;
            }
            Person person = source.person().get();
            boolean onList = Optional.ofNullable(known.members().get(person))
                    .filter(Member::perhapsOnList)
                    .isPresent();
            if (stays(person, known, ids, cause) || drafts.containsKey(person) || !onList && !source.delivers()) {
                continue;
            }
            Draft leaving = Draft.leaving(action, run.list().id(), person, run.id(), source.recordId(), outcome(cause))
                    .heldBack(run.owner(), cause);
            // A subscription that is under way may still bring a person there who is not on the list yet.
            drafts.put(person, onList ? leaving : leaving.uncounted());
            if (onList) {
                outcomes.add(new RecordOutcome(
                        source.recordId(),
                        Optional.of(person),
                        cause.word(),
                        new Outcome.Pending(),
                        Optional.of(why(cause))));
            }
        }
        return new RemovalDrafts(outcomes, List.copyOf(drafts.values()));
    }

    // Another delivered record of the same person keeps them on the list, and so may the same record through another
    // sync.
    private static boolean stays(Person person, KnownState known, Set<String> gone, Held.Cause cause) {
        boolean elsewhere = !Keepers.isForEverySync(cause) && known.elsewhere().contains(person);
        return elsewhere
                || known.others().getOrDefault(person, List.of()).stream()
                        .anyMatch(other -> other.delivers() && !gone.contains(other.recordId()));
    }

    private static Outcome outcome(Held.Cause cause) {
        return cause == Held.Cause.DELETED ? new Outcome.Deleted() : new Outcome.Ignored(IgnoreReason.OTHER);
    }

    private static String why(Held.Cause cause) {
        return cause == Held.Cause.DELETED
                ? "The record was deleted in the CRM."
                : "The record left the selection; the person leaves the list.";
    }
}
