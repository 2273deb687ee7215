package io.consentbridge.decision;

import io.consentbridge.consent.ConsentBreach;
import io.consentbridge.consent.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The decisions on the records of one page. Routes carry candidates, decisions and verdicts from step to step as bodies,
 * which an edit of a route can replace. What is stored here counts, and a body that differs from it is refused.
 */
public final class PageDecisions {

    private final Map<String, Candidate> candidates = new ConcurrentHashMap<>();
    private final Map<String, Decided> decided = new ConcurrentHashMap<>();
    private final Map<String, Verdict> verdicts = new ConcurrentHashMap<>();

    /** Begins the page with the records that are to be decided. */
    public void open(List<Candidate> all) {
        all.forEach(candidate -> candidates.put(candidate.record().id(), candidate));
    }

    /** Replaces a candidate by one of which more is known. */
    Candidate learnt(Candidate before, Candidate now) {
        require(before);
        candidates.put(now.record().id(), now);
        return now;
    }

    /** @throws ConsentBreach when the page was not opened with that candidate in that state */
    Candidate require(Candidate candidate) {
        if (candidates.get(candidate.record().id()) != candidate) {
            throw new ConsentBreach(candidate.record() + " is not as the CRM brought it");
        }
        return candidate;
    }

    /** Stores the policy's decision on a candidate. */
    Decided decided(Candidate candidate, Decision decision) {
        require(candidate);
        return decided.compute(
                candidate.record().id(),
                (id, before) -> before != null
                                && before.candidate() == candidate
                                && before.decision().equals(decision)
                        ? before
                        : new Decided(candidate, decision));
    }

    /**
     * Returns the decision, if it is the one that was made and the step may follow from it.
     *
     * @param step the step that asks
     * @param words the words of the decisions that the step may follow
     * @throws ConsentBreach when the decision is a different one
     */
    Decided require(Decided given, String step, Set<String> words) {
        String id = given.candidate().record().id();
        if (decided.get(id) != given) {
            throw new ConsentBreach("record " + id + " comes to " + step + " with a decision that was not made of it");
        }
        if (!words.contains(given.word())) {
            throw new ConsentBreach("record " + id + " comes to " + step + " though its decision is " + given.word());
        }
        return given;
    }

    /** Stores the verdict that follows from a decision. */
    Verdict follows(Verdict verdict) {
        verdicts.put(verdict.candidate().record().id(), verdict);
        return verdict;
    }

    /**
     * The verdicts of the page, one for each of its records.
     *
     * @param gathered the verdicts that the route collected
     * @throws ConsentBreach when a record is missing, occurs twice, or has a different verdict than the one that was made
     */
    public List<Verdict> all(List<?> gathered) {
        List<Verdict> all = new ArrayList<>();
        for (Object each : gathered) {
            if (!(each instanceof Verdict verdict)
                    || verdicts.get(verdict.candidate().record().id()) != verdict) {
                throw new ConsentBreach("a page is kept with something else than the verdicts of its records");
            }
            all.add(verdict);
        }
        Set<String> brought =
                all.stream().map(verdict -> verdict.candidate().record().id()).collect(Collectors.toSet());
        if (brought.size() != all.size() || !brought.equals(candidates.keySet())) {
            throw new ConsentBreach("a page is kept with " + all.size() + " verdicts for its " + candidates.size()
                    + " records, of which each needs one");
        }
        return all;
    }
}
