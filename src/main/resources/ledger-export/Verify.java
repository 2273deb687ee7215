import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks the export of a consent ledger. It needs a JDK of version 17 or newer and nothing else:
 *
 *   java Verify.java DIR [CHECKPOINT-FILE ...]
 *
 * DIR is the export. Each CHECKPOINT-FILE holds checkpoints that were kept outside of the exporting machine; the export must
 * agree with them. Without such a file this program shows that the export agrees with itself and with its key, but not that
 * the ledger was never rewritten as a whole.
 *
 * Exit status 0: everything fits; the root is printed. Exit status 1: something does not fit; the first such thing is printed.
 *
 * What is checked, in this order for each entry: it carries its own number; its hash, SHA-256(0 || entry), is the one that
 * the tree holds (tile/0); each tile above holds SHA-256(1 || left || right) over the tiles below; at the size of each
 * checkpoint, the root over all entries so far is the one that the checkpoint states, so that each checkpoint extends the
 * former one; and each checkpoint carries a valid Ed25519 signature by a key of keys.txt. The formats are those of RFC 6962
 * section 2.1, c2sp.org/tlog-tiles, c2sp.org/tlog-checkpoint and c2sp.org/signed-note.
 */
public final class Verify {

    private static final int HASH = 32; // bytes
    private static final int WIDTH = 256; // hashes in a full tile
    private static final Pattern SEQUENCE = Pattern.compile("\"sequence\":(\\d+),\"source\":");

    private final Path dir;
    private final List<Key> keys = new ArrayList<>();
    private final List<Checkpoint> checkpoints = new ArrayList<>(); // by size
    private final List<byte[]> subtrees = new ArrayList<>(); // perfect subtrees of the tree so far, by height; null: none
    private final List<byte[]> tiles = new ArrayList<>(); // for each level, the hashes of the tile that is being filled
    private String origin;
    private long entries;
    private int fitting; // how many checkpoints fitted so far

    public static void main(String[] args) {
        System.exit(run(args, System.out));
    }

    static int run(String[] args, PrintStream out) {
        if (args.length == 0) {
            out.println("Usage: java Verify.java DIR [CHECKPOINT-FILE ...]");
            return 1;
        }
        try {
            new Verify(Path.of(args[0])).check(List.of(args).subList(1, args.length), out);
            return 0;
        } catch (Misfit misfit) {
            out.println("DOES NOT FIT: " + misfit.getMessage());
        } catch (IOException | GeneralSecurityException | RuntimeException failed) {
            out.println("CANNOT BE CHECKED: " + failed);
        }
        return 1;
    }

    private Verify(Path dir) {
        this.dir = dir;
    }

    private void check(List<String> outside, PrintStream out) throws Misfit, IOException, GeneralSecurityException {
        for (String line : Files.readAllLines(file("keys.txt"))) {
            keys.add(Key.parse(line));
        }
        List<Checkpoint> own = read(file("checkpoints.txt"), "checkpoints.txt");
        checkpoints.addAll(own);
        Checkpoint last = own.get(own.size() - 1);
        if (!read(file("checkpoint"), "checkpoint").get(0).sameAs(last)) {
            throw new Misfit("The file checkpoint is not the last one of checkpoints.txt.");
        }
        for (String name : outside) {
            for (Checkpoint known : read(Path.of(name), name)) {
                if (known.size > last.size) {
                    throw new Misfit(known + " covers more entries than the " + last.size + " of the export: the ledger"
                            + " was cut or restored from an old copy, or the export is older than the checkpoint.");
                }
                checkpoints.add(known);
            }
        }
        checkpoints.sort(Comparator.comparingLong(checkpoint -> checkpoint.size));

        compareRoots();
        for (long tile = 0; tile * WIDTH < last.size; tile++) {
            checkEntries(tile, (int) Math.min(WIDTH, last.size - tile * WIDTH));
        }
        for (int level = 0; level < tiles.size(); level++) {
            compareTile(level, entries >>> (8 * (level + 1)));
        }

        out.println("FITS: all entries, tiles, checkpoints and signatures of " + origin);
        out.println("entries      " + entries);
        out.println("root         " + base64(root()));
        out.println("checkpoints  " + own.size());
        out.println("outside      " + (checkpoints.size() - own.size()) + " checkpoints that were kept outside");
        for (Key key : keys) {
            out.println("key          " + key.text);
        }
    }

