package io.consentbridge.proof;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/** What can be done to an export of {@link SampleLog#sample()}, and what Verify.java says to it. */
enum Tampering {
    ENTRY_CHANGED(
            "Entry 17 has the hash " + Hash.leaf(forged(17)) + ", which is not the one in tile/0/000.",
            entries("000", list -> list.set(17, forged(17)))),
    ENTRY_CHANGED_WITH_ITS_HASH(
            "Checkpoint 2 of checkpoints.txt (120 entries) states the root " + root(120, -1) + ", but its entries give "
                    + root(120, 17)
                    + ". The last that fits is: Checkpoint 1 of checkpoints.txt (3 entries), so the first"
                    + " entry that can be wrong is 3.",
            both(
                    entries("000", list -> list.set(17, forged(17))),
                    bytes("tile/0/000", tile -> Hash.leaf(forged(17)).copyTo(tile, 17)))),
    ENTRY_DROPPED("Entry 17 of tile/entries/000 carries the number 18.", entries("000", list -> list.remove(17))),
    LAST_ENTRY_DROPPED(
            "Entry 299 is missing or cut: tile/entries/001.p/44 ends before it does.",
            entries("001.p/44", list -> list.remove(43))),
    ENTRY_INSERTED(
            "Entry 17 of tile/entries/000 carries the number 5.",
            entries("000", list -> list.add(17, SampleLog.entry(5)))),
    ENTRY_APPENDED(
            "There is more in tile/entries/001.p/44 after entry 299, the last one in it.",
            entries("001.p/44", list -> list.add(SampleLog.entry(300)))),
    ENTRIES_SWAPPED(
            "Entry 17 of tile/entries/000 carries the number 99.",
            entries("000", list -> Collections.swap(list, 17, 99))),
    ENTRIES_SWAPPED_WITH_THEIR_NUMBERS(
            "Entry 17 has the hash " + Hash.leaf(numbered(99, 17)) + ", which is not the one in tile/0/000.",
            entries("000", list -> {
                list.set(17, numbered(99, 17));
                list.set(99, numbered(17, 99));
            })),
    ENTRIES_TRUNCATED(
            "Entry 298 is missing or cut: tile/entries/001.p/44 ends before it does.",
            cut("tile/entries/001.p/44", SampleLog.entry(299).length + 2 + 1)),
    ENTRIES_MISSING(
            "The file tile/entries/001.p/44 with entry 256 is missing.",
            export -> Files.delete(export.resolve("tile/entries/001.p/44"))),
    TILE_CHANGED(
            "Entry 30 has the hash " + Hash.leaf(SampleLog.entry(30)) + ", which is not the one in tile/0/000.",
            bytes("tile/0/000", tile -> tile[30 * Hash.LENGTH + 5] ^= 1)),
    TILE_TRUNCATED(
            "Entry 299 has the hash " + Hash.leaf(SampleLog.entry(299)) + ", which is not the one in tile/0/001.p/44.",
            cut("tile/0/001.p/44", 1)),
    TILE_MISSING(
            "The file tile/0/000 with the hash of entry 0 is missing.",
            export -> Files.delete(export.resolve("tile/0/000"))),
    UPPER_TILE_CHANGED(
            "tile/1/000.p/1 does not hold the hashes that follow from the entries up to 299.",
            bytes("tile/1/000.p/1", tile -> tile[0] ^= 1)),
    UPPER_TILE_MISSING(
            "The file tile/1/000.p/1 with a tile over entry 299 is missing.",
            export -> Files.delete(export.resolve("tile/1/000.p/1"))),
    CHECKPOINT_CHANGED(
            "Checkpoint 2 of checkpoints.txt (121 entries) carries no valid signature by a key of keys.txt.",
            checkpoints(list -> list.set(1, list.get(1).replace("\n120\n", "\n121\n")))),
    CHECKPOINT_DROPPED(
            "The file checkpoint is not the last one of checkpoints.txt.", checkpoints(list -> list.remove(3))),
    CHECKPOINTS_SWAPPED(
            "Checkpoint 3 of checkpoints.txt (120 entries) does not extend the one before it, which has 256 entries.",
            checkpoints(list -> Collections.swap(list, 1, 2))),
    CHECKPOINT_DOES_NOT_EXTEND_THE_FORMER(
            "Checkpoint 3 of checkpoints.txt (256 entries) states the root " + root(256, 17) + ", but its entries give "
                    + root(256, -1)
                    + ". The last that fits is: Checkpoint 2 of checkpoints.txt (120 entries), so the first"
                    + " entry that can be wrong is 120.",
            checkpoints(list -> list.set(2, signed(SampleLog.ORIGIN, "sample", 256, root(256, 17))))),
    SECOND_ROOT_FOR_ONE_SIZE(
            "Checkpoint 3 of checkpoints.txt (120 entries) states the root " + root(120, 17) + ", but its entries give "
                    + root(120, -1)
                    + ". The last that fits is: Checkpoint 2 of checkpoints.txt (120 entries), so the first"
                    + " entry that can be wrong is 120.",
            checkpoints(list -> list.add(2, signed(SampleLog.ORIGIN, "sample", 120, root(120, 17))))),
    CHECKPOINT_OF_ANOTHER_KEY(
            "Checkpoint 2 of checkpoints.txt (120 entries) carries no valid signature by a key of keys.txt.",
            checkpoints(list -> list.set(1, signed(SampleLog.ORIGIN, "other", 120, root(120, -1))))),
    CHECKPOINT_OF_ANOTHER_LEDGER(
            "Checkpoint 2 of checkpoints.txt (120 entries) is of another ledger, example.org/other.",
            checkpoints(list -> list.set(1, signed("example.org/other", "sample", 120, root(120, -1))))),
    CHECKPOINT_CUT(
            "Checkpoint 4 of checkpoints.txt is cut short or has another form.",
            checkpoints(list -> list.set(3, list.get(3).substring(0, 30)))),
    KEY_CHANGED(
            "Checkpoint 1 of checkpoints.txt (3 entries) carries no valid signature by a key of keys.txt.",
            export -> Files.writeString(
                    export.resolve("keys.txt"), SampleLog.key("other").verifier() + "\n")),
    KEY_WITHOUT_ITS_ID(
            "A line of keys.txt is no Ed25519 key with its id: x"
                    + SampleLog.key("sample").verifier(),
            export -> Files.writeString(
                    export.resolve("keys.txt"), "x" + SampleLog.key("sample").verifier() + "\n"));

