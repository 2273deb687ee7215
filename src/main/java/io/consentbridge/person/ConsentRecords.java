package io.consentbridge.person;

import io.consentbridge.consent.Disclosure;
import io.consentbridge.consent.LawfulBasis;
import io.consentbridge.consent.Person;
import io.consentbridge.consent.Purpose;
import io.consentbridge.ledger.LedgerEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Consent records of one person in JSON-LD, in the words of the W3C's Data Privacy Vocabulary for ISO/IEC TS 27560: one for each
 * purpose about which the ledger says something. What a purpose file does not say is named under {@code missing}.
 */
final class ConsentRecords {

    private ConsentRecords() {}

    static Map<String, Object> of(Person person, List<LedgerEntry> entries, Map<String, Purpose> purposes) {
        Map<String, List<LedgerEntry>> byPurpose = new TreeMap<>();
        entries.stream()
                .filter(entry -> !entry.purpose().isEmpty())
                .forEach(entry -> byPurpose
                        .computeIfAbsent(entry.purpose(), none -> new ArrayList<>())
                        .add(entry));
        List<Object> records = new ArrayList<>();
        byPurpose.forEach((name, events) -> records.add(record(person, name, purposes.get(name), events)));
        Map<String, Object> document = new LinkedHashMap<>();
        document.put(
                "@context",
                Map.of(
                        "dpv", "https://w3id.org/dpv#",
                        "dct", "http://purl.org/dc/terms/",
                        "schema", "https://schema.org/",
                        "cb", "urn:consentbridge:"));
        document.put("dct:conformsTo", "https://w3id.org/dpv/guides/consent-27560");
        document.put("@graph", records);
        return document;
    }

    private static Map<String, Object> record(Person person, String name, Purpose purpose, List<LedgerEntry> events) {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("@type", "dpv:ConsentRecord");
        record.put("@id", "cb:consent:" + name);
        record.put("dpv:hasDataSubject", Map.of("@type", "dpv:DataSubject", "schema:email", person.address()));
        if (purpose == null) {
            record.put("dpv:hasPurpose", Map.of("dct:title", name));
            record.put("cb:missing", List.of("the purpose file: the purpose is gone"));
        } else {
            describe(record, purpose);
        }
        record.put(
                "dpv:hasConsentStatus",
                events.stream().map(ConsentRecords::event).toList());
        return record;
    }

    private static void describe(Map<String, Object> record, Purpose purpose) {
        Disclosure said = purpose.disclosure();
        record.put(
                "dpv:hasPurpose",
                Map.of(
                        "dct:title", purpose.name(),
                        "dct:description", purpose.statement(),
                        "cb:statementVersion", purpose.statementVersion()));
        record.put("dpv:hasLegalBasis", Map.of("@id", legalBasis(purpose.lawfulBasis())));
        record.put("dpv:hasPersonalData", List.of("schema:email"));
        said.language().ifPresent(language -> record.put("dct:language", language));
        said.notice().ifPresent(notice -> record.put("dpv:hasNotice", notice));
        said.controller()
                .ifPresent(controller -> record.put(
                        "dpv:hasDataController",
                        Map.of(
                                "dpv:hasName", controller.name(),
                                "dpv:hasAddress", controller.address(),
                                "dpv:hasContact", controller.contact())));
        if (!said.recipients().isEmpty()) {
            record.put("dpv:hasRecipient", said.recipients());
        }
        said.storage().ifPresent(storage -> record.put("dpv:hasStorageCondition", storage));
        said.retention().ifPresent(retention -> record.put("cb:retention", retention));
        said.validity().ifPresent(validity -> record.put("dpv:hasDuration", validity.toString()));
        said.withdrawal().ifPresent(withdrawal -> record.put("dpv:hasWithdrawalMethod", withdrawal));
        said.jurisdiction().ifPresent(place -> record.put("dpv:hasJurisdiction", place));
        said.authority().ifPresent(authority -> record.put("dpv:hasAuthority", authority));
        record.put("cb:missing", said.missing());
    }

    /** The term of the W3C Data Privacy Vocabulary. */
    private static String legalBasis(LawfulBasis basis) {
        return switch (basis) {
            case CONSENT -> "dpv:Consent";
            case CONTRACT -> "dpv:Contract";
            case LEGITIMATE_INTEREST -> "dpv:LegitimateInterest";
            case LEGAL_OBLIGATION -> "dpv:LegalObligation";
            case VITAL_INTEREST -> "dpv:VitalInterest";
            case PUBLIC_TASK -> "dpv:PublicInterest";
        };
    }

    private static Map<String, Object> event(LedgerEntry entry) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("cb:event", entry.event().word());
        event.put("dct:date", entry.at().toString());
        event.put("cb:statementVersion", entry.statementVersion());
        event.put("cb:rule", entry.rule());
        event.put("cb:source", entry.source());
        entry.sequence().ifPresent(sequence -> event.put("cb:entry", sequence));
        return event;
    }
}
