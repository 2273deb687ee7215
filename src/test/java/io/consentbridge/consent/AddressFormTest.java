package io.consentbridge.consent;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.consent.Screened.Unusable;
import io.consentbridge.consent.Screened.Usable;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The one form of an address. */
class AddressFormTest {

    private static final List<String> UNSEEN = Stream.of(
                    0xad, 0x34f, 0x61c, 0x115f, 0x180e, 0x200b, 0x200c, 0x200d, 0x200e, 0x200f, 0x202a, 0x202e, 0x2060,
                    0x2066, 0x3164, 0xfe0f, 0xfeff, 0xffa0, 0xe0100)
            .map(Character::toString)
            .toList();

    @ParameterizedTest
    @CsvSource({
        "anna@bücher.example, anna@xn--bcher-kva.example",
        "anna@BÜCHER.example, anna@xn--bcher-kva.example",
        "anna@XN--BCHER-KVA.Example, anna@xn--bcher-kva.example",
        "anna@例え.example, anna@xn--r8jz45g.example",
        "anna@straße.example, anna@xn--strae-oqa.example",
        "anna@кремль.рф, anna@xn--e1ajeds9e.xn--p1ai",
        "anna@faß.bücher.example, anna@xn--fa-hia.xn--bcher-kva.example",
        "anna@example。com, anna@example.com",
        "anna@example.com., anna@example.com",
        "ａｎｎａ＠ｅｘａｍｐｌｅ．ｃｏｍ, anna@example.com",
        "Anna@Example.COM, anna@example.com",
        "K@example.com, k@example.com",
        "ﬁona@example.com, fiona@example.com"
    })
    @DisplayName("Domains in ASCII or Unicode, full-width letters and compatible letters identify the same person")
    void onePerson(String typed, String person) {
        assertThat(new Person(typed).address()).isEqualTo(person);
        assertThat(AddressForm.written(typed)).isEqualToIgnoringCase(person);
    }

    @Test
    @DisplayName("Composed and decomposed letters identify the same person")
    void composition() {
        String composed = Normalizer.normalize("jürgen@müller.example", Normalizer.Form.NFC);
        String decomposed = Normalizer.normalize(composed, Normalizer.Form.NFD);
        assertThat(decomposed).isNotEqualTo(composed);
        assertThat(new Person(decomposed)).isEqualTo(new Person(composed));
        assertThat(AddressForm.written(decomposed)).isEqualTo(AddressForm.written(composed));
    }

    @Test
    @DisplayName("Invisible characters anywhere in an address identify the same person, and are not sent")
    void unseenAnywhere() {
        assertThat(UNSEEN)
                .allSatisfy(unseen -> assertThat(Stream.of(
                                unseen + "carl@example.com",
                                "ca" + unseen + "rl@example.com",
                                "carl" + unseen + "@example.com",
                                "carl@ex" + unseen + "ample.com",
                                "carl@example.com" + unseen))
                        .allSatisfy(typed -> assertThat(AddressScreening.screen(typed))
                                .isEqualTo(new Usable(new Person("carl@example.com"), "carl@example.com"))));
    }

    @ParameterizedTest
    @ValueSource(
            ints = {0x1160, 0x17b4, 0x17b5, 0x180b, 0x180f, 0x2065, 0xfe00, 0xfe0f, 0xfff0, 0xfff8, 0xe0000, 0xe0fff})
    @DisplayName("Every character that Unicode calls ignorable is removed, including the first and last of each range")
    void ignorable(int point) {
        assertThat(AddressForm.written("ca" + Character.toString(point) + "rl@example.com"))
                .isEqualTo("carl@example.com");
    }

