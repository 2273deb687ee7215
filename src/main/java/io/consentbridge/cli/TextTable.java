package io.consentbridge.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * A table for a terminal of 80 columns: figures to the right, texts to the left. Text that is too wide is cut if nobody
 * needs the rest; a value that is an argument of another command is shown whole, and the row then continues on an indented
 * line. A remark at the end is broken between words.
 */
final class TextTable {

    private static final int WIDEST = 80;
    private static final int NARROWEST_TEXT = 20;
    private static final int NARROWEST_REMARK = 24;
    private static final String GAP = "  ";
    private static final String INDENT = "    ";

    private enum Kind {
        TEXT,
        WHOLE,
        REMARK,
        FIGURE
    }

    private record Column(String title, Kind kind) {
        boolean right() {
            return kind == Kind.FIGURE;
        }
    }

    private final List<Column> columns = new ArrayList<>();
    private final List<List<String>> rows = new ArrayList<>();

    TextTable left(String... titles) {
        return columns(Kind.TEXT, titles);
    }

    /** Texts that are never cut: ids, addresses and times. */
    TextTable whole(String... titles) {
        return columns(Kind.WHOLE, titles);
    }

    /** Texts that are cut before any others when the table is too wide, unless they are in the last column. */
    TextTable remark(String... titles) {
        return columns(Kind.REMARK, titles);
    }

    TextTable right(String... titles) {
        return columns(Kind.FIGURE, titles);
    }

    /** Adds a row with one value for each column; numbers are grouped by thousands and null is a dash. */
    TextTable row(Object... values) {
        List<String> row = new ArrayList<>();
        for (Object value : values) {
            row.add(Visible.line(Words.text(value)));
        }
        rows.add(row);
        return this;
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    void print(PrintWriter out) {
        int[] widths = widths();
        boolean[] folds = folds(widths);
        line(out, columns.stream().map(Column::title).toList(), widths, folds);
        rows.forEach(row -> line(out, row, widths, folds));
    }

    private TextTable columns(Kind kind, String... titles) {
        for (String title : titles) {
            columns.add(new Column(title, kind));
        }
        return this;
    }

    private int last() {
        return columns.size() - 1;
    }

    private boolean runsOn(int column) {
        return column == last() && columns.get(column).kind == Kind.REMARK;
    }

    private int[] widths() {
        int[] widths = new int[columns.size()];
        int sum = GAP.length() * last();
        for (int i = 0; i < widths.length; i++) {
            widths[i] = columns.get(i).title.length();
            for (List<String> row : rows) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
            sum += runsOn(i) ? Math.min(widths[i], NARROWEST_REMARK) : widths[i];
        }
        while (sum > WIDEST) {
            int widest = widest(Kind.REMARK, widths);
            if (widest < 0) {
                widest = widest(Kind.TEXT, widths);
            }
            if (widest < 0) {
                break;
            }
            widths[widest]--;
            sum--;
        }
        return widths;
    }

    /**
     * Returns the column of a kind that is narrowed next; -1 when all are at their minimum. The last remark is never
     * narrowed.
     */
    private int widest(Kind kind, int[] widths) {
        int widest = -1;
        for (int i = 0; i < widths.length; i++) {
            boolean mayShrink = columns.get(i).kind == kind && widths[i] > NARROWEST_TEXT && !runsOn(i);
            if (mayShrink && (widest < 0 || widths[i] > widths[widest])) {
                widest = i;
            }
        }
        return widest;
    }

    /** Returns the columns before which a row continues on the next line. */
    private boolean[] folds(int[] widths) {
        boolean[] folds = new boolean[widths.length];
        int at = 0;
        for (int i = 0; i < widths.length; i++) {
            int needs = runsOn(i) ? Math.min(widths[i], NARROWEST_REMARK) : widths[i];
            if (i > 0 && at + GAP.length() + needs > WIDEST) {
                folds[i] = true;
                at = INDENT.length() + widths[i];
            } else {
                at += (i == 0 ? 0 : GAP.length()) + widths[i];
            }
        }
        return folds;
    }

    private void line(PrintWriter out, List<String> cells, int[] widths, boolean[] folds) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            if (folds[i]) {
                out.println(line.toString().stripTrailing());
                line = new StringBuilder(INDENT);
            } else {
                line.append(i == 0 ? "" : GAP);
            }
            if (runsOn(i)) {
                broken(out, line, cells.get(i));
                return;
            }
            String cell = cells.get(i);
            String shown = cell.length() > widths[i] ? cell.substring(0, widths[i] - 1) + "…" : cell;
            String blanks = " ".repeat(widths[i] - shown.length());
            line.append(columns.get(i).right() ? blanks + shown : shown + blanks);
        }
        out.println(line.toString().stripTrailing());
    }

    private static void broken(PrintWriter out, StringBuilder before, String remark) {
        String hanging = " ".repeat(before.length());
        StringBuilder line = before;
        boolean first = true;
        for (String word : remark.split(" ")) {
            if (!first && line.length() + 1 + word.length() > WIDEST) {
                out.println(line.toString().stripTrailing());
                line = new StringBuilder(hanging);
                first = true;
            }
            line.append(first ? "" : " ").append(word);
            first = false;
        }
        out.println(line.toString().stripTrailing());
    }
}
