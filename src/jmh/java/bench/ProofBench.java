package bench;

import io.consentbridge.proof.Checkpoint;
import io.consentbridge.proof.Hash;
import io.consentbridge.proof.InclusionProof;
import io.consentbridge.proof.LeafForm;
import io.consentbridge.proof.LeafKind;
import io.consentbridge.proof.SealingKey;
import io.consentbridge.proof.SignedNote;
import io.consentbridge.proof.SigningKey;
import io.consentbridge.proof.Tile;
import io.consentbridge.proof.TreeEdge;
import io.consentbridge.proof.VerifierKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * How long parts of the ledger take: the form and hash of one entry, its sealed evidence, and the verification of one
 * person's proof in a log of 1,000,000 entries.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ProofBench {

    private static final int ENTRIES = 1_000_000;
    private static final Instant TIME = Instant.parse("2026-11-28T12:00:00.123456Z");
    private static final byte[] EVIDENCE =
            "{\"record\":\"5394166001100000017\",\"run\":\"20261128T120000-0001\"}".getBytes(StandardCharsets.UTF_8);

    private final LeafForm form = new LeafForm(new LeafKind(
            "given",
            "main",
            "product-news",
            "0b438c8abb4d",
            "1c2d3e4f5a6b",
            "expressed-by-email",
            "crm",
            Map.of("basis", "obtained", "setting", "expressed")));
    private final SealingKey key = SealingKey.random();
    private final Hash subject = key.subject("jane.doe@example.com");
    private final Hash evidence = Hash.sha256(EVIDENCE);
    private final byte[] entry = form.bytes(ENTRIES / 3, TIME, subject, evidence);
    private final String proof;
    private final VerifierKey verifier;

    public ProofBench() {
        Map<String, Tile> tiles = new HashMap<>();
        TreeEdge edge = TreeEdge.empty();
        for (int i = 0; i < ENTRIES; i++) {
            edge.append(
                    i == ENTRIES / 3
                            ? Hash.leaf(entry)
                            : Hash.leaf(new byte[] {(byte) i, (byte) (i >> 8), (byte) (i >> 16)}));
            if (i % 256 == 255 || i == ENTRIES - 1) {
                edge.takeChangedTiles().forEach(tile -> tiles.put(tile.level() + "/" + tile.index(), tile));
            }
        }
        SigningKey signing = SigningKey.generate("consentbridge");
        SignedNote checkpoint = signing.sign(new Checkpoint("consentbridge", ENTRIES, edge.root()).text());
        verifier = signing.verifier();
        proof = InclusionProof.of(
                        ENTRIES / 3,
                        checkpoint,
                        (level, index, width) -> tiles.get(level + "/" + index).hashes())
                .text();
    }

    @Benchmark
    public Hash leaf() {
        return Hash.leaf(form.bytes(ENTRIES / 3, TIME, subject, evidence));
    }

    @Benchmark
    public Hash subject() {
        return key.subject("jane.doe@example.com");
    }

    @Benchmark
    public byte[] seal() {
        return key.seal(EVIDENCE, "evidence");
    }

    @Benchmark
    public Checkpoint verifyOneProof() {
        return InclusionProof.parse(proof).verify(entry, verifier);
    }
}
