package io.consentbridge.consent;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Compares names of mailing lists, and knows which names Campaigns accepts for a new list; both are here only.
 *
 * <p>It is inferred that surrounding blanks and case do not matter: Campaigns refuses a second list of one name (2205,
 * docs/zoho-notes.md, "Campaigns: creating a list"), and taking two lists for one is safe. The characters of a new list's
 * name are known from clients: letters, digits, blanks, {@code _} and {@code -}; others are refused with 1001.
 */
public final class ListName {

    private static final String TAKEN = "[\\p{L}\\p{M}\\p{N} _-]";

    private ListName() {}

    /** A key that is equal for all spellings of one list's name. */
    public static String key(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC).strip().toLowerCase(Locale.ROOT);
    }

    /** Whether both names mean the same list. */
    public static boolean same(String one, String other) {
        return key(one).equals(key(other));
    }

    /**
     * The characters of the name that a new list must not have, each once; empty if Campaigns creates a list of that name.
     */
    public static String refused(String name) {
        Set<String> refused = name.strip()
                .codePoints()
                .mapToObj(Character::toString)
                .filter(one -> !one.matches(TAKEN))
                .collect(Collectors.toCollection(TreeSet::new));
        return String.join(" ", refused);
    }
}
