package io.consentbridge.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Compares {@code docs/consent.md} with the code for everything that a purpose, a record and a sync can say. */
class ConsentTableTest {

    private static final List<DocumentedRow> DOCUMENT = document();

    @Test
    @DisplayName("B8-B15: the documented table and the code make the same decision for every input")
    void documentAndCodeDecideAlike() {
        Everything.forEach((terms, facts) -> {
            DocumentedRow expected = firstFitting(terms, facts);
            Decision decision = ConsentPolicy.decide(terms, facts);

            assertThat(decision.word()).as("%s %s", terms, facts).isEqualTo(expected.decision());
            assertThat(countedAs(decision, facts))
                    .as("%s %s", terms, facts)
                    .isEqualTo(
                            expected.countedAs().equals("as remembered")
                                    ? facts.remembered().word()
                                    : expected.countedAs());
        });
    }

    @Test
    @DisplayName("Every documented row decides something, and the last row covers the remaining cases")
    void everyRowDecidesSomething() {
        Set<DocumentedRow> used = new HashSet<>();
        Everything.forEach((terms, facts) -> used.add(firstFitting(terms, facts)));

        assertThat(used).containsExactlyInAnyOrderElementsOf(DOCUMENT);
    }

    @Test
    @DisplayName("The document names each of the five cases")
    void documentNamesTheFiveCases() {
        assertThat(DOCUMENT)
                .extracting(DocumentedRow::cases)
                .anyMatch(cases -> cases.startsWith("1, 2:"))
                .anyMatch(cases -> cases.startsWith("3:"))
                .anyMatch(cases -> cases.startsWith("4:"))
                .anyMatch(cases -> cases.startsWith("5:"));
    }

    private static DocumentedRow firstFitting(ConsentTerms terms, ConsentFacts facts) {
        return DOCUMENT.stream()
                .filter(row -> row.fits(terms, facts))
                .findFirst()
                .orElseThrow();
    }

    private static String countedAs(Decision decision, ConsentFacts facts) {
        if (decision instanceof Decision.Suppress suppress) {
            return suppress.reason().word();
        }
        if (decision instanceof Decision.Ignore ignore) {
            return ignore.reason().word();
        }
        if (decision instanceof Decision.Withhold) {
            return IgnoreReason.CONSENT_WITHHELD.word();
        }
        return decision instanceof Decision.RequestConsent ? IgnoreReason.CONSENT_REQUESTED.word() : "–";
    }

    private static List<DocumentedRow> document() {
        try {
            return Files.readAllLines(Path.of("docs/consent.md")).stream()
                    .dropWhile(line -> !line.startsWith("| cases |"))
                    .skip(2)
                    .takeWhile(line -> line.startsWith("|"))
                    .map(DocumentedRow::parse)
                    .toList();
        } catch (java.io.IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }
}
