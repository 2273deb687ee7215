import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * Checks that entries stand in a consent ledger. It needs a JDK of version 17 or newer and nothing else:
 *
 *   java VerifyProofs.java DIR
 *
 * DIR holds for each entry: entry-17.json (the entry), entry-17.tlog-proof (its proof, c2sp.org/tlog-proof), and, if there is any,
 * entry-17.evidence.json (what proves the event) with entry-17.salt. keys.txt holds the public keys of the ledger; compare them with
 * the ones that the operator of the ledger published.
 *
 * Exit status 0: everything fits. Exit status 1: something does not fit; the first such thing is printed.
 *
 * What is checked: the checkpoint in each proof carries a valid Ed25519 signature by a key of keys.txt; the hash of the entry,
 * SHA-256(0 || entry), leads by the hashes of the proof, SHA-256(1 || left || right), to the root in the checkpoint (RFC 6962
 * section 2.1.1); the entry carries the number of the proof; and SHA-256(salt || evidence) is the hash that the entry carries.
 */
public final class VerifyProofs {

    private static final class Misfit extends Exception {
        private Misfit(String message) {
            super(message);
        }
    }

    public static void main(String[] args) {
        System.exit(run(args, System.out));
    }

    static int run(String[] args, PrintStream out) {
        if (args.length != 1) {
            out.println("Usage: java VerifyProofs.java DIR");
            return 1;
        }
        try (Stream<Path> files = Files.list(Path.of(args[0]))) {
            List<Path> proofs = new ArrayList<>(files.filter(file -> file.toString().endsWith(".tlog-proof")).toList());
            proofs.sort(null);
            for (Path proof : proofs) {
                check(proof, Files.readAllLines(Path.of(args[0], "keys.txt")));
            }
            out.println("FITS: " + proofs.size() + " entries stand in the ledger as it was signed");
            return 0;
        } catch (Misfit misfit) {
            out.println("DOES NOT FIT: " + misfit.getMessage());
        } catch (IOException | GeneralSecurityException | RuntimeException failed) {
            out.println("CANNOT BE CHECKED: " + failed);
        }
        return 1;
    }

    private static void check(Path file, List<String> keys) throws Misfit, IOException, GeneralSecurityException {
        String name = file.getFileName().toString().replace(".tlog-proof", "");
        byte[] entry = Files.readAllBytes(file.resolveSibling(name + ".json"));
        String proof = Files.readString(file);
        int gap = proof.indexOf("\n\n");
        List<String> lines = new ArrayList<>(List.of(proof.substring(0, gap).split("\n")));
        lines.removeIf(line -> line.startsWith("extra "));
        if (!lines.get(0).equals("c2sp.org/tlog-proof@v1") || !lines.get(1).startsWith("index ")) {
            throw new Misfit(name + ".tlog-proof is not a proof.");
        }
        String index = lines.get(1).substring("index ".length());
        String note = proof.substring(gap + 2);
        String text = note.substring(0, note.lastIndexOf("\n\n") + 1);
        String[] checkpoint = text.split("\n"); // the name of the ledger, the number of entries, the root

        if (!signed(text, note.substring(text.length() + 1), keys)) {
            throw new Misfit("The checkpoint in " + name + ".tlog-proof carries no valid signature by a key of keys.txt.");
        }
        if (!new String(entry, StandardCharsets.UTF_8).contains("\"sequence\":" + index + ",")) {
            throw new Misfit(name + ".json does not carry the number " + index + ".");
        }
        if (!root(entry, Long.parseLong(index), Long.parseLong(checkpoint[1]), lines.subList(2, lines.size()))
                .equals(checkpoint[2])) {
            throw new Misfit(name + ".json does not stand in the ledger: it does not lead to the root of the checkpoint.");
        }
        Path evidence = file.resolveSibling(name + ".evidence.json");
        if (Files.exists(evidence)) {
            byte[] salt = HexFormat.of().parseHex(Files.readString(file.resolveSibling(name + ".salt")).strip());
            String hash = HexFormat.of().formatHex(sha256(salt, Files.readAllBytes(evidence)));
            if (!new String(entry, StandardCharsets.UTF_8).contains("\"evidence\":\"" + hash + "\"")) {
                throw new Misfit(name + ".evidence.json is not the evidence whose hash the entry carries.");
            }
        }
    }

    /** The root to which the entry leads (RFC 9162 section 2.1.3.2), in base64; empty if the proof has the wrong length. */
    private static String root(byte[] entry, long index, long size, List<String> path) throws GeneralSecurityException {
        byte[] hash = sha256(new byte[] {0}, entry);
        long node = index;
        long last = size - 1;
        if (node > last) {
            return "";
        }
        for (String line : path) {
            byte[] sibling = Base64.getDecoder().decode(line);
            if (last == 0) {
                return "";
            }
            if (node % 2 == 1 || node == last) {
                hash = sha256(new byte[] {1}, sibling, hash);
                for (; node % 2 == 0; node /= 2) {
                    last /= 2;
                }
            } else {
                hash = sha256(new byte[] {1}, hash, sibling);
            }
            node /= 2;
            last /= 2;
        }
        return last == 0 ? Base64.getEncoder().encodeToString(hash) : "";
    }

    /** Whether a signature line is of one of the keys, each written as name+id+key, and valid. */
    private static boolean signed(String text, String signatures, List<String> keys) throws GeneralSecurityException {
        for (String key : keys) {
            String[] parts = key.split("\\+", 3);
            byte[] typed = Base64.getDecoder().decode(parts[2]); // a byte 1 for Ed25519, then 32 bytes
            byte[] id = Arrays.copyOf(sha256((parts[0] + "\n").getBytes(StandardCharsets.UTF_8), typed), 4);
            byte[] x509 = Arrays.copyOf(HexFormat.of().parseHex("302a300506032b6570032100"), 12 + 32);
            System.arraycopy(typed, 1, x509, 12, 32);
            for (String line : signatures.split("\n")) {
                String start = "\u2014 " + parts[0] + " ";
                byte[] signature = line.startsWith(start)
                        ? Base64.getDecoder().decode(line.substring(start.length()))
                        : new byte[0];
                if (signature.length == 68 && Arrays.equals(signature, 0, 4, id, 0, 4)) {
                    Signature ed25519 = Signature.getInstance("Ed25519");
                    ed25519.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(x509)));
                    ed25519.update(text.getBytes(StandardCharsets.UTF_8));
                    return ed25519.verify(signature, 4, 64);
                }
            }
        }
        return false;
    }

    private static byte[] sha256(byte[]... parts) throws GeneralSecurityException {
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        for (byte[] part : parts) {
            sha256.update(part);
        }
        return sha256.digest();
    }
}
