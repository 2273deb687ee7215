package io.consentbridge.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.consentbridge.proof.VerifyProgram.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The export of a log, and those who check it: Verify.java, openssl, and a second implementation in Node.js. */
class LogExportIT {

    private static final Path SAMPLE = Path.of("docs/examples/ledger");
    private static final SampleLog LOG = SampleLog.sample();

    @TempDir
    private static Path compiled;

    private static VerifyProgram verify;

    @TempDir
    private Path folder;

    @BeforeAll
    static void compile() throws Exception {
        verify = new VerifyProgram("Verify", compiled);
    }

    @Test
    @DisplayName("The sample in docs/examples/ledger is what the export writes; -Dledger.sample=write writes it anew")
    void sampleIsCurrent() throws IOException {
        LogExport.write(folder.resolve("export"), LOG);
        if ("write".equals(System.getProperty("ledger.sample"))) {
            delete(SAMPLE);
            copy(folder.resolve("export"), SAMPLE);
        }

        assertThat(files(SAMPLE)).isEqualTo(files(folder.resolve("export")));
    }

    @Test
    @DisplayName("java Verify.java DIR runs with the JDK alone, prints the root and ends with exit status 0")
    void verifiesSample() throws Exception {
        Result result = VerifyProgram.process(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                SAMPLE.resolve("Verify.java").toString(),
                SAMPLE.toString(),
                SAMPLE.resolve("checkpoints.txt").toString()));

