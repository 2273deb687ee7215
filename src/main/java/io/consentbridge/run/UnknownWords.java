package io.consentbridge.run;

import io.consentbridge.store.Database;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Words for the lawful basis that are neither Zoho's nor the organisation's own: they withhold their people, and
 * history and {@code check} name them with the number of records, so that somebody says what they mean (
 * docs/decisions/0013-rulings.md, ruling 14).
 */
public final class UnknownWords {

    private static final int SHOWN = 20;
    private static final int LONGEST = 60;

    private final Database database;

    /** @param database where outcomes are kept */
    public UnknownWords(Database database) {
        this.database = database;
    }

    /** What a run has to say of the words that its records name; empty when all are known. */
    public Optional<String> of(String runId) {
        return database.query(handle -> {
            Map<String, Long> words = new LinkedHashMap<>();
            handle.createQuery("""
                            select unknown_word, count(*) as records from outcome
                            where run_id = :run and unknown_word is not null
                            group by unknown_word order by records desc, unknown_word fetch first :most rows only
                            """)
                    .bind("run", runId)
                    .bind("most", SHOWN + 1)
                    .map((row, context) -> words.put(row.getString("unknown_word"), row.getLong("records")))
                    .list();
            return text(words);
        });
    }

    /** How many people of the connection are withheld, because a record of theirs names a word that was not known when it was read. */
    public long withheld(String connection) {
        return database.query(handle -> handle.createQuery(
                        "select count(distinct person_id) from unknown_word where connection = :connection")
                .bind("connection", connection)
                .mapTo(Long.class)
                .one());
    }

    /**
     * The words for people, and what to do about them; empty when there are none.
     *
     * @param words word to number of records, the most frequent first
     */
    public static Optional<String> text(Map<String, Long> words) {
        if (words.isEmpty()) {
            return Optional.empty();
        }
        String shown = words.entrySet().stream()
                .limit(SHOWN)
                .map(word -> shown(word.getKey()) + " (" + word.getValue() + ")")
                .collect(Collectors.joining(", "));
        return Optional.of("Data_Processing_Basis has unknown words, whose people are withheld: " + shown
                + (words.size() > SHOWN ? " and others" : "")
                + ". Define them with the settings consent.words.BASIS");
    }

    // A word that somebody typed into the wrong field may be personal data.
    private static String shown(String word) {
        return word.length() > LONGEST || word.contains("@") || word.chars().anyMatch(Character::isISOControl)
                ? "one that is not shown"
                : "\"" + word + "\"";
    }
}