    final String message;
    final Change change;

    Tampering(String message, Change change) {
        this.message = message;
        this.change = change;
    }

    /** Changes an export. */
    @FunctionalInterface
    interface Change {
        void in(Path export) throws IOException;
    }

    private static Change both(Change first, Change second) {
        return export -> {
            first.in(export);
            second.in(export);
        };
    }

    private static Change bytes(String path, Consumer<byte[]> change) {
        return export -> {
            byte[] bytes = Files.readAllBytes(export.resolve(path));
            change.accept(bytes);
            Files.write(export.resolve(path), bytes);
        };
    }

    private static Change cut(String path, int bytes) {
        return export -> {
            byte[] whole = Files.readAllBytes(export.resolve(path));
            Files.write(export.resolve(path), Arrays.copyOf(whole, whole.length - bytes));
        };
    }

    private static Change entries(String bundle, Consumer<List<byte[]>> change) {
        return export -> {
            Path file = export.resolve("tile/entries/" + bundle);
            byte[] bytes = Files.readAllBytes(file);
            List<byte[]> list = new ArrayList<>();
            for (int at = 0; at < bytes.length; ) {
                int end = at + 2 + ((bytes[at] & 255) << 8 | bytes[at + 1] & 255);
                list.add(Arrays.copyOfRange(bytes, at + 2, end));
                at = end;
            }
            change.accept(list);
            ByteArrayOutputStream written = new ByteArrayOutputStream();
            for (byte[] entry : list) {
                written.write(entry.length >> 8);
                written.write(entry.length);
                written.writeBytes(entry);
            }
            Files.write(file, written.toByteArray());
        };
    }

    private static Change checkpoints(Consumer<List<String>> change) {
        return export -> {
            List<String> notes = new ArrayList<>(SampleLog.sample().notes());
            change.accept(notes);
            Files.writeString(export.resolve("checkpoints.txt"), String.join("\n", notes));
        };
    }

    private static String signed(String origin, String key, long size, String root) {
        return SampleLog.key(key)
                .sign(new Checkpoint(origin, size, Hash.ofBase64(root)).text())
                .note();
    }

    /** The entry with another purpose. */
    private static byte[] forged(int number) {
        return replaced(number, "\"purpose\":\"product-news\"", "\"purpose\":\"webinars\"");
    }

    private static byte[] numbered(int entry, int number) {
        return replaced(entry, "\"sequence\":" + entry, "\"sequence\":" + number);
    }

    private static byte[] replaced(int entry, String what, String by) {
        return new String(SampleLog.entry(entry)).replace(what, by).getBytes();
    }

    /** The root over so many entries, of which one is forged; -1 for none. */
    private static String root(int size, int forged) {
        TreeEdge edge = TreeEdge.empty();
        for (int i = 0; i < size; i++) {
            edge.append(Hash.leaf(i == forged ? forged(i) : SampleLog.entry(i)));
        }
        return edge.root().base64();
    }
}
