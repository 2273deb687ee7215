package io.consentbridge.decision;

import io.consentbridge.audience.FormerAddresses;
import io.consentbridge.audience.Member;
import io.consentbridge.consent.Decision;
import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.consent.Person;
import io.consentbridge.consent.Screened;
import io.consentbridge.cursor.SourceRecord;
import io.consentbridge.outbox.Action;
import io.consentbridge.outbox.Draft;
import io.consentbridge.outbox.Held;
import io.consentbridge.sync.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides what a page's records mean for the people for whom they stood until now. A changed address moves the person: the
 * old address leaves the list and the new one comes, both at once when the reading has ended. A lead that was converted and
 * left out is no longer a reason to be on the list, unless contacts are delivered there.
 */
final class AddressChanges {

    private static final Outcome NOT_COUNTED = new Outcome.Ignored(IgnoreReason.OTHER);

    private final OpenPage page;
    private final List<Verdict> verdicts;
    private final Set<Person> delivered;

    AddressChanges(OpenPage page, List<Verdict> verdicts) {
        this.page = page;
        this.verdicts = verdicts;
        this.delivered = verdicts.stream()
                .filter(verdict -> delivers(verdict.decision()))
                .flatMap(verdict -> verdict.candidate().person().stream())
                .collect(Collectors.toSet());
    }

    /** The records that now stand for somebody else. */
    List<FormerAddresses.Moved> moved() {
        return verdicts.stream()
                .map(Verdict::candidate)
                .filter(candidate ->
                        candidate.person().isPresent() && candidate.movedFrom().isPresent())
                .map(candidate -> new FormerAddresses.Moved(
                        candidate.record().id(),
                        candidate.movedFrom().get(),
                        candidate.person().get()))
                .toList();
    }

    /** The deliveries that the page requires: the old address first, then the new one, which waits for it. */
    List<Draft> drafts() {
        return Stream.concat(
                        verdicts.stream().flatMap(verdict -> leaving(verdict).stream()),
                        verdicts.stream().flatMap(verdict -> coming(verdict).stream()))
                .toList();
    }

    private Optional<Draft> coming(Verdict verdict) {
        boolean waits = verdict.candidate()
                .movedFrom()
                .filter(from -> isOnList(from) && !stays(from, verdict))
                .isPresent();
        return verdict.draft()
                .map(draft -> waits && draft.action() == Action.SUBSCRIBE
                        ? draft.heldBack(page.run().owner(), Held.Cause.MOVED)
                        : draft);
    }

    private Optional<Draft> leaving(Verdict verdict) {
        Candidate candidate = verdict.candidate();
        Optional<Person> from = candidate.movedFrom().filter(before -> movesOn(candidate));
        if (from.isPresent()) {
            return movedOn(verdict, from.get());
        }
        boolean converted = verdict.decision() instanceof Decision.Ignore ignore
                && ignore.reason() == IgnoreReason.CONVERTED
                && !page.run().companions().containsValue("Contacts");
        return converted ? convertedAway(verdict) : Optional.empty();
    }

    // A malformed address will probably be corrected, and a person who was removed could not be put on the list again.
    private static boolean movesOn(Candidate candidate) {
        return !(candidate.screened() instanceof Screened.Unusable unusable)
                || unusable.decision().reason() != IgnoreReason.INVALID_PATTERN
                || candidate.refuses();
    }

    private Optional<Draft> movedOn(Verdict verdict, Person from) {
        Candidate candidate = verdict.candidate();
        Optional<Action> refusing =
                candidate.refuses() ? Action.of(page.run().sync().optedOut()) : Optional.empty();
        if (refusing.isPresent()) {
            Outcome optedOut = new Outcome.Ignored(IgnoreReason.OPTED_OUT);
            return isOnList(from) ? Optional.of(draft(verdict, from, refusing.get(), optedOut)) : Optional.empty();
        }
        boolean mayArrive = candidate.source().filter(SourceRecord::delivers).isPresent();
        return !stays(from, verdict) && (isOnList(from) || mayArrive)
                ? Optional.of(draft(verdict, from, Action.UNSUBSCRIBE, NOT_COUNTED)
                        .heldBack(page.run().owner(), Held.Cause.MOVED))
                : Optional.empty();
    }

    private Optional<Draft> convertedAway(Verdict verdict) {
        Optional<Person> person = verdict.candidate().person().filter(this::isOnList);
        Optional<Action> action = Action.of(page.run().sync().whenUnmatched());
        boolean was = verdict.candidate().source().filter(SourceRecord::counts).isPresent();
        return was
                        && person.isPresent()
                        && action.isPresent()
                        && !stays(person.get(), verdict)
                        && !page.known().elsewhere().contains(person.get())
                ? Optional.of(draft(verdict, person.get(), action.get(), NOT_COUNTED)
                        .heldBack(page.run().owner(), Held.Cause.UNMATCHED))
                : Optional.empty();
    }

    private Draft draft(Verdict verdict, Person person, Action action, Outcome outcome) {
        return Draft.leaving(
                        action,
                        page.run().list().id(),
                        person,
                        page.run().id(),
                        verdict.candidate().record().id(),
                        outcome)
                .uncounted();
    }

    private boolean isOnList(Person person) {
        return page.member(person).filter(Member::perhapsOnList).isPresent();
    }

    /**
     * Whether another record keeps the person on the list; records of later pages are looked at when the reading has ended.
     */
    private boolean stays(Person person, Verdict leaver) {
        String own = leaver.candidate().record().id();
        return delivered.contains(person)
                || page.known().others().getOrDefault(person, List.of()).stream()
                        .anyMatch(other -> other.delivers() && !other.recordId().equals(own));
    }

    /** The people for whom the page has a record that requires no new delivery. */
    Set<Person> unchanged() {
        return verdicts.stream()
                .filter(verdict ->
                        delivers(verdict.decision()) && verdict.draft().isEmpty())
                .flatMap(verdict -> verdict.candidate().person().stream())
                .collect(Collectors.toSet());
    }

    static boolean delivers(Decision decision) {
        return decision instanceof Decision.Deliver || decision instanceof Decision.DeliverAsExpressed;
    }
}
