package io.consentbridge.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;

/**
 * A table of what many rows of other tables say alike: each row is stored once, and the others have its number
 * (docs/decisions/0018-lean-tables.md). Its rows are never changed nor deleted.
 *
 * @param <T> what a row is made from; equal ones have one row
 */
public final class SharedRows<T> {

    private final String table;
    private final String key;
    private final Function<T, String> keyOf;
    private final UnaryOperator<BulkInsert<T>> columns;

    /**
     * @param key the unique column by which a row is found
     * @param keyOf its value
     * @param columns adds the columns, that one included
     */
    SharedRows(String table, String key, Function<T, String> keyOf, UnaryOperator<BulkInsert<T>> columns) {
        this.table = table;
        this.key = key;
        this.keyOf = keyOf;
        this.columns = columns;
    }

    /**
     * A table with a column "fingerprint" that stands for all others.
     *
     * @param texts all that tells two rows apart, always in one order; null for none
     */
    public static <T> SharedRows<T> of(
            String table, Function<T, List<String>> texts, UnaryOperator<BulkInsert<T>> columns) {
        Function<T, String> fingerprint = row -> fingerprint(texts.apply(row));
        return new SharedRows<>(
                table, "fingerprint", fingerprint, insert -> columns.apply(insert.texts("fingerprint", fingerprint)));
    }

    /** The numbers of these rows, within the caller's transaction; those that are new are stored. */
    public Map<T, Long> numbers(Handle handle, Collection<T> rows) {
        // Sorted, so that two transactions that store the same rows at once wait for each other in turn.
        Map<String, T> wanted = new TreeMap<>();
        rows.forEach(row -> wanted.put(keyOf.apply(row), row));
        Map<String, Long> known = find(handle, wanted.keySet());
        List<String> fresh =
                wanted.keySet().stream().filter(row -> !known.containsKey(row)).toList();
        if (!fresh.isEmpty()) {
            columns.apply(BulkInsert.into(table, fresh.stream().map(wanted::get).toList()))
                    .executeUnlessThere(handle);
            known.putAll(find(handle, fresh));
        }
        Map<T, Long> numbers = new HashMap<>();
        wanted.forEach((name, row) -> numbers.put(row, known.get(name)));
        return numbers;
    }

    private Map<String, Long> find(Handle handle, Collection<String> keys) {
        Map<String, Long> found = new HashMap<>();
        if (!keys.isEmpty()) {
            handle.createQuery("select id, " + key + " as name from " + table + " where " + key + " = any(:keys)")
                    .bindArray("keys", String.class, List.copyOf(keys))
                    .map((row, context) -> found.put(row.getString("name"), row.getLong("id")))
                    .list();
        }
        return found;
    }

    private static String fingerprint(List<String> texts) {
        MessageDigest digest = sha256();
        for (String text : texts) {
            // No text contains a zero, which PostgreSQL does not store.
            digest.update(text == null ? new byte[] {0, 0} : (text + "\0").getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
