package io.consentbridge.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PurposeTest {

    @Test
    @DisplayName("The version of a statement changes with its words and not with its blanks")
    void version() {
        String version = stating("Product news by e-mail").statementVersion();

        assertThat(version).matches("[0-9a-f]{12}");
        assertThat(stating("  Product news\n  by e-mail ").statementVersion()).isEqualTo(version);
        assertThat(stating("Product news\u00a0by e-mail").statementVersion()).isEqualTo(version);
        assertThat(stating("Product news by e-mail!").statementVersion()).isNotEqualTo(version);
        assertThat(stating("Neuigkeiten fu\u0308r Sie").statementVersion())
                .isEqualTo(stating("Neuigkeiten für Sie").statementVersion());
    }

    @Test
    @DisplayName("B104: a purpose with another list has that list's name, and is otherwise unchanged")
    void otherList() {
        Purpose purpose = new Purpose(
                "news",
                "Product news by e-mail",
                LawfulBasis.CONSENT,
                "News",
                true,
                SignupForm.PUBLIC,
                List.of("Offers"),
                Optional.of("Confirmations"),
                Optional.of("both were told"),
                Optional.of("key of News"));

        assertThat(purpose.withList("News - Hot leads"))
                .isEqualTo(new Purpose(
                        "news",
                        "Product news by e-mail",
                        LawfulBasis.CONSENT,
                        "News - Hot leads",
                        true,
                        SignupForm.PUBLIC,
                        List.of("Offers"),
                        Optional.of("Confirmations"),
                        Optional.of("both were told"),
                        Optional.empty()));
    }

    private static Purpose stating(String statement) {
        return new Purpose(
                "news", statement, LawfulBasis.CONSENT, "News", false, SignupForm.PRIVATE, List.of(), Optional.empty());
    }
}
