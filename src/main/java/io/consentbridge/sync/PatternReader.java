package io.consentbridge.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Reads a pattern such as {@code ((1 and 2) and (3 or 4))} (B26-B30): numbers, {@code and}, {@code or} and parentheses, in
 * upper or lower case. Without parentheses it is read from the left, as the CRM's editor nests conditions, so {@code 1 or 2
 * and 3} is {@code ((1 or 2) and 3)}.
 */
public final class PatternReader {

    private static final java.util.regex.Pattern WORD = java.util.regex.Pattern.compile("\\s*([(),]|[^\\s(),]+)");
    private static final int DEEPEST = 50;
    private static final int MOST_NUMBERS = 100;

    private final String text;
    private final int conditions;
    private final List<Word> words = new ArrayList<>();
    private final Set<Integer> named = new TreeSet<>();
    private int next;
    private int numbers;
    private boolean surprises;

    private record Word(String text, int at) {

        boolean is(String word) {
            return text.equalsIgnoreCase(word);
        }
    }

    private PatternReader(String text, int conditions) {
        this.text = text;
        this.conditions = conditions;
        Matcher word = WORD.matcher(text);
        while (word.find()) {
            words.add(new Word(word.group(1), word.start(1)));
        }
    }

    /**
     * @param conditions their number; each must be named
     * @throws PatternFault if the text is no pattern of these conditions
     */
    public static Pattern read(String text, int conditions) {
        return new PatternReader(text, conditions).whole();
    }

    /**
     * Whether {@code and} and {@code or} are mixed without parentheses in a way that would mean something else if
     * {@code and} went before {@code or}, as many would read it. The text must be a pattern.
     */
    public static boolean surprises(String text, int conditions) {
        PatternReader reader = new PatternReader(text, conditions);
        reader.whole();
        return reader.surprises;
    }

    private Pattern whole() {
        Pattern pattern = chain(0);
        if (next < words.size()) {
            throw words.get(next).is(")")
                    ? fault("this ) has no matching (", "delete it, or add a ( before")
                    : fault(quoted() + " must follow and or or", "write and or or before it");
        }
        Set<Integer> missing =
                IntStream.rangeClosed(1, conditions).boxed().collect(Collectors.toCollection(TreeSet::new));
        missing.removeAll(named);
        if (!missing.isEmpty()) {
            String which = missing.stream().map(String::valueOf).collect(Collectors.joining(", "));
            throw new PatternFault(
                    text.stripTrailing().length(),
                    "the pattern does not use condition " + which,
                    "add it, such as \"and " + missing.iterator().next() + "\", or delete the condition");
        }
        return pattern;
    }

    // After an or, a following and also takes in what is before the or.
    private Pattern chain(int depth) {
        Pattern pattern = operand(depth);
        boolean either = false;
        while (next < words.size()
                && (words.get(next).is("and") || words.get(next).is("or"))) {
            boolean both = words.get(next++).is("and");
            surprises |= both && either;
            either |= !both;
            Pattern right = operand(depth);
            pattern = both ? new Pattern.Both(pattern, right) : new Pattern.Either(pattern, right);
        }
        return pattern;
    }

    private Pattern operand(int depth) {
        if (next == words.size()) {
            throw new PatternFault(
                    text.stripTrailing().length(),
                    words.isEmpty() ? "the pattern is empty" : "the pattern ends too early",
                    "write a condition's number there");
        }
        if (words.get(next).is("(")) {
            return parenthesis(depth);
        }
        if (!words.get(next).text().matches("\\d+")) {
            throw fault(quoted() + " is not the number of a condition", "write a number or a (");
        }
        int number = number(words.get(next).text());
        if (number < 1 || number > conditions) {
            throw fault("there is no condition " + words.get(next).text(), "write a number from 1 to " + conditions);
        }
        if (++numbers > MOST_NUMBERS) {
            throw fault("the pattern names more than " + MOST_NUMBERS + " conditions", "simplify the pattern");
        }
        named.add(number);
        next++;
        return new Pattern.Numbered(number);
    }

    private Pattern parenthesis(int depth) {
        if (depth == DEEPEST) {
            throw fault("the pattern is nested deeper than " + DEEPEST + " times", "simplify the pattern");
        }
        int opened = words.get(next++).at();
        Pattern inner = chain(depth + 1);
        if (next == words.size()) {
            throw new PatternFault(opened, "this ( is never closed", "add a ) where it ends");
        }
        if (!words.get(next).is(")")) {
            throw fault(quoted() + " is not and, or or )", "write one of them before it");
        }
        next++;
        return inner;
    }

    private static int number(String digits) {
        return digits.length() > 6 ? Integer.MAX_VALUE : Integer.parseInt(digits);
    }

    private String quoted() {
        return "\"" + words.get(next).text().toLowerCase(Locale.ROOT) + "\"";
    }

    private PatternFault fault(String what, String whatWouldBeRight) {
        return new PatternFault(words.get(next).at(), what, whatWouldBeRight);
    }
}
