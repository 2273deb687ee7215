package io.consentbridge.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.proof.VerifyProgram.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The proofs of one person's entries, and VerifyProofs.java, which checks them. */
class ProofFolderIT {

    private static final LeafKind GIVEN =
            new LeafKind("given", "main", "product-news", "2026-10", "", "", "page", Map.of());

    @TempDir
    private static Path compiled;

    private static VerifyProgram verify;

    @TempDir
    private Path folder;

    private final SampleLog log = SampleLog.sample();

    @BeforeAll
    static void compile() throws Exception {
        verify = new VerifyProgram("VerifyProofs", compiled);
    }

    @BeforeEach
    void write() throws IOException {
        Evidence evidence = Evidence.of("{\"record\":\"4876\"}");
        byte[] given = new Leaf(
                        GIVEN,
                        300,
                        Instant.parse("2026-11-28T12:00:00Z"),
                        Optional.of(Hash.EMPTY_TREE),
                        Optional.of(evidence.hash()))
                .bytes();
        log.append(given);
        SignedNote checkpoint = log.checkpoint();
        ProofFolder.write(
                folder,
                List.of(
                        new ProofFolder.Proved(
                                log.entryBytes(17), InclusionProof.of(17, checkpoint, log), Optional.empty()),
                        new ProofFolder.Proved(given, InclusionProof.of(300, checkpoint, log), Optional.of(evidence))),
                log.keys());
    }

    @Test
    @DisplayName("java VerifyProofs.java DIR accepts the proofs with the JDK alone, exit status 0")
    void accepts() throws Exception {
        Result result = VerifyProgram.process(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                folder.resolve("VerifyProofs.java").toString(),
                folder.toString()));

        assertThat(result).isEqualTo(new Result(0, "FITS: 2 entries stand in the ledger as it was signed\n"));
    }

    @ParameterizedTest
    @CsvSource({
        "entry-17.json, product-news, webinars,"
                + " entry-17.json does not stand in the ledger: it does not lead to the root of the checkpoint.",
        "entry-17.json, '\"sequence\":17', '\"sequence\":18', entry-17.json does not carry the number 17.",
        "entry-17.tlog-proof, index 17, index 18, entry-17.json does not carry the number 18.",
        "entry-300.tlog-proof, '\n301\n', '\n302\n',"
                + " The checkpoint in entry-300.tlog-proof carries no valid signature by a key of keys.txt.",
        "entry-300.tlog-proof, tlog-proof@v1, tlog-proof@v2, entry-300.tlog-proof is not a proof.",
        "entry-300.evidence.json, 4876, 4877,"
                + " entry-300.evidence.json is not the evidence whose hash the entry carries.",
    })
    @DisplayName("VerifyProofs.java refuses what was changed, exit status 1")
    void refuses(String file, String what, String by, String message) throws Exception {
        Path changed = folder.resolve(file);
        Files.writeString(changed, Files.readString(changed).replace(what, by));

        assertThat(verify.check(folder)).isEqualTo(new Result(1, "DOES NOT FIT: " + message + "\n"));
    }
}
