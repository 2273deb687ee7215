package bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The measures with their targets, as a table of Markdown. */
final class Summary {

    private static final List<String> HEAD = List.of("measure", "unit", "figure", "bar", "goal", "reached");

    private final List<List<String>> rows = new ArrayList<>();

    /** Adds a figure. */
    void add(String measure, String unit, double figure, Target target) {
        rows.add(List.of(
                measure,
                unit,
                String.format(Locale.ROOT, figure < 10 ? "%.2f" : "%.1f", figure),
                target.text(target.bar()),
                target.text(target.goal()),
                target.verdict(figure)));
    }

    /** Adds a case that ended without a figure. */
    void failed(String name) {
        rows.add(List.of(name, "", "failed", "", "", ""));
    }

    String text() {
        List<List<String>> all = new ArrayList<>(List.of(HEAD));
        all.addAll(rows);
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < all.size(); row++) {
            StringBuilder rule = new StringBuilder();
            for (int column = 0; column < HEAD.size(); column++) {
                int width = width(all, column);
                String cell = all.get(row).get(column);
                text.append("| ").append(cell).append(" ".repeat(width - cell.length() + 1));
                rule.append("|").append("-".repeat(width + 2));
            }
            text.append("|\n").append(row == 0 ? rule.append("|\n") : "");
        }
        return text.toString();
    }

    private static int width(List<List<String>> rows, int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }
}
