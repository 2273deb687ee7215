package io.consentbridge.person;

import static org.assertj.core.api.Assertions.assertThat;

import com.apicatalog.jsonld.JsonLd;
import com.apicatalog.jsonld.JsonLdError;
import com.apicatalog.jsonld.document.JsonDocument;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.consentbridge.consent.Disclosure;
import io.consentbridge.consent.LawfulBasis;
import io.consentbridge.consent.Person;
import io.consentbridge.consent.Purpose;
import io.consentbridge.consent.SignupForm;
import io.consentbridge.ledger.EventKind;
import io.consentbridge.ledger.LedgerEntry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName(
        "ConsentRecordsTest: consent records keep to the Data Privacy Vocabulary and its guide for ISO/IEC TS 27560")
class ConsentRecordsTest {

    private static final String DPV = "https://w3id.org/dpv#";
    private static final String DCT = "http://purl.org/dc/terms/";
    private static final String OWN = "urn:consentbridge:";
    private static final JsonMapper JSON = new JsonMapper();
    private static final Person ANN = new Person("ann@example.com");

    private static final Disclosure SAID = new Disclosure(
            Optional.of("en"),
            Optional.of("https://example.com/privacy"),
            Optional.of(new Disclosure.Controller("Example GmbH", "Hauptstr. 1, Berlin", "privacy@example.com")),
            List.of("Zoho Corporation"),
            Optional.of("European Union"),
            Optional.of("two years after the last mail"),
            Optional.of(Period.ofYears(2)),
            Optional.of("https://example.com/withdraw"),
            Optional.of("Germany"),
            Optional.of("BlnBDI"),
            Disclosure.OnErasure.UNSUBSCRIBE);

    private static Purpose purpose(LawfulBasis basis, Disclosure said) {
        return new Purpose(
                        "product news",
                        "Yes, write to me.",
                        basis,
                        "News",
                        false,
                        SignupForm.PRIVATE,
                        List.of(),
                        Optional.empty())
                .with(Optional.empty(), said);
    }

    private static LedgerEntry entry(long sequence, EventKind event) {
        return new LedgerEntry(
                OptionalLong.of(sequence),
                event,
                ANN,
                "main",
                "product news",
                "v1",
                "by-email",
                "page",
                "",
                "",
                "",
                "",
                "",
                Map.of(),
                Instant.parse("2026-11-05T16:08:50Z"));
    }

    private static List<LedgerEntry> everyEvent() {
        List<LedgerEntry> entries = new ArrayList<>(List.of(entry(5, EventKind.GIVEN), entry(6, EventKind.EXPIRED)));
        for (EventKind event : EventKind.values()) {
            entries.add(entry(entries.size() + 5, event));
        }
        return entries;
    }

