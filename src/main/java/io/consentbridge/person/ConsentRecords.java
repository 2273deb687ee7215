package io.consentbridge.person;

import io.consentbridge.consent.Disclosure;
import io.consentbridge.consent.LawfulBasis;
import io.consentbridge.consent.Person;
import io.consentbridge.consent.Purpose;
import io.consentbridge.ledger.LedgerEntry;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Consent records of one person in JSON-LD, in the words of the Data Privacy Vocabulary (DPV 2) and in the places that its guide
 * "Consent Records and Receipts as per ISO/IEC TS 27560:2023 using DPV" names: one for each purpose about which the ledger says
 * something. What has no word there is under {@code cb:}; what a purpose file does not say is named under {@code cb:missing}.
 */
final class ConsentRecords {

    /** The profile of the guide for consent records. */
    static final String PROFILE = "https://w3id.org/dpv/schema/dpv-27560#record";

    private static final String TYPE = "@type";
    private static final String ID = "@id";

    private final String name;
    private final Optional<Purpose> purpose;
    private final List<LedgerEntry> events;

    private ConsentRecords(String name, Optional<Purpose> purpose, List<LedgerEntry> events) {
        this.name = name;
        this.purpose = purpose;
        this.events = events;
    }

    /**
     * @param entries the person's entries, in their order
     * @param purposes the purposes of today, by name
     */
    static Map<String, Object> of(Person person, List<LedgerEntry> entries, Map<String, Purpose> purposes) {
        Map<String, List<LedgerEntry>> byPurpose = new TreeMap<>();
        entries.stream()
                .filter(entry -> !entry.purpose().isEmpty())
                .forEach(entry -> byPurpose
                        .computeIfAbsent(entry.purpose(), none -> new ArrayList<>())
                        .add(entry));
        List<Object> records = new ArrayList<>();
        byPurpose.forEach((name, events) ->
                records.add(new ConsentRecords(name, Optional.ofNullable(purposes.get(name)), events).record(person)));
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("@context", context());
        // Nothing else beside it, or the graph would be another one than the document's.
        document.put("@graph", records);
        return document;
    }

    private static Map<String, Object> context() {
        Map<String, Object> context = new LinkedHashMap<>();
        context.put("dpv", "https://w3id.org/dpv#");
        context.put("pd", "https://w3id.org/dpv/pd#");
        context.put("dct", "http://purl.org/dc/terms/");
        context.put("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#");
        context.put("xsd", "http://www.w3.org/2001/XMLSchema#");
        context.put("cb", "urn:consentbridge:");
        for (String reference :
                List.of("dct:conformsTo", "dpv:hasPersonalData", "dpv:hasLegalBasis", "dpv:isIndicatedBy")) {
            context.put(reference, Map.of(TYPE, ID));
        }
        context.put("dpv:isIndicatedAtTime", Map.of(TYPE, "xsd:dateTime"));
        return context;
    }

    private Map<String, Object> record(Person person) {
        String id = "cb:consent:" + encoded(name)
                + events.stream()
                        .flatMap(event -> event.sequence().stream().boxed())
                        .findFirst()
                        .map(entry -> ":" + entry)
                        .orElse("");
        Map<String, Object> record = new LinkedHashMap<>();
        record.put(ID, id);
        record.put(TYPE, "dpv:ConsentRecord");
        record.put("dct:conformsTo", PROFILE);
        record.put("dct:identifier", id.replace("cb:", "urn:consentbridge:"));
        record.put("dpv:hasDataSubject", node("dpv:DataSubject", "dct:identifier", person.address()));
        purpose.ifPresent(now -> notices(record, now));
        record.put("dpv:hasProcess", process());
        List<Object> states = new ArrayList<>();
        List<Object> others = new ArrayList<>();
        boolean given = false;
        for (LedgerEntry event : events) {
            Optional<State> state = state(event, given);
            state.ifPresentOrElse(
                    as -> states.add(event(event, Optional.of(as))), () -> others.add(event(event, Optional.empty())));
            given = state.map(as -> as == State.GIVEN).orElse(given);
        }
        putUnlessEmpty(record, "dpv:hasConsentStatus", states);
        putUnlessEmpty(record, "cb:otherEvent", others);
        putUnlessEmpty(
                record,
                "cb:missing",
                purpose.map(now -> now.disclosure().missing())
                        .orElse(List.of("the purpose file: the purpose is gone")));
        return record;
    }

    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The wording that people see is the notice by which they are asked; the privacy notice is another one. */
    private static void notices(Map<String, Object> record, Purpose purpose) {
        Disclosure said = purpose.disclosure();
        List<Object> notices = new ArrayList<>();
        Map<String, Object> wording = node(
                purpose.lawfulBasis() == LawfulBasis.CONSENT ? "dpv:ConsentNotice" : "dpv:Notice",
                "dct:description",
                purpose.statement());
        wording.put("dct:identifier", purpose.statementVersion());
        said.language().ifPresent(language -> wording.put("dct:language", language));
        notices.add(wording);
        said.notice().ifPresent(url -> {
            Map<String, Object> notice = new LinkedHashMap<>(Map.of(ID, url, TYPE, "dpv:PrivacyNotice"));
            said.language().ifPresent(language -> notice.put("dct:language", language));
            notices.add(notice);
        });
        record.put("dpv:hasNotice", notices);
        said.language().ifPresent(language -> record.put("dct:language", language));
    }

