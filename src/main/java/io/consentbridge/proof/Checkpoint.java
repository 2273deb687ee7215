package io.consentbridge.proof;

/**
 * The state of the log at one size: the text of c2sp.org/tlog-checkpoint, without extension lines.
 *
 * @param origin names the log; one line without spaces or plus signs
 * @param size the number of entries
 * @param root the root of the tree over them
 */
public record Checkpoint(String origin, long size, Hash root) {

    public Checkpoint {
        SignedNote.requireName(origin);
        if (size < 0) {
            throw new BrokenProof("A checkpoint cannot have the size " + size + ".");
        }
    }

    /** The three lines that are signed, each with its end of line. */
    public String text() {
        return origin + "\n" + size + "\n" + root.base64() + "\n";
    }

    /**
     * Reads the text of a checkpoint.
     *
     * @throws BrokenProof if it is not exactly three such lines
     */
    public static Checkpoint parse(String text) {
        String[] lines = text.split("\n", -1);
        if (lines.length != 4 || !lines[3].isEmpty() || !lines[1].matches("0|[1-9][0-9]{0,17}")) {
            throw new BrokenProof("A checkpoint has three lines: the origin, the number of entries, and the root.");
        }
        Checkpoint checkpoint = new Checkpoint(lines[0], Long.parseLong(lines[1]), Hash.ofBase64(lines[2]));
        if (!checkpoint.text().equals(text)) {
            throw new BrokenProof("The root of a checkpoint is not written in canonical base64.");
        }
        return checkpoint;
    }
}
