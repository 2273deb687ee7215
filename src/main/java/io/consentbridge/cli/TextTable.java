package io.consentbridge.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * A table for a terminal: figures to the right, texts to the left, no wider than 100 columns where that costs nothing
 * that somebody needs: what is to be given to another command is shown whole, and a remark at the end may run on.
 */
final class TextTable {

    private static final int WIDEST = 100;
    private static final int NARROWEST_TEXT = 20;
    private static final String GAP = "  ";

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

    /** Texts that are cut before any other when the table is too wide, unless they stand at the end of the line. */
    TextTable remark(String... titles) {
        return columns(Kind.REMARK, titles);
    }

    TextTable right(String... titles) {
        return columns(Kind.FIGURE, titles);
    }

    /** A value a column; numbers are grouped by thousands and null is a dash. */
    TextTable row(Object... values) {
        List<String> row = new ArrayList<>();
        for (Object value : values) {
            row.add(Words.text(value).replaceAll("\\s+", " "));
        }
        rows.add(row);
        return this;
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    void print(PrintWriter out) {
        int[] widths = widths();
        line(out, columns.stream().map(Column::title).toList(), widths);
        rows.forEach(row -> line(out, row, widths));
    }

    private TextTable columns(Kind kind, String... titles) {
        for (String title : titles) {
            columns.add(new Column(title, kind));
        }
        return this;
    }

    private int[] widths() {
        int[] widths = new int[columns.size()];
        int last = widths.length - 1;
        int sum = GAP.length() * (columns.size() - 1);
        for (int i = 0; i < widths.length; i++) {
            widths[i] = columns.get(i).title.length();
            for (List<String> row : rows) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
            sum += widths[i];
        }
        if (columns.get(last).kind == Kind.REMARK) {
            // It moves nothing that follows: only what is before it has to be narrow.
            sum -= widths[last] - columns.get(last).title.length();
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

    /** The column of a kind that gives way; -1 when all are as narrow as they may be. The last remark never does. */
    private int widest(Kind kind, int[] widths) {
        int widest = -1;
        for (int i = 0; i < widths.length; i++) {
            boolean runsOn = kind == Kind.REMARK && i == widths.length - 1;
            boolean mayShrink = columns.get(i).kind == kind && widths[i] > NARROWEST_TEXT && !runsOn;
            if (mayShrink && (widest < 0 || widths[i] > widths[widest])) {
                widest = i;
            }
        }
        return widest;
    }

    private void line(PrintWriter out, List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = cells.get(i);
            String shown = cell.length() > widths[i] ? cell.substring(0, widths[i] - 1) + "…" : cell;
            String blanks = " ".repeat(widths[i] - shown.length());
            line.append(i == 0 ? "" : GAP).append(columns.get(i).right() ? blanks + shown : shown + blanks);
        }
        out.println(line.toString().stripTrailing());
    }
}
