package io.consentbridge.sync;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that was probably meant. */
public final class Nearest {

    private static final int MOST_NAMED = 12;

    private Nearest() {}

    /** "did you mean …?" if a known word is near, else the list of known words. */
    public static String hint(String word, Collection<String> known) {
        return to(word, known).map(near -> "did you mean " + near + "?").orElseGet(() -> oneOf(known));
    }

    /** All of the words, or the first of many. */
    public static String oneOf(Collection<String> known) {
        if (known.isEmpty()) {
            return "none exist";
        }
        String some = String.join(", ", known.stream().limit(MOST_NAMED).toList());
        return "write one of " + some + (known.size() > MOST_NAMED ? ", …" : "");
    }

    /** The known word that is nearest, if any is near. */
    public static Optional<String> to(String word, Collection<String> known) {
        String meant = word.toLowerCase(Locale.ROOT);
        int near = Math.max(2, word.length() / 4);
        return known.stream()
                .filter(candidate -> distance(meant, candidate.toLowerCase(Locale.ROOT)) <= near)
                .min(Comparator.comparingInt(candidate -> distance(meant, candidate.toLowerCase(Locale.ROOT))));
    }

    // Levenshtein, one row at a time.
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int change = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
