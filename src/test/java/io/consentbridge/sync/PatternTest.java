package io.consentbridge.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntPredicate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatternTest {

    @Test
    @DisplayName("B26: a missing pattern nests to the left")
    void leftOut() {
        assertThat(Pattern.ofAll(6).text()).isEqualTo("(((((1 and 2) and 3) and 4) and 5) and 6)");
        assertThat(Pattern.ofAll(1).text()).isEqualTo("1");
    }

    @ParameterizedTest
    @CsvSource({
        "1 and 2 and 3 or 4,(((1 and 2) and 3) or 4)",
        "( ( ( ( ( 1 and 2 ) and 3 ) AND 4 ) )),(((1 and 2) and 3) and 4)",
        "((1 and 2) and (3 or 4)),((1 and 2) and (3 or 4))",
        "1 Or 2 anD 3 or 4,(((1 or 2) and 3) or 4)",
        "(1)and(2)or 3 or(4),(((1 and 2) or 3) or 4)",
        "(1 or 2) and (1 or 3) and 4,(((1 or 2) and (1 or 3)) and 4)"
    })
    @DisplayName("B26, B28, B29: and and or, in any case, nest to the left unless parentheses say otherwise")
    void reads(String text, String meant) {
        int conditions = text.contains("4") ? 4 : 3;
        assertThat(PatternReader.read(text, conditions).text()).isEqualTo(meant);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "1 and 2|7|the pattern does not use condition 3",
                "1|1|the pattern does not use condition 2, 3",
                "1 and 2 and 3 and 4|18|there is no condition 4",
                "0 and 1|0|there is no condition 0",
                "1 and 99999999999999|6|there is no condition 99999999999999",
                "1 adn 2 and 3|2|\"adn\" must follow and or or",
                "1 and and 2|6|\"and\" is not the number of a condition",
                "1 and 2 and|11|the pattern ends too early",
                "(1 and 2 and 3|0|this ( is never closed",
                "(1 and (2 and 3)|0|this ( is never closed",
                "1 and 2) and 3|7|this ) has no matching (",
                "1 2 and 3|2|\"2\" must follow and or or",
                "(1 2) and 3|3|\"2\" is not and, or or )",
                "() and 1|1|\")\" is not the number of a condition",
                "1, 2 and 3|1|\",\" must follow and or or",
                "1 and -2 and 3|6|\"-2\" is not the number of a condition"
            })
    @DisplayName("B29: an invalid pattern of three conditions is reported with the character at fault")
    void faults(String text, int at, String what) {
        PatternFault fault = catchThrowableOfType(PatternFault.class, () -> PatternReader.read(text, 3));
        assertThat(fault).hasMessage(what);
        assertThat(fault.at()).isEqualTo(at);
        assertThat(fault.whatWouldBeRight()).isNotBlank();
        assertThat(fault.picture(text)).isEqualTo(text + "\n" + " ".repeat(at) + "^");
    }

    @Test
    @DisplayName("A pattern that is empty, too deep or without end is refused, and does no harm")
    void extremes() {
        assertThat(catchThrowableOfType(PatternFault.class, () -> PatternReader.read("  ", 1)))
                .hasMessage("the pattern is empty");
        assertThat(catchThrowableOfType(PatternFault.class, () -> PatternReader.read("(".repeat(9_999), 1)))
                .hasMessageContaining("nested deeper");
        assertThat(catchThrowableOfType(PatternFault.class, () -> PatternReader.read("1 and ".repeat(9_999) + "1", 1)))
                .hasMessageContaining("more than 100");
    }

    @Test
    @DisplayName("A pattern names as many as a hundred conditions, and no more")
    void hundred() {
        assertThat(PatternReader.read("1 and ".repeat(99) + "1", 1).numbers()).containsExactly(1);
        assertThat(catchThrowableOfType(PatternFault.class, () -> PatternReader.read("1 and ".repeat(100) + "1", 1)))
                .hasMessage("the pattern names more than 100 conditions");
    }

    @Test
    @DisplayName("The conditions of a pattern are those that appear anywhere in it")
    void numbers() {
        assertThat(PatternReader.read("(3 or 1) and (2 or 3)", 3).numbers()).containsExactly(1, 2, 3);
        assertThat(new Pattern.Numbered(2).numbers()).containsExactly(2);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "nothing",
            value = {
                "1 and 2 and 3, nothing",
                "1 or 2 or 3, (1 or 2)",
                "3 or 1 or 2, (1 or 2)",
                "1 and (2 or 3), (1 and 2)",
                "1 and (3 or 2), (1 and 2)",
                "1 or (2 and 3), 1",
                "(3 and 2) or 1, 1",
                "(1 or 3) and (2 or 3), (1 and 2)",
                "(1 and 3) or (2 and 3), nothing"
            })
    @DisplayName(
            "B34: a pattern without a condition that is never true keeps the rest, or nothing when all depends on it")
    void without(String text, String left) {
        assertThat(PatternReader.read(text, 3).without(number -> number == 3).map(Pattern::text))
                .isEqualTo(Optional.ofNullable(left));
    }

    @Property(tries = 300)
    @Label("B29: any text either is a pattern or is told where it is none")
    void anyText(@ForAll @StringLength(max = 30) String text) {
        PatternFault fault = catchThrowableOfType(PatternFault.class, () -> PatternReader.read(text, 2));
        if (fault != null) {
            assertThat(fault.at()).isBetween(0, text.length());
        }
    }

    @Property(tries = 500)
    @Label("B26-B30: a pattern means what a reference evaluation of its text says")
    void meansWhatItSays(@ForAll @IntRange(min = 1, max = 25) int conditions, @ForAll Random random) {
        String text = Written.by(random, conditions);
        Pattern pattern = PatternReader.read(text, conditions);
        for (int i = 0; i < 20; i++) {
            long assignment = random.nextLong();
            IntPredicate holds = number -> (assignment >> number & 1) == 1;
            boolean expected = Reference.leftToRight(text, holds);
            assertThat(pattern.holds(holds)).as("%s of %s", text, assignment).isEqualTo(expected);
            assertThat(PatternReader.read(pattern.text(), conditions)).isEqualTo(pattern);
        }
    }

    @Property(tries = 500)
    @Label("B29: there is a warning exactly where and before or would mean something else")
    void warns(@ForAll @IntRange(min = 1, max = 7) int conditions, @ForAll Random random) {
        String text = Written.by(random, conditions);
        boolean differs = false;
        for (int assignment = 0; assignment < 1 << conditions; assignment++) {
            int held = assignment;
            IntPredicate holds = number -> (held >> number - 1 & 1) == 1;
            differs |= Reference.leftToRight(text, holds) != Reference.andFirst(text, holds);
        }
        assertThat(PatternReader.surprises(text, conditions)).as(text).isEqualTo(differs);
    }

    @Test
    @DisplayName("The pattern spelled out has the conditions in it")
    void spelled() {
        assertThat(PatternReader.read("1 and (2 or 3)", 3)
                        .spelled(number -> List.of("a", "b", "c").get(number - 1)))
                .isEqualTo("(a and (b or c))");
    }

    /** Writes patterns that name each condition once, with parentheses and blanks where chance has it. */
    private record Written(Random random) {

        static String by(Random random, int conditions) {
            List<Integer> numbers = new ArrayList<>();
            for (int i = 1; i <= conditions; i++) {
                numbers.add(i);
            }
            Collections.shuffle(numbers, random);
            return new Written(random).some(numbers);
        }

        private String some(List<Integer> numbers) {
            if (numbers.size() == 1) {
                return random.nextInt(8) == 0
                        ? "(" + numbers.get(0) + ")"
                        : numbers.get(0).toString();
            }
            int cut = 1 + random.nextInt(numbers.size() - 1);
            String word = random.nextBoolean() ? "and" : "or";
            String text = some(numbers.subList(0, cut))
                    + " ".repeat(1 + random.nextInt(2))
                    + (random.nextInt(4) == 0 ? word.toUpperCase(Locale.ROOT) : word)
                    + " "
                    + some(numbers.subList(cut, numbers.size()));
            return random.nextBoolean() ? "(" + text + ")" : text;
        }
    }

    /** Evaluates the text with two stacks, with or without and going before or; shares nothing with the reader. */
    private static final class Reference {

        private final Deque<Boolean> values = new ArrayDeque<>();
        private final Deque<String> joins = new ArrayDeque<>();

        static boolean leftToRight(String text, IntPredicate holds) {
            return new Reference().evaluate(text, holds, 1, 1);
        }

        static boolean andFirst(String text, IntPredicate holds) {
            return new Reference().evaluate(text, holds, 2, 1);
        }

        private boolean evaluate(String text, IntPredicate holds, int and, int or) {
            for (String word : text.replace("(", " ( ")
                    .replace(")", " ) ")
                    .strip()
                    .toLowerCase(Locale.ROOT)
                    .split("\\s+")) {
                switch (word) {
                    case "(" -> joins.push("(");
                    case ")" -> {
                        while (!joins.peek().equals("(")) {
                            join();
                        }
                        joins.pop();
                    }
                    case "and", "or" -> {
                        int rank = word.equals("and") ? and : or;
                        while (!joins.isEmpty()
                                && !joins.peek().equals("(")
                                && (joins.peek().equals("and") ? and : or) >= rank) {
                            join();
                        }
                        joins.push(word);
                    }
                    default -> values.push(holds.test(Integer.parseInt(word)));
                }
            }
            while (!joins.isEmpty()) {
                join();
            }
            return values.pop();
        }

        private void join() {
            boolean right = values.pop();
            boolean left = values.pop();
            values.push(joins.pop().equals("and") ? left && right : left || right);
        }
    }
}