    private Map<String, Object> process() {
        Map<String, Object> process = node("dpv:Process", "dpv:hasPersonalData", "pd:EmailAddress");
        process.put("dpv:hasPurpose", node("dpv:Purpose", "dct:title", name));
        purpose.ifPresent(now -> {
            process.put("dpv:hasLegalBasis", legalBasis(now.lawfulBasis()));
            describe(process, now.disclosure());
        });
        return process;
    }

    private void describe(Map<String, Object> process, Disclosure said) {
        said.controller().ifPresent(controller -> {
            Map<String, Object> node = node("dpv:DataController", "dpv:hasName", controller.name());
            node.put(ID, controllerId());
            node.put("dpv:hasIdentifier", controllerId().replace("cb:", "urn:consentbridge:"));
            node.put("dpv:hasAddress", controller.address());
            node.put("dpv:hasContact", controller.contact());
            process.put("dpv:hasDataController", node);
        });
        putUnlessEmpty(
                process,
                "dpv:hasRecipient",
                said.recipients().stream()
                        .<Object>map(recipient -> node("dpv:Recipient", "dpv:hasName", recipient))
                        .toList());
        List<Object> storage = new ArrayList<>();
        said.storage()
                .ifPresent(place -> storage.add(
                        node("dpv:StorageLocation", "dpv:hasLocation", node("dpv:Location", "dct:title", place))));
        said.retention()
                .ifPresent(time -> storage.add(
                        node("dpv:StorageDuration", "dpv:hasDuration", node("dpv:Duration", "dct:description", time))));
        putUnlessEmpty(process, "dpv:hasStorageCondition", storage);
        said.withdrawal()
                .ifPresent(how ->
                        process.put("dpv:hasConsentControl", node("dpv:WithdrawConsent", "dpv:isExercisedAt", how)));
        said.jurisdiction()
                .ifPresent(place -> process.put("dpv:hasJurisdiction", node("dpv:Location", "dct:title", place)));
        said.authority()
                .ifPresent(
                        authority -> process.put("dpv:hasAuthority", node("dpv:Authority", "dpv:hasName", authority)));
    }

    private String controllerId() {
        return "cb:controller:" + encoded(name);
    }

    /** The class of the Data Privacy Vocabulary. */
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

    /** A state of consent, by its class, and who brings it about. */
    private enum State {
        REQUESTED("dpv:ConsentRequested", false),
        UNANSWERED("dpv:ConsentRequestDeferred", false),
        GIVEN("dpv:ConsentGiven", true),
        REFUSED("dpv:ConsentRefused", true),
        WITHDRAWN("dpv:ConsentWithdrawn", true),
        EXPIRED("dpv:ConsentExpired", false);

        private final String type;
        private final boolean byPerson;

        State(String type, boolean byPerson) {
            this.type = type;
            this.byPerson = byPerson;
        }
    }

    /** @param given whether the person has consented before, and this consent has not ended */
    private static Optional<State> state(LedgerEntry event, boolean given) {
        return switch (event.event()) {
            case REQUESTED, SENT -> Optional.of(State.REQUESTED);
            case GIVEN -> Optional.of(State.GIVEN);
            case REFUSED -> Optional.of(State.REFUSED);
            case WITHDRAWN -> Optional.of(State.WITHDRAWN);
            // Without a consent, it is the request that has ended.
            case EXPIRED -> Optional.of(given ? State.EXPIRED : State.UNANSWERED);
            default -> Optional.empty();
        };
    }

    private Map<String, Object> event(LedgerEntry entry, Optional<State> state) {
        Map<String, Object> event = new LinkedHashMap<>();
        state.ifPresent(as -> {
            event.put(TYPE, as.type);
            event.put("dpv:isIndicatedBy", as.byPerson ? "dpv:DataSubject" : controller());
            event.put("dpv:hasIndicationMethod", entry.source());
        });
        event.put("dpv:isIndicatedAtTime", entry.at().toString());
        state.filter(as -> as == State.GIVEN).ifPresent(given -> event.put("dpv:hasDuration", duration()));
        event.put("cb:event", entry.event().word());
        entry.sequence().ifPresent(sequence -> event.put("cb:entry", sequence));
        putUnlessEmpty(event, "cb:statementVersion", entry.statementVersion());
        putUnlessEmpty(event, "cb:rule", entry.rule());
        if (state.isEmpty()) {
            putUnlessEmpty(event, "cb:source", entry.source());
        }
        return event;
    }

    private String controller() {
        return purpose.flatMap(now -> now.disclosure().controller()).isPresent()
                ? controllerId()
                : "dpv:DataController";
    }

    /** How long a consent lasts, as the purpose says today; one that does not say so lasts until it is withdrawn. */
    private Object duration() {
        return purpose.<Object>map(now -> now.disclosure()
                        .validity()
                        .<Object>map(validity -> node("dpv:TemporalDuration", "rdf:value", validity.toString()))
                        .orElse(Map.of(ID, "dpv:EndlessDuration")))
                .orElse(Map.of(ID, "dpv:IndeterminateDuration"));
    }

    private static Map<String, Object> node(String type, String property, Object value) {
        Map<String, Object> node = new LinkedHashMap<>();
        node.put(TYPE, type);
        node.put(property, value);
        return node;
    }

    private static void putUnlessEmpty(Map<String, Object> node, String property, List<?> values) {
        if (!values.isEmpty()) {
            node.put(property, values);
        }
    }

    private static void putUnlessEmpty(Map<String, Object> node, String property, String value) {
        if (!value.isEmpty()) {
            node.put(property, value);
        }
    }
}
