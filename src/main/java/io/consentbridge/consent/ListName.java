package io.consentbridge.consent;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * How names of mailing lists are compared and which of them Campaigns gives a new list; both stand here alone.
 *
 * <p>That blanks around a name and its case make no other list is inferred: Campaigns refuses a second list of one name
 * (2205, docs/zoho-notes.md, "Campaigns: creating a list"), and to take two lists for one is the safe side. Which
 * characters a new list's name may have is what clients found: letters, digits, blanks, {@code _} and {@code -}; others
 * are refused with 1001.
 */
public final class ListName {

    private static final String TAKEN = "[\\p{L}\\p{M}\\p{N} _-]";

    private ListName() {}

    /** What names of one list have in common. */
    public static String key(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC).strip().toLowerCase(Locale.ROOT);
    }

    /** Whether both name one list. */
    public static boolean same(String one, String other) {
        return key(one).equals(key(other));
    }

    /** The characters of the name that no new list may have, each once; empty when Campaigns creates a list of that name. */
    public static String refused(String name) {
        Set<String> refused = name.strip()
                .codePoints()
                .mapToObj(Character::toString)
                .filter(one -> !one.matches(TAKEN))
                .collect(Collectors.toCollection(TreeSet::new));
        return String.join(" ", refused);
    }
}