    @ParameterizedTest
    @ValueSource(ints = {0x17b3, 0x17b6, 0x180a, 0x1810, 0xfdfd, 0xfe10, 0xffef, 0xe1000})
    @DisplayName("The visible neighbours of those characters are kept")
    void neighboursOfIgnorable(int point) {
        assertThat(AddressForm.written("ca" + Character.toString(point) + "rl@example.com"))
                .isNotEqualTo("carl@example.com");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"carl @example.com", "carl\u00a0@example.com", "ca\u0007rl@example.com", "carl@exa\u2003mple.com"
            })
    @DisplayName(
            "White space and control characters inside an address identify the same person, but such an address is not sent")
    void notSent(String typed) {
        assertThat(AddressScreening.refuser(typed)).contains(new Person("carl@example.com"));
        assertThat(((Unusable) AddressScreening.screen(typed)).decision().reason())
                .isEqualTo(IgnoreReason.INVALID_PATTERN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ca\ud800rl@example.com", "ca\ue000rl@example.com", "carl\u0000@example.com"})
    @DisplayName("An address with half a surrogate pair or an unassigned character is not sent")
    void noCharacters(String typed) {
        assertThat(AddressScreening.screen(typed)).isInstanceOf(Unusable.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "n/a", "carl", "@example.com"})
    @DisplayName("A text that is not an address refuses for nobody")
    void nobody(String typed) {
        assertThat(AddressScreening.refuser(typed)).isEmpty();
    }

    @Test
    @DisplayName("the rules of each version that made hashes are kept, since a hash cannot be made anew")
    void former() {
        assertThat(AddressForm.FORMER)
                .as("a raised AddressForm.VERSION keeps the rules before it, for the hashes of erased people")
                .hasSize(AddressForm.VERSION - AddressForm.FIRST_HASHED);
    }

    @Test
    @DisplayName(
            "an address is looked for in the form of today and in each form that hashes were made by, as typed and as it is today")
    void everCompared() {
        String typed = "Zerelda\u200b@Example.com";
        assertThat(AddressForm.everCompared(typed)).startsWith("zerelda@example.com");
        assertThat(AddressForm.everCompared(
                        typed, List.of(text -> text.toLowerCase(Locale.ROOT), text -> text.replace('e', 'E'))))
                .containsExactly(
                        "zerelda@example.com",
                        "zerelda\u200b@example.com",
                        "ZErElda\u200b@ExamplE.com",
                        "zErElda@ExamplE.com");
    }

    @Property(tries = 2000)
    @Label("The form of the form is the form itself, for a person and for what is sent")
    void idempotent(@ForAll("texts") String text) {
        String person = new Person(text).address();
        String written = AddressForm.written(text);

        assertThat(new Person(person).address()).isEqualTo(person);
        assertThat(AddressForm.written(written)).isEqualTo(written);
    }

    @Property(tries = 2000)
    @Label(
            "Of an address that is taken, what is sent is the same person as what was typed, and so is the person's own address once it is sent")
    void stable(@ForAll("texts") String text) {
        if (AddressScreening.screen(text) instanceof Usable usable) {
            Person person = new Person(text);
            assertThat(usable.person()).isEqualTo(person);
            assertThat(new Person(usable.address())).isEqualTo(person);
            assertThat(AddressForm.written(person.address())).isEqualTo(person.address());
        }
    }

    @Example
    @Label("The two small sigmas and both capital ones are one letter")
    void sigma() {
        assertThat(List.of(
                        "\u03c2a@c1.example.com",
                        "\u03a3a@c1.example.com",
                        "\u03f9a@c1.example.com",
                        "\u03f2a@c1.example.com"))
                .allMatch(text -> new Person(text).equals(new Person("\u03c3a@c1.example.com")));
        assertThat(new Person("a@\u03c2.example")).isNotEqualTo(new Person("a@\u03c3.example"));
        assertThat(new Person("a@a.\u03f9.example")).isEqualTo(new Person("a@a.\u03c3.example"));
        assertThat(new Person("a\u03a3@c1.example.com")).isEqualTo(new Person("a\u03c3@c1.example.com"));
    }

    @Property(tries = 1000)
    @Label("However an address is composed and whatever unseen characters are put into it, it is the same person")
    void disguised(@ForAll("addresses") String address, @ForAll("unseen") String unseen, @ForAll int place) {
        String decomposed = Normalizer.normalize(address, Normalizer.Form.NFD);
        int at = Math.floorMod(place, decomposed.length() + 1);
        String disguised = decomposed.substring(0, at) + unseen + decomposed.substring(at);

        assertThat(new Person(disguised)).isEqualTo(new Person(address));
    }

    @Property(tries = 1000)
    @Label("An address that is taken is sent without anything that cannot be seen and with its domain in ASCII")
    void clean(@ForAll("texts") String text) {
        if (AddressScreening.screen(text) instanceof Usable usable) {
            String sent = usable.address();
            assertThat(sent.codePoints())
                    .noneMatch(point -> Character.getType(point) == Character.FORMAT
                            || Character.isWhitespace(point)
                            || Character.isSpaceChar(point)
                            || Character.isISOControl(point));
            assertThat(sent.substring(sent.lastIndexOf('@'))).matches("\\p{ASCII}+");
        }
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> pieces = Arbitraries.frequencyOf(
                Tuple.of(4, addresses()),
                Tuple.of(3, Arbitraries.strings().ofMaxLength(12)),
                Tuple.of(2, Arbitraries.of("@", ".", " ", "\u00a0", "\u3002", "\u0345", "İ", "ẞ", "Σ", "\u00a8")),
                Tuple.of(2, unseen()));
        return pieces.list().ofMinSize(1).ofMaxSize(5).map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<String> unseen() {
        return Arbitraries.of(UNSEEN);
    }

    @Provide
    Arbitrary<String> addresses() {
        Arbitrary<String> words = Arbitraries.strings()
                .withChars("abcxyz019üéßñ例え한ж")
                .ofMinLength(1)
                .ofMaxLength(10);
        return Combinators.combine(words, words).as((name, domain) -> name + "@" + domain + ".example");
    }
}
