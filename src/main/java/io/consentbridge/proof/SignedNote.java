package io.consentbridge.proof;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * A text with signatures, in the form of c2sp.org/signed-note: the text, an empty line, and a line for each signature.
 *
 * @param text what is signed, with the end of its last line
 */
public record SignedNote(String text, List<Line> signatures) {

    private static final String DASH = "\u2014 ";

    public SignedNote {
        signatures = List.copyOf(signatures);
        if (!text.endsWith("\n") || signatures.isEmpty()) {
            throw new BrokenProof("A signed note has a text, an empty line, and at least one signature line.");
        }
    }

    /**
     * One signature line.
     *
     * @param name the name of the key
     * @param id the four bytes that tell keys of the same name apart
     * @param signature the signature; 64 bytes if it is of Ed25519
     */
    public record Line(String name, int id, byte[] signature) {

        /** The line as it stands in the note, without its end. */
        String text() {
            byte[] bytes = new byte[Integer.BYTES + signature.length];
            for (int i = 0; i < Integer.BYTES; i++) {
                bytes[i] = (byte) (id >>> (24 - 8 * i));
            }
            System.arraycopy(signature, 0, bytes, Integer.BYTES, signature.length);
            return DASH + name + " " + Base64.getEncoder().encodeToString(bytes);
        }

        private static Line parse(String line) {
            int space = line.lastIndexOf(' ');
            if (!line.startsWith(DASH) || space <= DASH.length()) {
                throw new BrokenProof("A signature line has the form: dash, name of the key, signature in base64.");
            }
            byte[] bytes;
            try {
                bytes = Base64.getDecoder().decode(line.substring(space + 1));
            } catch (IllegalArgumentException notBase64) {
                throw new BrokenProof("A signature is not written in base64.", notBase64);
            }
            if (bytes.length <= Integer.BYTES) {
                throw new BrokenProof("A signature is cut short.");
            }
            int id = 0;
            for (int i = 0; i < Integer.BYTES; i++) {
                id = id << 8 | bytes[i] & 255;
            }
            String name = line.substring(DASH.length(), space);
            requireName(name);
            return new Line(name, id, Arrays.copyOfRange(bytes, Integer.BYTES, bytes.length));
        }
    }

    /**
     * Reads a signed note.
     *
     * @throws BrokenProof if it has another form
     */
    public static SignedNote parse(String note) {
        int gap = note.lastIndexOf("\n\n");
        if (gap < 0 || !note.endsWith("\n")) {
            throw new BrokenProof("A signed note has a text, an empty line, and at least one signature line.");
        }
        if (note.chars().anyMatch(c -> c < ' ' && c != '\n')) {
            throw new BrokenProof("A signed note holds no control characters.");
        }
        List<Line> lines = new ArrayList<>();
        for (String line : note.substring(gap + 2).split("\n")) {
            lines.add(Line.parse(line));
        }
        return new SignedNote(note.substring(0, gap + 1), lines);
    }

    /** The whole note. */
    public String note() {
        StringBuilder note = new StringBuilder(text).append('\n');
        signatures.forEach(line -> note.append(line.text()).append('\n'));
        return note.toString();
    }

    /** Names of keys and logs hold neither spaces nor plus signs nor control characters, and are not empty. */
    static void requireName(String name) {
        if (name.isEmpty()
                || name.indexOf('+') >= 0
                || name.codePoints().anyMatch(c -> c < ' ' || Character.isWhitespace(c) || Character.isSpaceChar(c))) {
            throw new BrokenProof("The name of a log or key is empty, or holds a space or a plus sign.");
        }
    }
}
