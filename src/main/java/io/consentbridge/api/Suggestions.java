package io.consentbridge.api;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Suggests known names for one that does not exist. */
final class Suggestions {

    private static final int MOST = 5;

    private Suggestions() {}

    /** Returns the known names that are similar to the given one, the most similar first. */
    static List<String> near(String given, Collection<String> known) {
        record Candidate(String name, int distance) {}
        int allowed = Math.max(2, given.length() / 3);
        return known.stream()
                .map(name -> new Candidate(name, distance(fold(given), fold(name))))
                .filter(candidate ->
                        candidate.distance <= allowed || fold(candidate.name).startsWith(fold(given)))
                .sorted(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
                .limit(MOST)
                .map(Candidate::name)
                .toList();
    }

    /** Returns ". Did you mean a or b?", or an empty text. */
    static String inWords(List<String> names) {
        return names.isEmpty() ? "" : ". Did you mean " + String.join(" or ", names) + "?";
    }

    private static String fold(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** Returns the Levenshtein distance. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replace = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replace, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
