package io.consentbridge.consent;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Every combination of what a purpose and sync, and of what a record and the connector's memory, can say. */
final class Everything {

    static final List<RecordedBasis> BASES = List.of(
            new RecordedBasis.NotStated(),
            new RecordedBasis.NotConsent(LawfulBasis.CONTRACT),
            new RecordedBasis.Obtained(),
            new RecordedBasis.Lapsed(),
            new RecordedBasis.Unanswered("Pending"),
            new RecordedBasis.Refused("Stop Processing"),
            new RecordedBasis.Unknown("Perhaps"));

    static final List<Evidence> EVIDENCE = Arrays.asList(null, saying(true), saying(false), saying(null));

    private static final List<Boolean> BOTH = List.of(true, false);

    private Everything() {}

    static void forEach(BiConsumer<ConsentTerms, ConsentFacts> visit) {
        List<ConsentFacts> facts = facts();
        terms().forEach(one -> facts.forEach(other -> visit.accept(one, other)));
    }

    static Evidence saying(Boolean byEmail) {
        return new Evidence(byEmail, true, null, "Web Form", LocalDate.of(2026, 3, 1), null, null);
    }

    static List<ConsentTerms> terms() {
        List<ConsentTerms> terms = new ArrayList<>();
        for (LawfulBasis basis : LawfulBasis.values()) {
            for (ConsentSetting setting : Arrays.asList(null, ConsentSetting.REQUIRED, ConsentSetting.EXPRESSED)) {
                for (boolean marketing : BOTH) {
                    for (boolean details : BOTH) {
                        for (boolean excludes : BOTH) {
                            terms.add(new ConsentTerms(
                                    basis, Optional.ofNullable(setting), marketing, details, excludes));
                        }
                    }
                }
            }
        }
        return terms;
    }

    static List<ConsentFacts> facts() {
        List<ConsentFacts> facts = new ArrayList<>();
        for (RecordedBasis basis : BASES) {
            for (Evidence evidence : EVIDENCE) {
                for (boolean optedOut : BOTH) {
                    for (boolean converted : BOTH) {
                        for (IgnoreReason remembered :
                                Arrays.asList(null, IgnoreReason.BOUNCED, IgnoreReason.OPTED_OUT)) {
                            for (boolean confirmed : BOTH) {
                                facts.add(
                                        new ConsentFacts(basis, evidence, optedOut, converted, remembered, confirmed));
                            }
                        }
                    }
                }
            }
        }
        return facts;
    }
}
