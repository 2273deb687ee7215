package io.consentbridge.confirmation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfirmationTokenTest {

    @Test
    @DisplayName("A token has 256 random bits in base64url, and no two are equal")
    void random() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            String text = ConfirmationToken.random().text();
            assertThat(text).matches("[A-Za-z0-9_-]{43}");
            seen.add(text);
        }
        assertThat(seen).hasSize(1_000);
    }

    @Test
    @DisplayName("What is stored is the SHA-256 of the token, and the same text has the same hash")
    void hash() {
        ConfirmationToken token = ConfirmationToken.random();
        assertThat(token.hash()).matches("[0-9a-f]{64}").doesNotContain(token.text());
        assertThat(ConfirmationToken.of(token.text()).orElseThrow().hash()).isEqualTo(token.hash());
        assertThat(ConfirmationToken.of("A".repeat(43)).orElseThrow().hash())
                .isEqualTo("0f007385b6f9d4b7eeb2748605afe1a984a0a3bfa3f014d09e2a784ce9e5cd1a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "../../../etc/passwd"})
    @DisplayName("A text that was cut or is something else is no token")
    void cut(String text) {
        assertThat(ConfirmationToken.of(text)).isEmpty();
    }

    @Test
    @DisplayName("A token shows nothing of itself as text, so that no log contains it")
    void silent() {
        ConfirmationToken token = ConfirmationToken.random();
        assertThat("" + token).doesNotContain(token.text());
    }
}
