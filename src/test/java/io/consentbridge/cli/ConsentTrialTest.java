package io.consentbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ConsentTrialTest extends CommandLineFixture {

    @Test
    @DisplayName("consent try sends one mail to the given address, and says with what the link begins")
    void trial() throws Exception {
        Result result = run("consent", "try", "product-news", "--to", "operator@example.org");

        assertThat(result.status()).isZero();
        assertThat(runtime.operations.asked).containsExactly("try product-news");
        assertThat(result.out())
                .startsWith(
                        "The mail of product-news was sent. Open its link, which begins with https://consent.example.com")
                .doesNotContain("operator@example.org");
        assertThat(run("consent", "try", "product-news", "--to", "a@example.org", "--json")
                        .json()
                        .fieldNames())
                .toIterable()
                .containsExactly("purpose", "list", "url", "served");
    }

    @Test
    @DisplayName("consent try says through which list Campaigns asks")
    void byList() {
        Result result = run("consent", "try", "by-list", "--to", "operator@example.org", "--connection", "main");

        assertThat(result.status()).isZero();
        assertThat(result.out())
                .startsWith("Campaigns asks the address to confirm, through the list \"Requests\".")
                .doesNotContain("operator@example.org");
    }

    @Test
    @DisplayName("consent try without an address is a usage error, and sends nothing")
    void nobody() {
        assertThat(run("consent", "try", "product-news").status()).isEqualTo(2);
        assertThat(run("consent", "notice").status()).isEqualTo(2);
        assertThat(runtime.operations.asked).isEmpty();
    }

    @Test
    @DisplayName("consent notice shows the hash of the notice that was fetched")
    void notice() throws Exception {
        Result result = run("consent", "notice", "product-news");
        assertThat(result.status()).isZero();
        assertThat(result.out())
                .isEqualTo("The notice of product-news (https://example.com/privacy, 1,234 bytes) has the SHA-256 "
                        + "ab".repeat(32) + ".\n");
        assertThat(run("consent", "notice", "product-news", "--json").json().fieldNames())
                .toIterable()
                .containsExactly("purpose", "url", "hash", "bytes", "fetchedAt");
    }
}
