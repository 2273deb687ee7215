package io.consentbridge.run;

import io.consentbridge.store.Database;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Words for the lawful basis that are neither Zoho's nor the organisation's own. They withhold their people; the history and
 * {@code check} name them with the number of records, so that a person configures what they mean
 * (docs/decisions/0013-rulings.md, ruling 14).
 */
public final class UnknownWords {

    private static final int SHOWN = 20;
    private static final int LONGEST = 60;

    private final Database database;

    /** @param database the database of the runs */
    public UnknownWords(Database database) {
        this.database = database;
    }

    /** The message of a run about the unknown words that its records name; empty when all words are known. */
    public Optional<String> of(String runId) {
        return database.query(handle -> {
            Map<String, Long> words = new LinkedHashMap<>();
            handle.createQuery("""
                            select unknown_word, sum(records) as named from outcome_count
                            where run = (select id from run_number where run_id = :run) and unknown_word is not null
                            group by unknown_word having sum(records) > 0
                            order by named desc, unknown_word fetch first :most rows only
                            """)
                    .bind("run", runId)
                    .bind("most", SHOWN + 1)
                    .map((row, context) -> words.put(row.getString("unknown_word"), row.getLong("named")))
                    .list();
            return text(words);
        });
    }

    /**
     * How many people of the connection are withheld because a record of theirs names a word that was unknown when it was
     * read.
     */
    public long withheld(String connection) {
        return database.query(handle -> handle.createQuery(
                        "select count(distinct person_id) from unknown_word where connection = :connection")
                .bind("connection", connection)
                .mapTo(Long.class)
                .one());
    }

    /**
     * The message that names the words and says what to do about them; empty when there are none.
     *
     * @param words word to number of records, most frequent first
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

    // A word that a user typed into the wrong field may be personal data.
    private static String shown(String word) {
        return word.length() > LONGEST || word.contains("@") || word.chars().anyMatch(Character::isISOControl)
                ? "one that is not shown"
                : "\"" + word + "\"";
    }
}
