package io.consentbridge.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LeafFormTest {

    private static final LeafKind GIVEN = new LeafKind(
            "given", "main", "product-news", "2026-11", "t1", "by-email", "crm", Map.of("state", "obtained", "a", "b"));
    private static final Instant TIME = Instant.parse("2026-11-28T16:29:21.000070Z");

    @Provide
    static Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(12).filter(LeafFormTest::wellFormed),
                Arbitraries.of(
                        "", "é", "\u0000", "\"\\/\b\f\n\r\t", "\u2028</script>", "\uD83D\uDE00", "\u007f\u0080"));
    }

    @Provide
    static Arbitrary<LeafKind> kinds() {
        Arbitrary<String> text = texts();
        return Combinators.combine(
                        text,
                        text,
                        text,
                        text,
                        text,
                        text,
                        text,
                        Arbitraries.maps(text, text).ofMaxSize(5))
                .as(LeafKind::new);
    }

    @Provide
    static Arbitrary<Instant> times() {
        return Arbitraries.longs()
                .between(-62_167_219_200_000_000L, 253_402_300_799_999_999L) // the years 0 to 9999
                .map(micros -> Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
    }

    @Property(tries = 5000)
    @Label("The fast way gives the bytes that the library gives for the whole entry")
    void fastEqualsLibrary(
            @ForAll("kinds") LeafKind kind,
            @ForAll("times") Instant time,
            @ForAll long number,
            @ForAll byte[] seed,
            @ForAll boolean withSubject,
            @ForAll boolean withEvidence) {
        long sequence = number & (1L << 53) - 1;
        Optional<Hash> subject = Optional.of(Hash.sha256(seed)).filter(hash -> withSubject);
        Optional<Hash> evidence = Optional.of(Hash.leaf(seed)).filter(hash -> withEvidence);

        byte[] fast = new LeafForm(kind).bytes(sequence, time, subject.orElse(null), evidence.orElse(null));

        assertThat(text(fast)).isEqualTo(text(new Leaf(kind, sequence, time, subject, evidence).bytes()));
    }

    @Test
    @DisplayName("An entry is one canonical JSON object with every member, in alphabetical order")
    void example() {
        Hash hash = Hash.sha256(new byte[0]);
        byte[] bytes = new LeafForm(GIVEN).bytes(17, TIME, hash, null);

        assertThat(text(bytes)).isEqualTo("""
                {"connection":"main","event":"given","evidence":"","inputs":{"a":"b","state":"obtained"},\
                "purpose":"product-news","rule":"by-email","sequence":17,"source":"crm","statementVersion":"2026-11",\
                "subject":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855","tableVersion":"t1",\
                "time":"2026-11-28T16:29:21.000070Z"}""");
    }

    @Test
    @DisplayName("Half a character, a number beyond 2^53 and a year beyond 9999 are refused")
    void refused() {
        LeafKind broken = new LeafKind("given", "\uD83D", "", "", "", "", "", Map.of());
        LeafForm form = new LeafForm(GIVEN);

        assertThatThrownBy(() -> new LeafForm(broken))
                .isInstanceOf(BrokenProof.class)
                .hasMessage("A text of a ledger entry holds half a character (a lone surrogate).");
        assertThatThrownBy(() -> form.bytes(1L << 53, TIME, null, null))
                .hasMessage("An entry of the ledger cannot have the number 9007199254740992.");
        assertThatThrownBy(() -> form.bytes(1, Instant.MAX, null, null)).isInstanceOf(RuntimeException.class);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static boolean wellFormed(String text) {
        return StandardCharsets.UTF_16.newEncoder().canEncode(text);
    }
}
