package io.consentbridge.zoho;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.ZohoStandIn;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The seal of an access token. */
class TokenSealTest {

    private final AccessToken token = new AccessToken("1000.token", Instant.parse("2026-03-02T12:00:00Z"));
    private final Connection connection = ZohoStandIn.connection("main", "http://127.0.0.1:1");
    private final TokenSeal seal = TokenSeal.of(connection);

    @Test
    @DisplayName("opens what it sealed, in every process that knows the secret, and reveals nothing of it")
    void opens() {
        AccessToken closed = seal.close(token);

        assertThat(closed.value()).doesNotContain("token");
        assertThat(closed.expires()).isEqualTo(token.expires());
        assertThat(TokenSeal.of(connection).open(closed)).contains(token);
        assertThat(seal.close(token).value()).isNotEqualTo(closed.value());
    }

    @Test
    @DisplayName("opens neither for another secret, client, refresh token or connection")
    void others() {
        AccessToken closed = seal.close(token);

        assertThat(TokenSeal.of(other("main", "id", "guessed", "refresh")).open(closed))
                .isEmpty();
        assertThat(TokenSeal.of(other("main", "id2", "secret", "refresh")).open(closed))
                .isEmpty();
        assertThat(TokenSeal.of(other("main", "id", "secret", "refresh2")).open(closed))
                .isEmpty();
        assertThat(TokenSeal.of(other("second", "id", "secret", "refresh")).open(closed))
                .isEmpty();
        assertThat(TokenSeal.of(other("main", "id", "secret", "refresh")).open(closed))
                .contains(token);
    }

    @Test
    @DisplayName("opens nothing that was changed or that it never sealed")
    void changed() {
        String closed = seal.close(token).value();
        String last = closed.charAt(20) == 'A' ? "B" : "A";
        for (String value : new String[] {
            "", "plain", "cGxhaW4=", "no base64!", closed.substring(0, 20) + last + closed.substring(21)
        }) {
            assertThat(seal.open(new AccessToken(value, token.expires())))
                    .as(value)
                    .isEmpty();
        }
    }

    private static Connection other(String name, String client, String secret, String refresh) {
        URI base = URI.create("http://127.0.0.1:1");
        return new Connection(name, base, base, base, client, secret, refresh, ZoneId.of("Europe/Berlin"));
    }
}
