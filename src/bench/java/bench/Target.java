package bench;

import java.util.Locale;

/**
 * What a figure is meant to be.
 *
 * @param bar what it must reach
 * @param goal what is aimed at
 * @param most whether less is better
 */
record Target(double bar, double goal, boolean most) {

    static Target atLeast(double bar, double goal) {
        return new Target(bar, goal, false);
    }

    static Target atMost(double bar, double goal) {
        return new Target(bar, goal, true);
    }

    /** Whether a figure reaches the goal, or the bar, or neither. */
    String verdict(double figure) {
        if (reaches(figure, goal)) {
            return "goal";
        }
        return reaches(figure, bar) ? "bar" : "missed";
    }

    private boolean reaches(double figure, double line) {
        return most ? figure <= line : figure >= line;
    }

    String text(double line) {
        return (most ? "≤ " : "≥ ")
                + (line == Math.rint(line)
                        ? String.format(Locale.ROOT, "%.0f", line)
                        : String.format(Locale.ROOT, "%.1f", line));
    }
}