        assertThat(result.printed())
                .startsWith("FITS: all entries, tiles, checkpoints and signatures of ")
                .contains(
                        "entries      300\n",
                        "root         " + LOG.edge().root().base64(),
                        "checkpoints  4\n")
                .contains(
                        "outside      4 checkpoints",
                        "key          " + LOG.key().verifier());
        assertThat(result.status()).isZero();
    }

    @Test
    @DisplayName("Logs around the edges of tiles and an empty log verify")
    void otherSizes() throws Exception {
        for (int size : new int[] {0, 1, 2, 255, 256, 257, 512, 513}) {
            SampleLog log = new SampleLog();
            log.grow(size);
            log.checkpoint();
            log.checkpoint();
            LogExport.write(folder.resolve("of-" + size), log);

            Result result = verify.check(folder.resolve("of-" + size));
            assertThat(result.printed()).startsWith("FITS").contains("entries      " + size + "\n");
            assertThat(result.status()).isZero();
        }
    }

    @Test
    @DisplayName("An export goes into an empty folder only, and only if there is a checkpoint")
    void refusedExports() throws IOException {
        Files.writeString(folder.resolve("mine.txt"), "x");

        assertThatThrownBy(() -> LogExport.write(folder, LOG))
                .isInstanceOf(BrokenProof.class)
                .hasMessageContaining("is not an empty folder");
        assertThatThrownBy(() -> LogExport.write(folder.resolve("new"), new SampleLog()))
                .hasMessage("The ledger has no checkpoint yet, so that there is nothing to export.");
    }

    @Test
    @DisplayName("An export that broke off has no checkpoint and never verifies")
    void brokenOff() throws Exception {
        LogSource breaking = new LogSource() {
            @Override
            public List<VerifierKey> keys() {
                return LOG.keys();
            }

            @Override
            public long size() {
                return LOG.size();
            }

            @Override
            public Iterator<String> checkpoints() {
                return LOG.checkpoints();
            }

            @Override
            public void entries(long size, EachEntry each) {
                LOG.entries(270, each);
                throw new UncheckedIOException(new IOException("the disk is full"));
            }

            @Override
            public byte[] hashes(int level, long index, int width) {
                return LOG.hashes(level, index, width);
            }
        };
        Path export = folder.resolve("export");

        assertThatThrownBy(() -> LogExport.write(export, breaking)).isInstanceOf(UncheckedIOException.class);
        assertThat(export.resolve("checkpoint")).doesNotExist();
        assertThat(verify.check(export).status()).isEqualTo(1);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Tampering.class)
    @DisplayName("Verify.java finds each kind of tampering and names the first entry or checkpoint that does not fit")
    void findsTampering(Tampering tampering) throws Exception {
        Path export = folder.resolve("export");
        LogExport.write(export, LOG);
        tampering.change.in(export);

        Result result = verify.check(export);

        assertThat(result.printed()).isEqualTo("DOES NOT FIT: " + tampering.message + "\n");
        assertThat(result.status()).isEqualTo(1);
    }

    @Test
    @DisplayName("A ledger restored from an old copy is found by a newer checkpoint that was kept outside")
    void restored() throws Exception {
        SampleLog yesterday = new SampleLog();
        yesterday.grow(120);
        yesterday.checkpoint();
        LogExport.write(folder.resolve("export"), yesterday);
        Path outside = Files.writeString(folder.resolve("kept.txt"), String.join("\n", LOG.notes()));

        Result result = verify.check(folder.resolve("export"), outside);

        assertThat(result.printed())
                .isEqualTo(
                        "DOES NOT FIT: Checkpoint 3 of " + outside + " (256 entries) covers more entries than the 120"
                                + " of the export: the ledger was cut or restored from an old copy, or the export is older than"
                                + " the checkpoint.\n");
        assertThat(result.status()).isEqualTo(1);
    }

    @Test
    @DisplayName(
            "A ledger that was rewritten as a whole is found by a checkpoint that was kept outside, and only by it")
    void rewritten() throws Exception {
        SampleLog rewritten = new SampleLog();
        rewritten.grow(100);
        rewritten.append(changed(SampleLog.entry(100)));
        rewritten.grow(300);
        rewritten.checkpoint();
        LogExport.write(folder.resolve("export"), rewritten);
        Path outside = Files.writeString(folder.resolve("kept.txt"), String.join("\n", LOG.notes()));

        assertThat(verify.check(folder.resolve("export")).status()).isZero();
        Result result = verify.check(folder.resolve("export"), outside);
        assertThat(result.printed())
                .contains("Checkpoint 2 of " + outside + " (120 entries) states the root")
                .contains("so the first entry that can be wrong is 3.");
        assertThat(result.status()).isEqualTo(1);
    }

    @Test
    @DisplayName("Files that are not there, cut short or of no use end with exit status 1 and a message")
    void unusable() throws Exception {
        assertThat(verify.check().status()).isEqualTo(1);
        assertThat(verify.check(folder).printed()).startsWith("CANNOT BE CHECKED: ");
        LogExport.write(folder.resolve("export"), LOG);
        Files.writeString(folder.resolve("export/checkpoints.txt"), "");
        assertThat(verify.check(folder.resolve("export")).printed())
                .isEqualTo("DOES NOT FIT: There is no checkpoint in checkpoints.txt.\n");
    }

    @Test
    @DisplayName("openssl verifies the signature of the sample's checkpoint with the sample's public-key.pem")
    void openssl() throws Exception {
        assumeTrue(VerifyProgram.installed("openssl", "version"), "openssl is not on the PATH");
        SignedNote note = SignedNote.parse(Files.readString(SAMPLE.resolve("checkpoint")));
        Path text = Files.writeString(folder.resolve("text"), note.text());
        Path signature = Files.write(
                folder.resolve("signature"), note.signatures().get(0).signature());
        List<String> command = List.of(
                "openssl",
                "pkeyutl",
                "-verify",
                "-pubin",
                "-inkey",
                SAMPLE.resolve("public-key.pem").toString(),
                "-rawin",
                "-in",
                text.toString(),
                "-sigfile",
                signature.toString());

        assertThat(VerifyProgram.process(command)).isEqualTo(new Result(0, "Signature Verified Successfully\n"));
        Files.writeString(text, note.text().replace("300", "301"));
        assertThat(VerifyProgram.process(command).status()).isEqualTo(1);
    }

    @Test
    @DisplayName("The program in Node.js accepts the proofs of the sample's entries and refuses changed ones")
    void node() throws Exception {
        assumeTrue(VerifyProgram.installed("node", "--version"), "node is not on the PATH");
        SignedNote checkpoint = SignedNote.parse(Files.readString(SAMPLE.resolve("checkpoint")));
        for (int index : new int[] {0, 1, 255, 256, 288, 299}) {
            String proof = InclusionProof.of(index, checkpoint, LOG).text();
            assertThat(nodeChecks(LOG.entryBytes(index), proof, SAMPLE.resolve("keys.txt")))
                    .isEqualTo(new Result(0, "entry " + index + " of 300 stands in " + SampleLog.ORIGIN + "\n"));
        }
        String proof = InclusionProof.of(17, checkpoint, LOG).text();
        assertThat(nodeChecks(LOG.entryBytes(18), proof, SAMPLE.resolve("keys.txt")))
                .isEqualTo(new Result(1, "the entry does not lead to the root\n"));
        assertThat(nodeChecks(LOG.entryBytes(17), proof.replace("\n300\n", "\n301\n"), SAMPLE.resolve("keys.txt")))
                .isEqualTo(new Result(1, "the checkpoint is not signed by a known key\n"));
    }

    @ParameterizedTest
    @EnumSource(RfcVector.class)
    @DisplayName("The program in Node.js accepts the audit paths of the vectors of RFC 6962")
    void nodeAcceptsVectors(RfcVector vector) throws Exception {
        assumeTrue(VerifyProgram.installed("node", "--version"), "node is not on the PATH");
        SignedNote checkpoint =
                LOG.key().sign(new Checkpoint(SampleLog.ORIGIN, vector.size, Hash.ofHex(vector.root)).text());
        List<Hash> path = Arrays.stream(vector.path).map(Hash::ofHex).toList();
        String proof = new InclusionProof(vector.index, path, checkpoint).text();

        assertThat(nodeChecks(HexFormat.of().parseHex(vector.entry), proof, SAMPLE.resolve("keys.txt"))
                        .status())
                .isZero();
    }

    @Test
    @DisplayName("The proof of one entry is written, read and verified, and refused for another entry or key")
    void proofs() {
        SignedNote checkpoint = SignedNote.parse(LOG.notes().get(3));
        VerifierKey key = LOG.key().verifier();
        InclusionProof proof =
                InclusionProof.parse(InclusionProof.of(17, checkpoint, LOG).text());

        assertThat(proof.verify(LOG.entryBytes(17), key).size()).isEqualTo(300);
        assertThatThrownBy(() -> proof.verify(LOG.entryBytes(18), key))
                .hasMessage("Entry 17 does not lead to the root of the checkpoint over 300 entries.");
        assertThatThrownBy(() ->
                        proof.verify(LOG.entryBytes(17), SampleLog.key("other").verifier()))
                .hasMessageEndingWith("did not sign the text.");
        assertThatCode(() -> InclusionProof.parse(proof.text().replace("\nindex", "\nextra AAAA\nindex")))
                .doesNotThrowAnyException();
        for (String broken :
                List.of("", "c2sp.org/tlog-proof@v1\n\n", proof.text().replace("index 17", "index 017"))) {
            assertThatThrownBy(() -> InclusionProof.parse(broken)).isInstanceOf(BrokenProof.class);
        }
    }

    private Result nodeChecks(byte[] entry, String proof, Path keys) throws Exception {
        Path entryFile = Files.write(folder.resolve("entry.json"), entry);
        Path proofFile = Files.writeString(folder.resolve("entry.tlog-proof"), proof);
        return VerifyProgram.process(List.of(
                "node", "src/test/node/check-proof.mjs", entryFile.toString(), proofFile.toString(), keys.toString()));
    }

    /** The audit paths of the reference tests of Certificate Transparency, over trees of its eight entries. */
    enum RfcVector {
        FIRST_OF_EIGHT(
                0,
                8,
                "",
                "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
                "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"),
        SIXTH_OF_EIGHT(
                5,
                8,
                "40414243",
                "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"),
        THIRD_OF_THREE(
                2,
                3,
                "10",
                "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"),
        SECOND_OF_FIVE(
                1,
                5,
                "00",
                "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b");

        private final long index;
        private final long size;
        private final String entry;
        private final String root;
        private final String[] path;

        RfcVector(long index, long size, String entry, String root, String... path) {
            this.index = index;
            this.size = size;
            this.entry = entry;
            this.root = root;
            this.path = path;
        }
    }

    private static byte[] changed(byte[] entry) {
        return new String(entry)
                .replace("\"purpose\":\"product-news\"", "\"purpose\":\"webinars\"")
                .getBytes();
    }

    private static Map<String, String> files(Path folder) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(
                        folder.relativize(file).toString(),
                        Hash.sha256(Files.readAllBytes(file)).hex());
            }
        }
        return files;
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path file : all.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }
}