    private static String document(Map<String, Purpose> purposes, List<LedgerEntry> entries) {
        try {
            return JSON.writeValueAsString(ConsentRecords.of(ANN, entries, purposes));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As a reader of JSON-LD sees it: every name an IRI. */
    private static JsonNode expanded(String document) {
        try {
            return JSON.readTree(JsonLd.expand(JsonDocument.of(new StringReader(document)))
                    .get()
                    .toString());
        } catch (JsonLdError | JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void walk(JsonNode node, Consumer<Map.Entry<String, JsonNode>> see) {
        node.properties().forEach(field -> {
            see.accept(field);
            if (!field.getKey().equals("@context")) {
                walk(field.getValue(), see);
            }
        });
        if (node.isArray()) {
            node.forEach(each -> walk(each, see));
        }
    }

    private static Set<String> terms() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                ConsentRecordsTest.class.getResourceAsStream("dpv-terms.tsv"), StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> line.startsWith("http"))
                    .map(line -> line.split("\t")[0])
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names, classes and references of an expanded document. */
    private static Set<String> used(JsonNode expanded) {
        Set<String> used = new TreeSet<>();
        walk(expanded, field -> {
            if (!field.getKey().startsWith("@")) {
                used.add(field.getKey());
            } else if (field.getKey().equals("@type")) {
                Stream.of(field.getValue())
                        .flatMap(value -> value.isArray() ? all(value).stream() : Stream.of(value))
                        .forEach(type -> used.add(type.asText()));
            } else if (field.getKey().equals("@id") && field.getValue().asText().startsWith("https://w3id.org/dpv")) {
                used.add(field.getValue().asText());
            }
        });
        return used;
    }

    private static List<JsonNode> all(JsonNode array) {
        List<JsonNode> all = new ArrayList<>();
        array.forEach(all::add);
        return all;
    }

    @ParameterizedTest
    @EnumSource(LawfulBasis.class)
    @DisplayName(
            "every name is a term of the vocabulary in the list of those that are allowed, or one of its own under cb:")
    void terms(LawfulBasis basis) {
        Set<String> used = used(expanded(document(Map.of("product news", purpose(basis, SAID)), everyEvent())));
        used.addAll(used(expanded(document(Map.of("product news", purpose(basis, Disclosure.NONE)), everyEvent()))));
        used.addAll(used(expanded(document(Map.of(), everyEvent()))));

        assertThat(used).allMatch(name -> name.startsWith("http") || name.startsWith(OWN), "is an IRI");
        assertThat(used.stream().filter(name -> !name.startsWith(OWN)).toList())
                .isSubsetOf(union(terms(), Set.of(ConsentRecords.PROFILE)));
        assertThat(used.stream().filter(name -> name.startsWith(OWN)).toList())
                .containsExactly(
                        OWN + "entry",
                        OWN + "event",
                        OWN + "missing",
                        OWN + "otherEvent",
                        OWN + "rule",
                        OWN + "source",
                        OWN + "statementVersion");
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        return Stream.concat(one.stream(), other.stream()).collect(Collectors.toSet());
    }

    @Test
    @DisplayName("each term of the list is used by a record, so that the list grows with the records only")
    void listIsShort() {
        Set<String> used = new TreeSet<>();
        for (LawfulBasis basis : LawfulBasis.values()) {
            used.addAll(used(expanded(document(Map.of("product news", purpose(basis, SAID)), everyEvent()))));
        }
        used.addAll(used(expanded(
                document(Map.of("product news", purpose(LawfulBasis.CONSENT, Disclosure.NONE)), everyEvent()))));
        used.addAll(used(expanded(document(Map.of(), everyEvent()))));
        assertThat(used).containsAll(terms());
    }

    @Test
    @DisplayName(
            "a reader of JSON-LD loses nothing: each name of the file is an IRI after expansion, and no value is dropped")
    void nothingIsDropped() throws JsonProcessingException {
        String document = document(Map.of("product news", purpose(LawfulBasis.CONSENT, SAID)), everyEvent());
        List<String> written = new ArrayList<>();
        walk(JSON.readTree(document), field -> {
            if (!field.getKey().startsWith("@")) {
                written.add(field.getKey().substring(field.getKey().indexOf(':') + 1));
            }
        });
        List<String> read = new ArrayList<>();
        walk(expanded(document), field -> {
            if (!field.getKey().startsWith("@")) {
                read.add(field.getKey()
                        .substring(Math.max(
                                        field.getKey().lastIndexOf('#'),
                                        Math.max(
                                                field.getKey().lastIndexOf('/'),
                                                field.getKey().lastIndexOf(':')))
                                + 1));
            }
        });
        assertThat(read).containsExactlyInAnyOrderElementsOf(written);
    }

    @Test
    @DisplayName(
            "the document is one default graph with one record for each purpose, each with an identifier of its own")
    void records() {
        JsonNode graph = expanded(document(Map.of(), List.of(entry(7, EventKind.GIVEN))));
        assertThat(graph).hasSize(1);
        JsonNode record = graph.get(0);
        assertThat(record.get("@type").get(0).asText()).isEqualTo(DPV + "ConsentRecord");
        assertThat(record.get("@id").asText()).isEqualTo("urn:consentbridge:consent:product%20news:7");
        assertThat(value(record, DCT + "identifier"))
                .isEqualTo(record.get("@id").asText());
        assertThat(id(record, DCT + "conformsTo")).isEqualTo("https://w3id.org/dpv/schema/dpv-27560#record");
    }

    @Test
    @DisplayName(
            "each field stands where the guide has it: metadata and notices in the record, the rest in its process")
    void places() {
        JsonNode record = expanded(document(
                        Map.of("product news", purpose(LawfulBasis.CONSENT, SAID)), List.of(entry(7, EventKind.GIVEN))))
                .get(0);
        assertThat(names(record))
                .contains(
                        DCT + "conformsTo",
                        DCT + "identifier",
                        DCT + "language",
                        DPV + "hasDataSubject",
                        DPV + "hasNotice",
                        DPV + "hasProcess",
                        DPV + "hasConsentStatus");
        JsonNode process = record.get(DPV + "hasProcess").get(0);
        assertThat(names(process))
                .containsExactlyInAnyOrder(
                        "@type",
                        DPV + "hasPurpose",
                        DPV + "hasPersonalData",
                        DPV + "hasLegalBasis",
                        DPV + "hasDataController",
                        DPV + "hasRecipient",
                        DPV + "hasStorageCondition",
                        DPV + "hasConsentControl",
                        DPV + "hasJurisdiction",
                        DPV + "hasAuthority");
        assertThat(id(process, DPV + "hasLegalBasis")).isEqualTo(DPV + "Consent");
        assertThat(all(process.get(DPV + "hasStorageCondition")).stream().map(ConsentRecordsTest::type))
                .containsExactly(DPV + "StorageLocation", DPV + "StorageDuration");
        assertThat(all(record.get(DPV + "hasNotice")).stream().map(ConsentRecordsTest::type))
                .containsExactly(DPV + "ConsentNotice", DPV + "PrivacyNotice");
        JsonNode given = record.get(DPV + "hasConsentStatus").get(0);
        assertThat(type(given)).isEqualTo(DPV + "ConsentGiven");
        assertThat(value(given, DPV + "isIndicatedAtTime")).isEqualTo("2026-11-05T16:08:50Z");
        assertThat(id(given, DPV + "isIndicatedBy")).isEqualTo(DPV + "DataSubject");
        assertThat(value(given.get(DPV + "hasDuration").get(0), "http://www.w3.org/1999/02/22-rdf-syntax-ns#value"))
                .isEqualTo("P2Y");
        assertThat(record.has(OWN + "missing")).isFalse();
    }

    @Test
    @DisplayName("a request that nobody answered is no consent that expired")
    void expired() {
        JsonNode record = expanded(document(
                        Map.of(),
                        List.of(
                                entry(1, EventKind.REQUESTED),
                                entry(2, EventKind.EXPIRED),
                                entry(3, EventKind.GIVEN),
                                entry(4, EventKind.DELIVERED),
                                entry(5, EventKind.EXPIRED),
                                entry(6, EventKind.REFUSED))))
                .get(0);
        assertThat(all(record.get(DPV + "hasConsentStatus")).stream().map(ConsentRecordsTest::type))
                .containsExactly(
                        DPV + "ConsentRequested",
                        DPV + "ConsentRequestDeferred",
                        DPV + "ConsentGiven",
                        DPV + "ConsentExpired",
                        DPV + "ConsentRefused");
        assertThat(all(record.get(OWN + "otherEvent"))).hasSize(1);
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static String type(JsonNode node) {
        return node.get("@type").get(0).asText();
    }

    private static String value(JsonNode node, String property) {
        return node.get(property).get(0).get("@value").asText();
    }

    private static String id(JsonNode node, String property) {
        return node.get(property).get(0).get("@id").asText();
    }
}
