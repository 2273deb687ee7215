package io.consentbridge.proof;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Writes entries about one person with their proofs into a folder, where they are checked without the ledger and without the
 * product: {@code java VerifyProofs.java FOLDER}.
 *
 * <p>For entry 17 it writes {@code entry-17.json} (its canonical bytes), {@code entry-17.tlog-proof}, and, if there is any,
 * {@code entry-17.evidence.json} with {@code entry-17.salt} (hexadecimal); beside them {@code keys.txt} and
 * {@code VerifyProofs.java}.
 */
public final class ProofFolder {

    private ProofFolder() {}

    /**
     * An entry with its proof.
     *
     * @param entry its canonical bytes
     * @param evidence what the entry's hash of evidence stands for; empty if it carries none, or its key was destroyed
     */
    public record Proved(byte[] entry, InclusionProof proof, Optional<Evidence> evidence) {}

    /**
     * Writes the files.
     *
     * @param folder exists
     * @param keys the public keys of the ledger
     */
    public static void write(Path folder, List<Proved> entries, List<VerifierKey> keys) throws IOException {
        for (Proved one : entries) {
            String name = "entry-" + one.proof().index();
            Files.write(folder.resolve(name + ".json"), one.entry());
            Files.writeString(folder.resolve(name + ".tlog-proof"), one.proof().text());
            if (one.evidence().isPresent()) {
                Evidence evidence = one.evidence().get();
                Files.write(folder.resolve(name + ".evidence.json"), evidence.text());
                Files.writeString(
                        folder.resolve(name + ".salt"), Hash.of(evidence.salt()).hex() + "\n");
            }
        }
        Files.writeString(
                folder.resolve("keys.txt"), keys.stream().map(key -> key + "\n").collect(Collectors.joining()));
        try (InputStream program = ProofFolder.class.getResourceAsStream("/ledger-export/VerifyProofs.java")) {
            Files.copy(program, folder.resolve("VerifyProofs.java"));
        }
    }
}
