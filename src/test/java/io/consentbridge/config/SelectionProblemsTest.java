package io.consentbridge.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.sync.Selection;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectionProblemsTest {

    @TempDir
    Path temporary;

    private Folder folder;

    @BeforeEach
    void open() {
        folder = new Folder(temporary);
    }

    private Folder conditions(String... lines) {
        return folder.sync("convertedLeads: include\nselect:\n  scope: criteria\n  conditions:\n"
                + IntStream.range(0, lines.length)
                        .mapToObj(i -> "    - " + lines[i] + "\n")
                        .collect(Collectors.joining()));
    }

    private static final String IS = "{field: Industry, operator: is-not-empty}";

    @Test
    @DisplayName("B29: a mistake in a pattern is reported at its character, with a caret under it")
    void patternAtItsCharacter() {
        folder.sync("select:\n  scope: criteria\n  pattern: (1 and 2) adn 1\n  conditions:\n    - " + IS + "\n    - "
                + IS + "\n");
        assertThat(folder.problems())
                .containsExactly("syncs/leads.yaml:8: \"adn\" must follow and or or. Write and or or before it\n"
                        + "    (1 and 2) adn 1\n"
                        + "              ^");
        assertThat(((Problems) Configuration.load(temporary, java.util.Map.of()))
                        .all()
                        .get(0)
                        .column())
                .as("the a of adn")
                .isEqualTo(22);
    }

    @Test
    @DisplayName("B29: a mistake in a quoted pattern or one of several lines is reported at its character too")
    void patternInQuotes() {
        folder.sync("select:\n  scope: criteria\n  pattern: \"1 and 3\"\n  conditions: [" + IS + ", " + IS + "]\n");
        assertThat(((Problems) Configuration.load(temporary, java.util.Map.of()))
                        .all()
                        .get(0)
                        .column())
                .isEqualTo(19);

        folder.sync("select:\n  scope: criteria\n  pattern: >-\n    1 and\n    3\n  conditions: [" + IS + ", " + IS
                + "]\n");
        assertThat(folder.problems())
                .containsExactly("syncs/leads.yaml:8: there is no condition 3. Write a number from 1 to 2\n"
                        + "    1 and 3\n"
                        + "          ^");
    }

    @Test
    @DisplayName("B29: a pattern that leaves a condition out is refused")
    void leavesOut() {
        folder.sync("select:\n  scope: criteria\n  pattern: 1\n  conditions: [" + IS + ", " + IS + "]\n");
        assertThat(folder.problems())
                .singleElement()
                .asString()
                .startsWith(
                        "syncs/leads.yaml:8: the pattern does not use condition 2. Add it, such as \"and 2\", or delete"
                                + " the condition\n");
    }

    @Test
    @DisplayName("B27: six conditions and up to 25 are taken, a 26th is refused")
    void many() {
        String[] most = IntStream.range(0, 25).mapToObj(i -> IS).toArray(String[]::new);
        Selection.Scope scope = conditions(most)
                .configuration()
                .syncs()
                .get("leads")
                .selection()
                .scope();
        assertThat(((Selection.Criteria) scope).conditions()).hasSize(25);
        assertThat(conditions(IntStream.range(0, 26).mapToObj(i -> IS).toArray(String[]::new))
                        .problems())
                .containsExactly("syncs/leads.yaml:9: conditions is a list. Write a list of at most 25 conditions; with"
                        + " scope: criteria");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "equal, value: x|there is no operator equal. Did you mean equals?",
                "in-last-day, value: 3|there is no operator in-last-day. Did you mean in-last-days?",
                "equals|equals takes one value. Write it as value: …",
                "equals, value: [x]|equals takes one value. Write it as value: …",
                "is-empty, value: x|is-empty takes no value. Delete the value",
                "in, value: x|in takes a list of values, such as [Hospitality, Retail]. Write it as value: …",
                "in, value: []|in takes a list of values, such as [Hospitality, Retail]. Write it as value: …",
                "between, value: [1]|between takes a list of two values, such as [1, 10]. Write it as value: …",
                "in-last-days, value: -3|in-last-days takes a whole number of days, such as 30. Write it as value: …",
                "in-last-days, value: 99999|in-last-days takes a whole number of days, such as 30. Write it as value: …"
            })
    @DisplayName("B31: an unknown operator, or one with unsuitable values, is refused with valid ones")
    void operators(String words, String problem) {
        assertThat(conditions("{field: Industry, operator: " + words + "}").problems())
                .containsExactly("syncs/leads.yaml:10: " + problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{field: Lead_Status, operator: equals, value: Converted}",
                "{field: Lead_Status, operator: in, value: [Contacted, Converted]}",
                "{field: Converted__s, operator: equals, value: true}"
            })
    @DisplayName("B30, ruling 6: criteria that name converted leads in a sync that leaves them out are refused")
    void converted(String condition) {
        String select = "select:\n  scope: criteria\n  conditions: [" + condition + "]\n";
        assertThat(folder.sync(select).problems())
                .containsExactly("syncs/leads.yaml:8: this condition selects converted leads, which the sync"
                        + " leaves out. Write convertedLeads: include, or another condition");
        assertThat(folder.sync(select + "convertedLeads: include\n")
                        .configuration()
                        .syncs())
                .containsKey("leads");
        assertThat(folder.sync(select.replace("equals", "not-equals").replace(" in,", " not-in,"))
                        .configuration()
                        .syncs())
                .containsKey("leads");
    }

    @Test
    @DisplayName("B104: each goes with neither scope nor conditions, and views and campaigns only with theirs")
    void eachAlone() {
        folder.sync("select: {each: view, scope: view, view: Hot, campaigns: active}\n");
        assertThat(folder.problems())
                .containsExactlyInAnyOrder(
                        "syncs/leads.yaml:6: scope cannot be combined with each: view. Delete one of them",
                        "syncs/leads.yaml:6: view cannot be combined with each: view. Delete one of them",
                        "syncs/leads.yaml:6: campaigns cannot be combined with each: view. Delete it, or write"
                                + " each: campaign");
        folder.sync("select: {scope: all, views: [Hot]}\n");
        assertThat(folder.problems())
                .containsExactly(
                        "syncs/leads.yaml:6: views needs each. Write each: view instead of scope, or delete this line");
        folder.sync("select: {created: {from: 2026-01-01}}\n");
        assertThat(folder.problems())
                .containsExactly("syncs/leads.yaml:6: scope is missing in select. Add scope: all, view or criteria");
    }

    @Test
    @DisplayName("B104: campaigns are all active ones or a list of names, of leads or contacts")
    void campaigns() {
        folder.sync("select: {each: campaign}\n");
        assertThat(folder.problems())
                .containsExactly(
                        "syncs/leads.yaml:6: campaigns is missing in select. Write campaigns: active, or a list of"
                                + " names such as [Spring fair]");
        folder.sync("select: {each: campaign, campaigns: Fair}\n");
        assertThat(folder.problems())
                .containsExactly("syncs/leads.yaml:6: campaigns is Fair, which is neither active nor a list. Write"
                        + " campaigns: active, or a list of names such as [Spring fair]");
        folder.sync("select: {each: campaign, campaigns: [Fair, 12345]}\n");
        assertThat(((Configuration) Configuration.load(temporary, java.util.Map.of()))
                        .syncs()
                        .get("leads")
                        .selection()
                        .scope())
                .isEqualTo(new Selection.Each(Selection.Kind.CAMPAIGN, List.of("Fair", "12345")));
    }
}
