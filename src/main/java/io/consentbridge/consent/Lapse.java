package io.consentbridge.consent;

import io.consentbridge.consent.RecordedBasis.Lapsed;
import io.consentbridge.consent.RecordedBasis.NotConsent;
import io.consentbridge.consent.RecordedBasis.NotStated;
import io.consentbridge.consent.RecordedBasis.Obtained;
import io.consentbridge.consent.RecordedBasis.Refused;
import io.consentbridge.consent.RecordedBasis.Unanswered;
import io.consentbridge.consent.RecordedBasis.Unknown;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Decides when a decision ends the membership of a person on the list (docs/decisions/0013-rulings.md, ruling 13).
 * Membership is a state: people whom the policy no longer allows leave. Data that was not read ends nobody's membership: a
 * missing field, details that could not be read, or details that do not mention e-mail.
 */
public final class Lapse {

    // A refusal suppresses its person for good, and ends no membership here.
    private static final List<RecordedBasis> NOT_REFUSED = List.of(
            new Obtained(),
            new Lapsed(),
            new Unanswered(""),
            new NotConsent(LawfulBasis.CONTRACT),
            new NotStated(),
            new Unknown(""));

    private Lapse() {}

    /**
     * Whether the decision rests on data that was read, or on the files, and so ends a membership.
     *
     * @param basisRead whether the record contained the field of its basis, with or without a value
     */
    public static boolean ends(ConsentTerms terms, ConsentFacts facts, boolean basisRead, Decision decision) {
        if (!(decision instanceof Decision.Withhold || decision instanceof Decision.RequestConsent)) {
            return false;
        }
        if (!terms.marketing()) {
            return true;
        }
        if (facts.basis() instanceof Obtained
                && terms.setting().filter(ConsentSetting.EXPRESSED::equals).isPresent()) {
            return facts.evidence() != null
                    && Boolean.FALSE.equals(facts.evidence().byEmail());
        }
        return basisRead;
    }

    /** The word that is stored for a record's consent. */
    public static String word(RecordedBasis basis) {
        if (basis instanceof Obtained) {
            return "obtained";
        } else if (basis instanceof Lapsed) {
            return "lapsed";
        } else if (basis instanceof Unanswered) {
            return "unanswered";
        } else if (basis instanceof NotConsent) {
            return "other";
        } else if (basis instanceof NotStated) {
            return "none";
        }
        return basis instanceof Refused ? "refused" : "unknown";
    }

    /**
     * The stored words for which the terms allow no mail, without reading the record again.
     *
     * @param terms the present terms of purpose and sync
     * @return empty if they allow nobody any mail, whatever the record says
     */
    public static Optional<List<String>> words(ConsentTerms terms) {
        if (!terms.marketing()) {
            return Optional.empty();
        }
        return Optional.of(NOT_REFUSED.stream()
                .flatMap(basis -> {
                    ConsentFacts facts = new ConsentFacts(basis, null, false, false, null);
                    return ends(terms, facts, true, ConsentPolicy.decide(terms, facts))
                            ? Stream.of(word(basis))
                            : Stream.empty();
                })
                .toList());
    }
}
