package io.consentbridge.proof;

import java.util.List;
import java.util.stream.Collectors;

/** The public keys of one log, of which each checkpoint must carry a signature. */
final class KnownKeys {

    private final List<VerifierKey> keys;

    KnownKeys(List<VerifierKey> keys) {
        this.keys = keys;
    }

    /**
     * The checkpoint of a note that one of the keys signed.
     *
     * @param name what the messages call the checkpoint
     * @throws BrokenProof if it is not signed by any, has another form, or is of another log
     */
    Checkpoint verified(String name, String note) {
        SignedNote signed = SignedNote.parse(note);
        Checkpoint checkpoint = Checkpoint.parse(signed.text());
        VerifierKey key = keys.stream()
                .filter(known -> signed.signatures().stream()
                        .anyMatch(line -> line.name().equals(known.name()) && line.id() == known.id()))
                .findFirst()
                .orElseThrow(() -> new BrokenProof(name + " is not signed by a key of this ledger. Its keys are: "
                        + keys.stream().map(VerifierKey::toString).collect(Collectors.joining(", ")) + "."));
        try {
            key.verify(signed);
        } catch (BrokenProof wrong) {
            throw new BrokenProof(name + " carries a wrong signature: it was changed after it was signed.", wrong);
        }
        if (!checkpoint.origin().equals(key.name())) {
            throw new BrokenProof(name + " is of another ledger, " + checkpoint.origin() + ".");
        }
        return checkpoint;
    }
}