    /** Reads the entries under one tile of level 0 and compares each one's hash with the tile. */
    private void checkEntries(long index, int width) throws Misfit, IOException, GeneralSecurityException {
        String path = path("entries", index, width);
        byte[] bundle = readOrMisfit(path, "entry " + entries);
        byte[] tile = readOrMisfit(path("0", index, width), "the hash of entry " + entries);
        int at = 0;
        for (int i = 0; i < width; i++) {
            int length = at + 2 > bundle.length ? -1 : (bundle[at] & 255) << 8 | bundle[at + 1] & 255;
            if (length < 0 || at + 2 + length > bundle.length) {
                throw new Misfit("Entry " + entries + " is missing or cut: " + path + " ends before it does.");
            }
            byte[] entry = Arrays.copyOfRange(bundle, at + 2, at + 2 + length);
            at += 2 + length;
            Matcher sequence = SEQUENCE.matcher(new String(entry, StandardCharsets.UTF_8));
            String number = sequence.find() ? sequence.group(1) : "none";
            if (!number.equals(Long.toString(entries))) {
                throw new Misfit("Entry " + entries + " of " + path + " carries the number " + number + ".");
            }
            byte[] hash = sha256(new byte[] {0}, entry);
            if (tile.length < (i + 1) * HASH || !Arrays.equals(hash, 0, HASH, tile, i * HASH, (i + 1) * HASH)) {
                throw new Misfit("Entry " + entries + " has the hash " + hex(hash) + ", which is not the one in "
                        + path("0", index, width) + ".");
            }
            append(hash);
        }
        if (at < bundle.length) {
            throw new Misfit("There is more in " + path + " after entry " + (entries - 1) + ", the last one in it.");
        }
    }

    private void append(byte[] leaf) throws Misfit, IOException, GeneralSecurityException {
        byte[] subtree = leaf;
        long size = entries++;
        for (int height = 0; ; height++) {
            if (height == subtrees.size()) {
                subtrees.add(null);
            }
            if (height % 8 == 0) {
                addToTile(height / 8, subtree);
            }
            if ((size >> height & 1) == 0) {
                subtrees.set(height, subtree);
                break;
            }
            subtree = node(subtrees.get(height), subtree);
            subtrees.set(height, null);
        }
        compareRoots();
    }

    private void addToTile(int level, byte[] hash) throws Misfit, IOException {
        if (level == tiles.size()) {
            tiles.add(new byte[0]);
        }
        byte[] tile = tiles.get(level);
        tile = Arrays.copyOf(tile, tile.length + HASH);
        System.arraycopy(hash, 0, tile, tile.length - HASH, HASH);
        tiles.set(level, tile);
        if (tile.length == WIDTH * HASH) {
            compareTile(level, (entries - 1) >>> (8 * (level + 1)));
            tiles.set(level, new byte[0]);
        }
    }

    private void compareTile(int level, long index) throws Misfit, IOException {
        byte[] expected = tiles.get(level);
        if (expected.length > 0) {
            String path = path(Integer.toString(level), index, expected.length / HASH);
            if (!Arrays.equals(expected, readOrMisfit(path, "a tile over entry " + (entries - 1)))) {
                throw new Misfit(path + " does not hold the hashes that follow from the entries up to " + (entries - 1)
                        + ".");
            }
        }
    }

    /** Compares the root so far with the checkpoints of this size. */
    private void compareRoots() throws Misfit, GeneralSecurityException {
        for (; fitting < checkpoints.size() && checkpoints.get(fitting).size == entries; fitting++) {
            Checkpoint checkpoint = checkpoints.get(fitting);
            String root = base64(root());
            if (!root.equals(checkpoint.root)) {
                throw new Misfit(checkpoint + " states the root " + checkpoint.root + ", but its entries give " + root
                        + ". " + (fitting == 0 ? "No checkpoint before it fits." : "The last that fits is: "
                                + checkpoints.get(fitting - 1) + ", so the first entry that can be wrong is "
                                + checkpoints.get(fitting - 1).size + "."));
            }
        }
    }

    private byte[] root() throws GeneralSecurityException {
        byte[] root = null;
        for (byte[] subtree : subtrees) { // from the smallest, at the right
            if (subtree != null) {
                root = root == null ? subtree : node(subtree, root);
            }
        }
        return root == null ? sha256() : root;
    }

