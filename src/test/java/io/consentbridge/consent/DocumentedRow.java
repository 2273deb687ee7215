package io.consentbridge.consent;

import java.util.List;
import java.util.stream.Stream;

/** A row of the table in {@code docs/consent.md}, understood apart from the code. */
record DocumentedRow(
        String cases, String purpose, String record, String details, String sync, String decision, String countedAs) {

    static DocumentedRow parse(String line) {
        List<String> cells =
                Stream.of(line.substring(1).split("\\|")).map(String::strip).toList();
        return new DocumentedRow(
                cells.get(0), cells.get(1), cells.get(2), cells.get(3), cells.get(4), cells.get(5), cells.get(6));
    }

    boolean fits(ConsentTerms terms, ConsentFacts facts) {
        return purposeFits(terms)
                && recordFits(facts)
                && detailsFit(facts.evidence())
                && Stream.of(sync.split(", ")).allMatch(word -> syncFits(word, terms));
    }

    private boolean purposeFits(ConsentTerms terms) {
        boolean consent = terms.purposeBasis() == LawfulBasis.CONSENT;
        return switch (purpose) {
            case "any" -> true;
            case "consent" -> consent;
            case "not consent" -> !consent;
            default -> throw new IllegalArgumentException(purpose);
        };
    }

    private boolean recordFits(ConsentFacts facts) {
        RecordedBasis basis = facts.basis();
        return switch (record) {
            case "anything" -> true;
            case "opted out of e-mail" -> facts.optedOut();
            case "consent refused, or processing stopped" -> basis instanceof RecordedBasis.Refused;
            case "anything, and the connector remembers a refusal" -> facts.remembered() != null;
            case "anything, and the person confirmed the present wording" -> facts.confirmed();
            case "a lead that was converted" -> facts.converted();
            case "consent obtained" -> basis instanceof RecordedBasis.Obtained;
            case "a basis other than consent" -> basis instanceof RecordedBasis.NotConsent;
            case "no basis" -> basis instanceof RecordedBasis.NotStated;
            case "consent that has ended, or lies ahead" -> basis instanceof RecordedBasis.Lapsed;
            case "no answer yet" -> basis instanceof RecordedBasis.Unanswered;
            case "an unknown word" -> basis instanceof RecordedBasis.Unknown;
            default -> throw new IllegalArgumentException(record);
        };
    }

    private boolean detailsFit(Evidence evidence) {
        return switch (details) {
            case "any" -> true;
            case "not read" -> evidence == null;
            case "e-mail is among its channels" -> evidence != null && evidence.byEmail() == Boolean.TRUE;
            case "e-mail is not among its channels" -> evidence != null && evidence.byEmail() != Boolean.TRUE;
            default -> throw new IllegalArgumentException(details);
        };
    }

    private static boolean syncFits(String word, ConsentTerms terms) {
        return switch (word) {
            case "any" -> true;
            case "convertedLeads: exclude" -> terms.excludesConverted();
            case "subscription: non-marketing" -> !terms.marketing();
            case "consent: required" -> terms.setting().equals(java.util.Optional.of(ConsentSetting.REQUIRED));
            case "consent: expressed" -> terms.setting().equals(java.util.Optional.of(ConsentSetting.EXPRESSED));
            case "evidence: basis" -> !terms.readsDetails();
            case "evidence: details" -> terms.readsDetails();
            default -> throw new IllegalArgumentException(word);
        };
    }
}
