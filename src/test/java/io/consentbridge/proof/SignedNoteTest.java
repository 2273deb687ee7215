package io.consentbridge.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedNoteTest {

    /** The example of golang.org/x/mod/sumdb/note, the first implementation of the format. */
    private static final String NEUMANN = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

    private static final String NEUMANN_SEED = "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
    private static final String NEUMANN_TEXT = """
            If you think cryptography is the answer to your problem,
            then you don't know what your problem is.
            """;
    private static final String NEUMANN_NOTE = NEUMANN_TEXT + "\n"
            + "\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
            + "\n";

    /** The example of c2sp.org/tlog-checkpoint; the specification does not give its key. */
    private static final String BEHIND_THE_SOFA = """
            example.com/behind-the-sofa
            20852163
            CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

            \u2014 example.com/behind-the-sofa \
            Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
            """;

    private final SigningKey key = SigningKey.generate("example.com/log");
    private final Checkpoint checkpoint = new Checkpoint("example.com/log", 17, Hash.EMPTY_TREE);

    @Test
    @DisplayName("The example of the format's first implementation verifies, and its key signs the very same note")
    void neumann() {
        VerifierKey verifier = VerifierKey.parse(NEUMANN);
        byte[] seed = Base64.getDecoder().decode(NEUMANN_SEED);
        byte[] pair = Arrays.copyOf(Arrays.copyOfRange(seed, 1, 33), 64);
        System.arraycopy(verifier.key(), 0, pair, 32, 32);

        assertThatCode(() -> verifier.verify(SignedNote.parse(NEUMANN_NOTE))).doesNotThrowAnyException();
        assertThat(SigningKey.of("PeterNeumann", pair).sign(NEUMANN_TEXT).note())
                .isEqualTo(NEUMANN_NOTE);
        assertThat(verifier).hasToString(NEUMANN);
    }

    @Test
    @DisplayName("The example of the signed-note specification verifies")
    void specification() {
        VerifierKey verifier =
                VerifierKey.parse("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k");

        assertThatCode(() -> verifier.verify(SignedNote.parse("""
                        This is an example message.

                        \u2014 example.com/foo \
                        Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
                        """))).doesNotThrowAnyException();
    }

    @Test
    @DisplayName("The example of the checkpoint specification is read and written without a change")
    void behindTheSofa() {
        SignedNote note = SignedNote.parse(BEHIND_THE_SOFA);
        Checkpoint read = Checkpoint.parse(note.text());

        assertThat(read.origin()).isEqualTo("example.com/behind-the-sofa");
        assertThat(read.size()).isEqualTo(20_852_163);
        assertThat(read.root().base64()).isEqualTo("CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=");
        assertThat(note.note()).isEqualTo(BEHIND_THE_SOFA);
    }

    @Test
    @DisplayName("A checkpoint that was signed, written, and read again verifies under its key, and under no other one")
    void roundTrip() {
        String note = key.sign(checkpoint.text()).note();
        SignedNote read = SignedNote.parse(note);

        assertThatCode(() -> key.verifier().verify(read)).doesNotThrowAnyException();
        assertThat(Checkpoint.parse(read.text())).isEqualTo(checkpoint);
        assertThatThrownBy(
                        () -> SigningKey.generate("example.com/log").verifier().verify(read))
                .isInstanceOf(BrokenProof.class)
                .hasMessageEndingWith("did not sign the text.");
        assertThatThrownBy(() -> key.verifier().verify(SignedNote.parse(note.replace("\n17\n", "\n18\n"))))
                .hasMessageEndingWith("does not fit the text.");
    }

    @Test
    @DisplayName("A key is kept as 64 bytes; halves that do not belong together are refused")
    void keptKey() {
        byte[] bytes = key.bytes();
        byte[] mixed = key.bytes();
        System.arraycopy(SigningKey.generate("x").bytes(), 32, mixed, 32, 32);

        assertThat(SigningKey.of("example.com/log", bytes).verifier()).isEqualTo(key.verifier());
        assertThatThrownBy(() -> SigningKey.of("example.com/log", mixed)).isInstanceOf(BrokenProof.class);
        assertThat(key).hasToString("signing key example.com/log");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text\n",
                "text\n\n",
                "text\n\nno dash\n",
                "text\n\n\u2014 name\n",
                "text\n\n\u2014 name AAAA\n",
                "text\n\n\u2014 name !!!!\n",
                "text\n\n\u2014 na me AAAAAAAA\n",
                "te\u0007xt\n\n\u2014 name AAAAAAAA\n",
                "text\n\n\u2014 name AAAAAAAA"
            })
    @DisplayName("A note of another form is refused")
    void malformedNotes(String note) {
        assertThatThrownBy(() -> SignedNote.parse(note)).isInstanceOf(BrokenProof.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "o\n1\n",
                "o\n01\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
                "o\n-1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
                "\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
                "o p\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
                "o\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU\n",
                "o\n1\nAAAA\n",
                "o\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\nmore\n"
            })
    @DisplayName("A checkpoint of another form is refused")
    void malformedCheckpoints(String text) {
        assertThatThrownBy(() -> Checkpoint.parse(text)).isInstanceOf(BrokenProof.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "PeterNeumann",
                "PeterNeumann+c74f20a3+",
                "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                "PeterNeuman+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                "PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                "PeterNeumann+c74f20a3+!"
            })
    @DisplayName("A public key of another form, or with an id that is not its own, is refused")
    void malformedKeys(String text) {
        assertThatThrownBy(() -> VerifierKey.parse(text)).isInstanceOf(BrokenProof.class);
    }
}
