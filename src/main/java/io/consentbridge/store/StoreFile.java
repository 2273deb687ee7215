package io.consentbridge.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.SFChunk;
import org.h2.mvstore.SingleFileStore;

/**
 * Compares the file of the embedded database with what H2 believes to have written: H2 answers from its cache long after the
 * file was truncated, overwritten, replaced or deleted, and what it writes then is lost. Not safe for several threads.
 */
final class StoreFile {

    private static final int BLOCK_BYTES = 4096;
    private static final int HEADER_BYTES = 2 * BLOCK_BYTES;
    private static final int CHUNKS_LOOKED_AT = 100;
    private static final int LOOKS = 3;

    private final Path file;
    private final Object key;
    private final boolean known;
    private Map<String, Integer> doubted = Map.of();

    private StoreFile(Path file, Object key) {
        this.file = file;
        this.key = key;
        this.known = Files.exists(file);
    }

    /** The present file. */
    static StoreFile of(DatabaseLocation location) {
        Path file = Path.of(location.file() + ".mv.db");
        return new StoreFile(file, key(file));
    }

    /**
     * Whether the file is still the one that was opened and contains the chunks that H2 knows. A chunk counts as missing
     * after three looks in a row, since one that is being written is known before it is in the file.
     *
     * @param connection one to the open database
     */
    boolean intact(Connection connection) throws SQLException {
        if (gone()) {
            return false;
        }
        MVStore store = ((SessionLocal) connection.unwrap(JdbcConnection.class).getSession())
                .getDatabase()
                .getStore()
                .getMvStore();
        if (!(store.getFileStore() instanceof SingleFileStore content)) {
            return true;
        }
        Map<String, Integer> missing = new HashMap<>();
        missing(content, store.getLayoutMap()).forEach(chunk -> missing.put(chunk, doubted.getOrDefault(chunk, 0) + 1));
        doubted = missing;
        return missing.values().stream().noneMatch(looks -> looks >= LOOKS);
    }

    /** Whether the file is gone, replaced or empty. */
    boolean gone() {
        return known && (!Objects.equals(key, key(file)) || file.toFile().length() < HEADER_BYTES);
    }

    private Set<String> missing(SingleFileStore content, Map<String, String> layout) {
        // The doubted ones come first, so that they are looked at again.
        List<Map.Entry<String, String>> chunks = new ArrayList<>(layout.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("chunk."))
                .toList());
        Collections.shuffle(chunks);
        chunks.sort((one, other) ->
                Boolean.compare(doubted.containsKey(other.getValue()), doubted.containsKey(one.getValue())));
        Set<String> missing = new HashSet<>();
        chunks.stream()
                .limit(CHUNKS_LOOKED_AT)
                .filter(chunk -> !isThere(content, chunk.getValue()))
                .forEach(chunk -> missing.add(chunk.getValue()));
        return missing;
    }

    /** A chunk begins with its own number. */
    private static boolean isThere(SingleFileStore content, String chunk) {
        Map<String, String> facts = DataUtils.parseMap(chunk);
        long block = DataUtils.readHexLong(facts, "block", 0);
        if (block == 0) {
            return true;
        }
        byte[] begin = ("chunk:" + facts.get("chunk") + ",").getBytes(StandardCharsets.ISO_8859_1);
        try {
            byte[] found = new byte[begin.length];
            content.readFully((SFChunk) null, block * BLOCK_BYTES, begin.length).get(found);
            return Arrays.equals(begin, found);
        } catch (MVStoreException cut) {
            return false;
        }
    }

    private static Object key(Path file) {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        } catch (IOException gone) {
            return null;
        }
    }
}
