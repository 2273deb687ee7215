package io.consentbridge.zoho;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts in forms are encoded and decoded as the JDK does it. */
class FormTextTest {

    @Property(tries = 3000)
    @Label("A text is encoded as by the JDK, with %20 for a blank, and decoded to itself")
    void encoded(@ForAll("texts") String text) {
        String encoded = FormText.encode(text);
        assertThat(encoded)
                .isEqualTo(URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20"));
        assertThat(FormText.decode(encoded)).isEqualTo(URLDecoder.decode(encoded, StandardCharsets.UTF_8));
    }

    @Property(tries = 5000)
    @Label("Whatever is decoded is decoded as by the JDK, including characters that are cut off")
    void decoded(@ForAll("encodings") String encoded) {
        String decoded;
        try {
            decoded = FormText.decode(encoded);
        } catch (IllegalArgumentException unreadable) {
            return;
        }
        assertThat(decoded).isEqualTo(URLDecoder.decode(encoded, StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "a%4", "%4", "%zz", "%4g", "%-1", "%+f", "%%41", "% 1"})
    @DisplayName("A percent sign without two hexadecimal digits cannot be read")
    void broken(String encoded) {
        assertThatIllegalArgumentException().isThrownBy(() -> FormText.decode(encoded));
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(8),
                Arbitraries.strings().ascii().ofMaxLength(20),
                Arbitraries.strings()
                        .withChars("aZ09.-*_~ +&=%\"{}\u00fc\u20ac\ud83d\ude00\ud800\udc00\u0000")
                        .ofMaxLength(12));
    }

    @Provide
    Arbitrary<String> encodings() {
        Arbitrary<String> part = Arbitraries.of(
                "a", "+", "%41", "%c3", "%A9", "%E2", "%82", "%AC", "%f0", "%9F", "%ff", "%00", "%", "%4", "\u00e9",
                "\u20ac", "=", "&", "%2B", "%20");
        return part.list().ofMaxSize(8).map(parts -> String.join("", parts));
    }
}
