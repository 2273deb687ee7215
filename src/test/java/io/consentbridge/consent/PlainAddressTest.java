package io.consentbridge.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The short way for plain addresses gives what the rules give. */
class PlainAddressTest {

    @Property(tries = 3000)
    @Label("An address has the same form by the short way and by the rules")
    void sameForm(@ForAll("texts") String text) {
        assertThat(AddressForm.written(text)).isEqualTo(AddressForm.writtenByRules(text));
        assertThat(AddressForm.compared(text)).isEqualTo(AddressForm.comparedByRules(text));
        assertThat(AddressForm.compared(text.toUpperCase(Locale.ROOT)))
                .isEqualTo(AddressForm.comparedByRules(text.toUpperCase(Locale.ROOT)));
    }

    @Property(tries = 3000)
    @Label("An address that is valid by the short way is valid by the rules")
    void neverWider(@ForAll("texts") String text) {
        if (AddressScreening.isPlain(text)) {
            assertThat(AddressScreening.isValidByRules(text)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jane.doe@zylker.com",
                "Jane_Doe+news@mail-1.Zylker.co.UK",
                "1-a@1.example",
                "_@3m.com",
                "jane@xn--bcher-kva.example"
            })
    @DisplayName("Common addresses take the short way")
    void taken(String address) {
        assertThat(AddressScreening.isPlain(address)).isTrue();
        assertThat(PlainAddress.isNormal(address)).isTrue();
        assertThat(AddressScreening.isValidByRules(address)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "@",
                "jane",
                "jane@",
                "@zylker.com",
                "jane@zylker",
                "jane@zylker.nowhere",
                "jane@zylker.com.",
                "jane@.com",
                "jane@zylker..com",
                "jane@-zylker.com",
                "jane@zylker-.com",
                "jane@zylker.1com",
                "jane@@zylker.com",
                "jane@doe@zylker.com",
                "jane.@zylker.com",
                ".jane@zylker.com",
                "jane..doe@zylker.com",
                "jane doe@zylker.com",
                "jane@zylker_1.com",
                "\"jane\"@zylker.com",
                "jane@[192.0.2.1]",
                "jane@192.0.2.1"
            })
    @DisplayName("Other texts are left to the rules")
    void left(String text) {
        assertThat(AddressScreening.isPlain(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 65})
    @DisplayName("The longest mailbox and the longest label are as long as the rules allow")
    void longest(int length) {
        String mailbox = "a".repeat(length) + "@zylker.com";
        String label = "jane@" + "a".repeat(length - 1) + ".com";
        assertThat(AddressScreening.isPlain(mailbox)).isEqualTo(length == 64);
        assertThat(AddressScreening.isValidByRules(mailbox)).isEqualTo(length == 64);
        assertThat(AddressScreening.isPlain(label)).isEqualTo(length == 64);
        assertThat(AddressScreening.isValidByRules(label)).isEqualTo(length == 64);
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> mailbox =
                Arbitraries.strings().withChars("aZ9._-+'\"@ ").ofMaxLength(6);
        Arbitrary<String> label = Arbitraries.oneOf(
                Arbitraries.strings().withChars("aZ9-_").ofMaxLength(5),
                Arbitraries.of("a".repeat(62), "a".repeat(63), "a".repeat(64), "xn--bcher-kva"));
        Arbitrary<String> domain = label.list().ofMaxSize(5).map(labels -> String.join(".", labels));
        Arbitrary<String> end = Arbitraries.of("", ".", ".com", ".example", ".co.uk", ".nowhere", ".com.", ".c0m", "]");
        Arbitrary<String> likely =
                Combinators.combine(mailbox, domain, end).as((before, after, last) -> before + "@" + after + last);
        Arbitrary<String> ascii = Arbitraries.strings().ascii().ofMaxLength(12);
        Arbitrary<String> any = Arbitraries.strings()
                .ascii()
                .withChars('\u00fc', '\u3002', '\u00ad', '\u0130', '\u212a', '\uff20', '\u00a0', '\u007f')
                .ofMaxLength(12);
        return Arbitraries.oneOf(likely, likely, ascii, any);
    }
}