    /** Reads signed checkpoints, separated by empty lines, and verifies their signatures. */
    private List<Checkpoint> read(Path file, String name) throws Misfit, IOException, GeneralSecurityException {
        List<Checkpoint> found = new ArrayList<>();
        List<String> lines = Files.readAllLines(file);
        for (int at = 0; at < lines.size(); ) {
            Checkpoint checkpoint = new Checkpoint();
            checkpoint.name = "Checkpoint " + (found.size() + 1) + " of " + name;
            if (at + 4 >= lines.size() || !lines.get(at + 3).isEmpty()) {
                throw new Misfit(checkpoint.name + " is cut short or has another form.");
            }
            checkpoint.size = Long.parseLong(lines.get(at + 1));
            checkpoint.root = lines.get(at + 2);
            String text = String.join("\n", lines.subList(at, at + 3)) + "\n";
            if (origin == null) {
                origin = lines.get(at);
            }
            if (!origin.equals(lines.get(at))) {
                throw new Misfit(checkpoint + " is of another ledger, " + lines.get(at) + ".");
            }
            boolean signed = false;
            for (at += 4; at < lines.size() && !lines.get(at).isEmpty(); at++) {
                signed |= signedBy(lines.get(at), text);
            }
            if (!signed) {
                throw new Misfit(checkpoint + " carries no valid signature by a key of keys.txt.");
            }
            at++; // the empty line between two checkpoints
            if (!found.isEmpty() && checkpoint.size < found.get(found.size() - 1).size) {
                throw new Misfit(checkpoint + " does not extend the one before it, which has "
                        + found.get(found.size() - 1).size + " entries.");
            }
            found.add(checkpoint);
        }
        if (found.isEmpty()) {
            throw new Misfit("There is no checkpoint in " + name + ".");
        }
        return found;
    }

    private boolean signedBy(String line, String text) throws GeneralSecurityException {
        for (Key key : keys) {
            String start = "\u2014 " + key.name + " "; // a signature line begins with a dash and the name of the key
            if (line.startsWith(start)) {
                byte[] signature = Base64.getDecoder().decode(line.substring(start.length()));
                if (signature.length == 68 && Arrays.equals(signature, 0, 4, key.id, 0, 4)) {
                    Signature ed25519 = Signature.getInstance("Ed25519");
                    ed25519.initVerify(key.key);
                    ed25519.update(text.getBytes(StandardCharsets.UTF_8));
                    return ed25519.verify(signature, 4, 64);
                }
            }
        }
        return false;
    }

    private byte[] readOrMisfit(String path, String what) throws Misfit, IOException {
        if (!Files.exists(file(path))) {
            throw new Misfit("The file " + path + " with " + what + " is missing.");
        }
        return Files.readAllBytes(file(path));
    }

    private Path file(String path) {
        return dir.resolve(path);
    }

    /** Where a tile lies: index 1234067 is x001/x234/067, and a partial tile of 17 hashes ends with .p/17. */
    private static String path(String level, long index, int width) {
        String path = digits(index % 1000);
        for (long rest = index / 1000; rest > 0; rest /= 1000) {
            path = "x" + digits(rest % 1000) + "/" + path;
        }
        return "tile/" + level + "/" + path + (width < WIDTH ? ".p/" + width : "");
    }

    private static String digits(long number) {
        return Long.toString(1000 + number).substring(1);
    }

    private static byte[] node(byte[] left, byte[] right) throws GeneralSecurityException {
        return sha256(new byte[] {1}, left, right);
    }

    private static byte[] sha256(byte[]... parts) throws GeneralSecurityException {
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        for (byte[] part : parts) {
            sha256.update(part);
        }
        return sha256.digest();
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /** A signed state of the ledger: how many entries there were, and the root over them. */
    private static final class Checkpoint {
        private String name;
        private long size;
        private String root;

        boolean sameAs(Checkpoint other) {
            return size == other.size && root.equals(other.root);
        }

        @Override
        public String toString() {
            return name + " (" + size + " entries)";
        }
    }

    /** A line of keys.txt: name+id+key, the key in base64 after a byte 1, which says Ed25519. */
    private record Key(String text, String name, byte[] id, PublicKey key) {

        static Key parse(String text) throws Misfit, GeneralSecurityException {
            String[] parts = text.split("\\+", 3);
            byte[] typed = Base64.getDecoder().decode(parts[2]);
            byte[] id = Arrays.copyOf(sha256((parts[0] + "\n").getBytes(StandardCharsets.UTF_8), typed), 4);
            if (typed.length != 33 || typed[0] != 1 || !hex(id).equals(parts[1])) {
                throw new Misfit("A line of keys.txt is no Ed25519 key with its id: " + text);
            }
            byte[] x509 = Arrays.copyOf(HexFormat.of().parseHex("302a300506032b6570032100"), 12 + 32);
            System.arraycopy(typed, 1, x509, 12, 32);
            PublicKey key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(x509));
            return new Key(text, parts[0], id, key);
        }
    }

    /** Something does not fit; the message says what. */
    private static final class Misfit extends Exception {
        private Misfit(String message) {
            super(message);
        }
    }
}
