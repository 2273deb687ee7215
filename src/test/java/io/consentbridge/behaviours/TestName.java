package io.consentbridge.behaviours;

import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a test, or of a class of tests, as it stands in the sources.
 *
 * @param testClass the simple name of its class
 * @param text the name
 * @param place file and line
 */
record TestName(String testClass, String text, String place) {

    private static final Pattern NUMBERS = Pattern.compile("\\bB(\\d+)(?:[-–]B(\\d+))?\\b");
    private static final Pattern IN_FRONT = Pattern.compile("^B\\d[B\\d, –-]*: ");

    /** The behaviours that it says it proves: {@code B58}, {@code B8, B9} and {@code B76-B79}, wherever they stand. */
    SortedSet<Integer> behaviours() {
        SortedSet<Integer> numbers = new TreeSet<>();
        Matcher found = NUMBERS.matcher(text);
        while (found.find()) {
            int first = Integer.parseInt(found.group(1));
            int last = found.group(2) == null ? first : Integer.parseInt(found.group(2));
            for (int number = first; number <= last; number++) {
                numbers.add(number);
            }
        }
        return numbers;
    }

    /** For a cell of the table: the class and the sentence, without the numbers in front. */
    String shown() {
        return "`" + testClass + "`: "
                + IN_FRONT.matcher(text).replaceFirst("").replace("|", "\\|").replace("<", "&lt;");
    }
}
