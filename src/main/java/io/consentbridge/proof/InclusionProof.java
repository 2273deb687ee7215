package io.consentbridge.proof;

import java.util.ArrayList;
import java.util.List;

/**
 * The proof that one entry stands in the log, in the form of c2sp.org/tlog-proof: a text file that is verified without the
 * log and discloses nothing of other entries.
 *
 * @param index the number of the entry, from 0
 * @param path the audit path from the entry's sibling up to a child of the root
 * @param checkpoint the signed checkpoint whose root it leads to
 */
public record InclusionProof(long index, List<Hash> path, SignedNote checkpoint) {

    private static final String FIRST_LINE = "c2sp.org/tlog-proof@v1";

    public InclusionProof {
        path = List.copyOf(path);
    }

    /**
     * Makes the proof of one entry from the tiles of the log.
     *
     * @param checkpoint a signed checkpoint over more than {@code index} entries
     */
    public static InclusionProof of(long index, SignedNote checkpoint, TileSource tiles) {
        long size = Checkpoint.parse(checkpoint.text()).size();
        return new InclusionProof(index, new LogTree(tiles, size).inclusion(index), checkpoint);
    }

    /** The file's text. */
    public String text() {
        StringBuilder text = new StringBuilder(FIRST_LINE + "\nindex " + index + "\n");
        path.forEach(hash -> text.append(hash.base64()).append('\n'));
        return text.append('\n').append(checkpoint.note()).toString();
    }

    /**
     * Reads the text of a proof.
     *
     * @throws BrokenProof if it has another form
     */
    public static InclusionProof parse(String text) {
        int gap = text.indexOf("\n\n");
        String[] lines = text.substring(0, Math.max(gap, 0)).split("\n");
        int line = 1;
        if (lines.length > 2 && lines[1].startsWith("extra ")) {
            line++;
        }
        if (gap < 0
                || lines.length <= line
                || !lines[0].equals(FIRST_LINE)
                || !lines[line].matches("index (0|[1-9][0-9]{0,17})")) {
            throw new BrokenProof("A proof begins with the lines '" + FIRST_LINE + "' and 'index NUMBER'.");
        }
        List<Hash> path = new ArrayList<>();
        for (int i = line + 1; i < lines.length; i++) {
            path.add(Hash.ofBase64(lines[i]));
        }
        return new InclusionProof(
                Long.parseLong(lines[line].substring("index ".length())),
                path,
                SignedNote.parse(text.substring(gap + 2)));
    }

    /**
     * Verifies that the entry with these bytes stands in the log, as the key signed it.
     *
     * @return the checkpoint
     * @throws BrokenProof if the checkpoint is not signed by the key, or the entry does not lead to its root
     */
    public Checkpoint verify(byte[] entry, VerifierKey key) {
        key.verify(checkpoint);
        Checkpoint signed = Checkpoint.parse(checkpoint.text());
        if (!MerkleProof.includes(Hash.leaf(entry), index, signed.size(), path, signed.root())) {
            throw new BrokenProof("Entry " + index + " does not lead to the root of the checkpoint over "
                    + signed.size() + " entries.");
        }
        return signed;
    }
}
