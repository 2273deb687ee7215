package io.consentbridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.audience.Suppression;
import io.consentbridge.confirmation.RequestState;
import io.consentbridge.consent.Confirmation;
import io.consentbridge.consent.Decision;
import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.consent.SignupForm;
import io.consentbridge.cursor.SourceRecord;
import io.consentbridge.outbox.Action;
import io.consentbridge.outbox.Held;
import io.consentbridge.results.ReactionWords;
import io.consentbridge.run.RunState;
import io.consentbridge.sync.Outcome;
import io.consentbridge.writeback.UpdateState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Words that stand in SQL and in Java. */
class StoredWordsTest {

    private static final Pattern TEXT =
            Pattern.compile("\"\"\"(.*?)\"\"\"|\"((?:[^\"\\\\\n]|\\\\.)*)\"", Pattern.DOTALL);
    private static final Pattern STATEMENT =
            Pattern.compile("\\b(select|insert into|update|delete from|where|case when)\\b");
    private static final String LITERAL = "'([a-z]+(?:-[a-z]+)*)'";
    private static final Pattern COMPARED =
            Pattern.compile("\\b(?:\\w+\\.)?(\\w+) (?:=|<>|in|not in) (\\(?" + LITERAL + "(?:, " + LITERAL + ")*\\)?)");

    private static final Map<String, Set<String>> WORDS = new HashMap<>();

    static {
        Set<String> states = words(Arrays.stream(RunState.values()).map(RunState::word));
        Set<String> outcomes = Set.of(
                Outcome.PENDING,
                Outcome.NEW,
                Outcome.READDED,
                Outcome.DUPLICATE,
                Outcome.DELETED,
                Outcome.IGNORED,
                Outcome.DEAD_LETTERED);
        WORDS.put(
                "state",
                with(
                        with(states, "full", "reached"),
                        Stream.concat(
                                        Arrays.stream(RequestState.values()).map(RequestState::word),
                                        Arrays.stream(UpdateState.values()).map(UpdateState::word))
                                .toArray(String[]::new)));
        WORDS.put("ends_as", states);
        WORDS.put("action", words(Arrays.stream(Action.values()).map(Action::word)));
        WORDS.put("outcome", outcomes);
        WORDS.put("on_success", outcomes);
        WORDS.put("reason", words(Arrays.stream(IgnoreReason.values()).map(IgnoreReason::word)));
        WORDS.put(
                "decision",
                Set.of(
                        Decision.DELIVER,
                        Decision.DELIVER_AS_EXPRESSED,
                        Decision.REQUEST_CONSENT,
                        Decision.WITHHOLD,
                        Decision.SUPPRESS,
                        Decision.IGNORE,
                        SourceRecord.UNMATCHED));
        WORDS.put("origin", Set.of(Suppression.CAMPAIGNS));
        WORDS.put("held_because", words(Arrays.stream(Held.Cause.values()).map(Held.Cause::word)));
        WORDS.put("held_for", Set.of("identity", "confirmation", "replies"));
        WORDS.put(
                "signup_form",
                words(Arrays.stream(SignupForm.values()).map(form -> form.name().toLowerCase(Locale.ROOT))));
        WORDS.put("reaction", words(ReactionWords.all().stream()));
        WORDS.put("via", words(Arrays.stream(Confirmation.Via.values()).map(Confirmation.Via::word)));
        // Of the database itself.
        WORDS.put("type", Set.of("table"));
    }

    // Origins that only one statement knows.
    private static final Set<String> ALONE = Set.of("unknown-word", "consent-ended");

    @Test
    @DisplayName("a word that a statement compares with a column is one of the column's words in Java")
    void compared() throws IOException {
        Set<String> strange = new TreeSet<>();
        Set<String> seen = new HashSet<>();
        for (String statement : statements()) {
            Matcher comparison = COMPARED.matcher(statement);
            while (comparison.find()) {
                Matcher literal = Pattern.compile(LITERAL).matcher(comparison.group(2));
                while (literal.find()) {
                    String column = comparison.group(1);
                    seen.add(column);
                    if (!WORDS.getOrDefault(column, Set.of()).contains(literal.group(1))) {
                        strange.add(column + " = " + literal.group(1));
                    }
                }
            }
        }
        assertThat(strange).isEmpty();
        assertThat(seen).contains("state", "action", "outcome", "decision", "reason", "origin");
    }

    @Test
    @DisplayName("each word in a statement is a word in Java")
    void known() throws IOException {
        Set<String> all = WORDS.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
        Set<String> strange = new TreeSet<>();
        for (String statement : statements()) {
            Matcher literal = Pattern.compile(LITERAL).matcher(statement);
            while (literal.find()) {
                if (!all.contains(literal.group(1)) && !ALONE.contains(literal.group(1))) {
                    strange.add(literal.group(1));
                }
            }
        }
        assertThat(strange).isEmpty();
    }

    private static List<String> statements() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java/io/consentbridge"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.toString().contains("sandbox"))
                    .map(StoredWordsTest::read)
                    .filter(source -> source.contains("org.jdbi"))
                    .flatMap(source -> TEXT.matcher(source).results())
                    .map(text -> text.group(1) == null ? text.group(2) : text.group(1))
                    .filter(text -> STATEMENT.matcher(text).find())
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }

    private static Set<String> words(Stream<String> words) {
        return words.collect(Collectors.toSet());
    }

    private static Set<String> with(Set<String> words, String... more) {
        return Stream.concat(words.stream(), Stream.of(more)).collect(Collectors.toSet());
    }
}
