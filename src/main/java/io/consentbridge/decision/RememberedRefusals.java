package io.consentbridge.decision;

import io.consentbridge.audience.FormerAddresses;
import io.consentbridge.audience.Suppression;
import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.consent.Person;
import io.consentbridge.outbox.TakenOff;
import io.consentbridge.sync.Sync;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Adds to the candidates of one page what is known against their people besides their own record: refusals by other records,
 * in Campaigns, by the page itself, or at another address of the person; and unknown words for the lawful basis.
 *
 * <p>A record's own earlier refusal does not count, because the record as it was read now replaces it. See docs/consent.md.
 */
public final class RememberedRefusals {

    private final List<Candidate> candidates;
    private final Set<Person> refusedOnPage = new HashSet<>();
    private final Map<Person, Set<String>> unknownOnPage = new HashMap<>();

    private RememberedRefusals(List<Candidate> candidates) {
        this.candidates = candidates;
        for (Candidate candidate : candidates) {
            if (candidate.refuses()) {
                refusedOnPage.addAll(candidate.refusers());
                refusedOnPage.addAll(candidate.besides());
            }
            if (candidate.unknownWord().isPresent()) {
                candidate
                        .person()
                        .ifPresent(person -> unknownOnPage
                                .computeIfAbsent(person, none -> new HashSet<>())
                                .add(origin(candidate)));
            }
        }
    }

    /**
     * The candidates of one page, each with what is known against its person; in the same order.
     *
     * @param candidates all candidates of the page. If one record refuses mail, it refuses for the person, so the page's own
     *     refusals count before they are stored
     */
    public static List<Candidate> addTo(List<Candidate> candidates) {
        return new RememberedRefusals(candidates).added();
    }

    private List<Candidate> added() {
        return candidates.stream()
                .map(candidate -> candidate
                        .person()
                        .map(person -> withRefusals(candidate, person))
                        .map(this::withUnknownWords)
                        .orElse(candidate))
                .toList();
    }

    // An unknown word may be a refusal, so one record with such a word withholds the person from every list.
    private Candidate withUnknownWords(Candidate candidate) {
        String own = origin(candidate);
        boolean withheld = candidate.person().stream()
                .flatMap(person -> Stream.concat(
                        unknownOnPage.getOrDefault(person, Set.of()).stream(),
                        candidate.page().known().withheld().getOrDefault(person, Set.of()).stream()))
                .anyMatch(origin -> !origin.equals(own));
        return withheld ? candidate.with(candidate.facts().unknownElsewhere()) : candidate;
    }

    private Candidate withRefusals(Candidate candidate, Person person) {
        Optional<TakenOff> byUs = Optional.ofNullable(
                        candidate.page().known().takenOff().get(person))
                .filter(taken -> nothingElseAgainst(candidate, person));
        if (byUs.isEmpty()) {
            return withRefusals(candidate, person, suppression -> true);
        }
        boolean back = candidate.page().run().sync().returning() == Sync.Returning.RESUBSCRIBE
                && byUs.get().mayReturn();
        // A refusal at an earlier address counts, no matter who took this address off the list.
        return back
                ? withRefusals(candidate, person, suppression -> !suppression.saysThatTheyLeft())
                        .returning()
                : candidate.removed(byUs.get());
    }

    /** Whether only our own removal of the person is known against them. */
    private boolean nothingElseAgainst(Candidate candidate, Person person) {
        return !refusedOnPage.contains(person)
                && ofOthers(candidate, person)
                        .filter(suppression -> !suppression.byOtherAddress())
                        .allMatch(Suppression::saysThatTheyLeft);
    }

    private Candidate withRefusals(Candidate candidate, Person person, Predicate<Suppression> counts) {
        boolean heedsSecond = candidate.page().run().sync().heedsSecondaryAddresses();
        List<Suppression> against = ofOthers(candidate, person)
                .filter(counts)
                .filter(suppression -> heedsSecond || !suppression.origin().equals(Suppression.SECOND_ADDRESS))
                .toList();
        Optional<IgnoreReason> atThisAddress = against.stream()
                .filter(suppression -> !suppression.byOtherAddress())
                .map(Suppression::reason)
                .findFirst()
                .or(() -> onPage(person));
        if (atThisAddress.isPresent()) {
            return candidate.with(candidate.facts().remembering(atThisAddress.get()));
        }
        return against.stream()
                .map(Suppression::reason)
                .findFirst()
                .or(() -> candidate.movedFrom().flatMap(from -> atOtherAddress(from, candidate)))
                .or(() -> candidate.besides().stream()
                        .flatMap(other -> atOtherAddress(other, candidate).stream())
                        .findFirst())
                .map(candidate::refusedBefore)
                .orElse(candidate);
    }

    /** The reason why the person of a record must not be mailed because of another of their addresses. */
    private Optional<IgnoreReason> atOtherAddress(Person other, Candidate candidate) {
        boolean byUs = candidate.page().known().takenOff().containsKey(other);
        return ofOthers(candidate, other)
                .filter(suppression -> !(byUs && suppression.saysThatTheyLeft()))
                .map(Suppression::reason)
                .filter(FormerAddresses::follows)
                .findFirst()
                .or(() -> onPage(other));
    }

    private Optional<IgnoreReason> onPage(Person person) {
        return refusedOnPage.contains(person) ? Optional.of(IgnoreReason.OPTED_OUT) : Optional.empty();
    }

    /** The suppressions of a person without those that come from the candidate's own record. */
    private static Stream<Suppression> ofOthers(Candidate candidate, Person person) {
        String own = origin(candidate);
        return candidate.page().known().suppressions().getOrDefault(person, List.of()).stream()
                .filter(suppression -> !suppression.origin().equals(own));
    }

    private static String origin(Candidate candidate) {
        return candidate.page().run().origin(candidate.record().id());
    }
}
