package io.consentbridge.sandbox.crm.coql;

import java.util.Locale;
import java.util.Set;

/** Words that cannot be column names. */
final class Reserved {

    private static final Set<String> WORDS = Set.of(
            "select", "from", "where", "and", "or", "not", "in", "like", "between", "is", "null", "order", "group",
            "by", "limit", "offset", "asc", "desc", "as");

    private Reserved() {}

    static boolean is(String word) {
        return WORDS.contains(word.toLowerCase(Locale.ROOT));
    }
}
