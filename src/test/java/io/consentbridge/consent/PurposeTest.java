package io.consentbridge.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PurposeTest {

    @Test
    @DisplayName("The version of a statement changes with its words, not with its blanks")
    void version() {
        String version = stating("Product news by e-mail").statementVersion();

        assertThat(version).matches("[0-9a-f]{12}");
        assertThat(stating("  Product news\n  by e-mail ").statementVersion()).isEqualTo(version);
        assertThat(stating("Product news\u00a0by e-mail").statementVersion()).isEqualTo(version);
        assertThat(stating("Product news by e-mail!").statementVersion()).isNotEqualTo(version);
        assertThat(stating("Neuigkeiten fu\u0308r Sie").statementVersion())
                .isEqualTo(stating("Neuigkeiten für Sie").statementVersion());
    }

    private static Purpose stating(String statement) {
        return new Purpose(
                "news", statement, LawfulBasis.CONSENT, "News", false, SignupForm.PRIVATE, List.of(), Optional.empty());
    }
}
