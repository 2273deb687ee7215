package io.consentbridge.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.consent.Revalidation;
import java.nio.file.Path;
import java.time.Period;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("RevalidationProblemsTest: how a purpose asks silent people again, and mistakes in it")
class RevalidationProblemsTest {

    private static final String ASKS = "confirmationList: Requests\n";

    @TempDir
    Path root;

    private Folder folder;

    @BeforeEach
    void open() {
        folder = new Folder(root);
    }

    private Revalidation read(String line) {
        return folder.write("purposes/news.yaml", Folder.NEWS + ASKS + line + "\n")
                .configuration()
                .purposes()
                .get("news")
                .revalidation()
                .orElseThrow();
    }

    @Test
    @DisplayName("m and mo are months; days, weeks and years are read as well; clicks are always measured")
    void everything() {
        assertThat(read("revalidate: {silentFor: 18m, measuredBy: clicks, then: unsubscribe}"))
                .isEqualTo(new Revalidation(Period.ofMonths(18), java.util.List.of(), Revalidation.Then.UNSUBSCRIBE));
        Revalidation more = read("revalidate: {silentFor: 2y, measuredBy: [clicks, Last_Purchase], then: keep}");
        assertThat(more.fields()).containsExactly("Last_Purchase");
        assertThat(more.then()).isEqualTo(Revalidation.Then.KEEP);
        assertThat(more.measure()).isEqualTo("no click, and nothing in Last_Purchase");
        assertThat(read("revalidate: {silentFor: 18mo, measuredBy: clicks, then: keep}")
                        .silentFor())
                .isEqualTo(Period.ofMonths(18));
        assertThat(read("revalidate: {silentFor: 540d, measuredBy: clicks, then: keep}")
                        .silentFor())
                .isEqualTo(Period.ofDays(540));
        assertThat(folder.write("purposes/news.yaml", Folder.NEWS + ASKS)
                        .configuration()
                        .purposes()
                        .get("news")
                        .revalidation())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            silentFor: 18m, measuredBy: clicks|then is missing in revalidate. Add then: unsubscribe or keep
            silentFor: 18m, measuredBy: [clicks, opens], then: keep|opens say nothing: programs of mail providers load the pixel, and many people's programs never do. Write clicks, and fields of the CRM such as that of the last purchase
            silentFor: 18m, measuredBy: opens, then: keep|opens say nothing: programs of mail providers load the pixel, and many people's programs never do. Write clicks, and fields of the CRM such as that of the last purchase
            silentFor: 18m, measuredBy: [Last_Purchase], then: keep|clicks is missing. Add it: who clicks is not silent, whatever the CRM says
            silentFor: 18m, measuredBy: [clicks, Email_Opt_Out], then: keep|Email_Opt_Out is no sign of the person. Write a field with a date or a time
            silentFor: 29d, measuredBy: clicks, then: keep|a person cannot be called silent after so short a time. Write 30d at least
            silentFor: 18, measuredBy: clicks, then: keep|silentFor is 18. Write it in quotes: how long a person gives no sign, in days, weeks, months or years, such as 540d, 78w, 18m or 2y; m and mo are months here; 30 days at least
            silentFor: 18M, measuredBy: clicks, then: keep|silentFor is "18M". Write how long a person gives no sign, in days, weeks, months or years, such as 540d, 78w, 18m or 2y; m and mo are months here; 30 days at least
            silentFor: 18m, measuredBy: clicks, then: ask|then is "ask". Write one of unsubscribe, keep
            """)
    @DisplayName(
            "A mistake is reported with its line and its remedy; opens are refused, and nothing follows by default")
    void mistakes(String keys, String problem) {
        assertThat(folder.write("purposes/news.yaml", Folder.NEWS + ASKS + "revalidate: {" + keys + "}\n")
                        .problems())
                .contains("purposes/news.yaml:6: " + problem);
    }

    @Test
    @DisplayName("Without a way to ask nobody can be asked again")
    void way() {
        assertThat(folder.write(
                                "purposes/news.yaml",
                                Folder.NEWS + "revalidate: {silentFor: 18m, measuredBy: clicks, then: keep}\n")
                        .problems())
                .contains(
                        "purposes/news.yaml:5: revalidate is given, but the purpose does not say how people are asked."
                                + " Add confirmation, by which silent people are asked again");
    }
}
