package io.consentbridge.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SealingTest {

    private final SealingKey key = SealingKey.random();
    private final Evidence evidence = Evidence.of("{\"recordId\":\"4876\"}");

    @Test
    @DisplayName("Sealed evidence opens under its key for its entry, with the hash that the entry carries")
    void roundTrip() {
        Evidence opened = Evidence.open(key, 17, evidence.seal(key, 17));

        assertThat(opened.text()).isEqualTo(evidence.text());
        assertThat(opened.hash()).isEqualTo(evidence.hash());
    }

    @Test
    @DisplayName("Sealed evidence opens neither under another key nor for another entry nor changed nor cut")
    void refused() {
        byte[] sealed = evidence.seal(key, 17);
        byte[] changed = sealed.clone();
        changed[20] ^= 1;

        assertThatThrownBy(() -> Evidence.open(SealingKey.random(), 17, sealed)).isInstanceOf(BrokenProof.class);
        assertThatThrownBy(() -> Evidence.open(key, 18, sealed)).isInstanceOf(BrokenProof.class);
        assertThatThrownBy(() -> Evidence.open(key, 17, changed)).isInstanceOf(BrokenProof.class);
        assertThatThrownBy(() -> Evidence.open(key, 17, new byte[20])).isInstanceOf(BrokenProof.class);
    }

    @Test
    @DisplayName("The same evidence has another hash and other sealed bytes each time, so that it cannot be guessed")
    void salted() {
        Evidence again = Evidence.of(new String(evidence.text(), StandardCharsets.UTF_8));

        assertThat(again.hash()).isNotEqualTo(evidence.hash());
        assertThat(evidence.seal(key, 17)).isNotEqualTo(evidence.seal(key, 17));
    }

    @Test
    @DisplayName("The subject is HMAC-SHA256 of the address (RFC 4231, test case 1 with its key filled up to 32 bytes)")
    void subject() {
        // HMAC fills a key up with zeros, so the key of 20 bytes and the one of 32 are the same key.
        byte[] bytes = HexFormat.of().parseHex("0b".repeat(20) + "00".repeat(12));

        assertThat(SealingKey.of(bytes).subject("Hi There").hex())
                .isEqualTo("b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    }

    @Test
    @DisplayName("A key shows nothing of itself, and has 32 bytes")
    void keys() {
        assertThat(key).hasToString("secret").isEqualTo(SealingKey.of(key.bytes()));
        assertThatThrownBy(() -> SealingKey.of(new byte[16])).hasMessage("A secret key has 32 bytes, not 16.");
    }
}
