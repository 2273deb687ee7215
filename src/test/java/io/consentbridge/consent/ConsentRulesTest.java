package io.consentbridge.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The rows of the consent table as the code evaluates it. */
class ConsentRulesTest {

    @Test
    @DisplayName("Each row of the code is the row of docs/consent.md at the same place")
    void sameRows() throws Exception {
        var document = Files.readAllLines(Path.of("docs/consent.md")).stream()
                .dropWhile(line -> !line.startsWith("| cases |"))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .map(DocumentedRow::parse)
                .map(row -> row.purpose() + "|" + row.record() + "|" + row.details() + "|" + row.sync() + "|"
                        + row.decision())
                .toList();
        assertThat(ConsentPolicy.table())
                .extracting(rule -> rule.purpose() + "|" + rule.record() + "|" + rule.details() + "|" + rule.sync()
                        + "|" + rule.decision())
                .isEqualTo(document);
    }

    @Test
    @DisplayName("Every decision names the row that made it, and the row makes that decision")
    void everyDecisionHasARule() {
        Map<String, ConsentRule> rules = new HashMap<>();
        ConsentPolicy.table()
                .forEach(rule ->
                        assertThat(rules.put(rule.rule(), rule)).as(rule.rule()).isNull());
        Everything.forEach((terms, facts) -> {
            Decision decision = ConsentPolicy.decide(terms, facts);
            assertThat(rules.get(decision.rule()).decision()).isEqualTo(decision.word());
            assertThat(ConsentInputs.of(terms, facts).values()).allMatch(word -> word.matches("[a-z][a-z-]*"));
        });
    }

    @Test
    @DisplayName("The names of rows and the version of the table change only with the table")
    void version() {
        assertThat(ConsentPolicy.version())
                .matches("[0-9a-f]{16}")
                .isEqualTo(ConsentRule.version(ConsentPolicy.table()));
        assertThat(ConsentPolicy.table())
                .extracting(ConsentRule::rule)
                .contains("opted-out", "not-consent", "required-unanswered", ConsentRule.LAPSED);
        assertThat(ConsentRule.version(ConsentPolicy.table().subList(1, 5))).isNotEqualTo(ConsentPolicy.version());
    }

    @Test
    @DisplayName("The inputs of a decision are words without a person's own ones")
    void inputs() {
        ConsentTerms terms =
                new ConsentTerms(LawfulBasis.CONSENT, Optional.of(ConsentSetting.EXPRESSED), true, true, false);
        ConsentFacts facts = new ConsentFacts(new RecordedBasis.Unknown("Vielleicht"), null, true, false, null);
        assertThat(ConsentInputs.of(terms, facts))
                .isEqualTo(Map.of(
                        "purpose", "consent",
                        "consent", "expressed",
                        "evidence", "details",
                        "state", "unknown",
                        "optedOut", "yes"));
    }
}
