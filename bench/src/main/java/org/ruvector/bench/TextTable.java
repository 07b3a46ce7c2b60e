package org.ruvector.bench;

import java.util.ArrayList;
import java.util.List;

/** Rows and columns of text, for the terminal, for Markdown and for HTML. Columns of numbers stand to the right. */
public final class TextTable {

    private final List<String[]> rows = new ArrayList<>();

    /**
     * An empty table.
     *
     * @param header names of the columns
     */
    public TextTable(String... header) {
        rows.add(header);
    }

    /**
     * Adds a row.
     *
     * @param row as many cells as there are columns
     */
    public void add(String... row) {
        if (row.length != rows.getFirst().length) {
            throw new IllegalArgumentException(
                    row.length + " cells in a table of " + rows.getFirst().length + " columns");
        }
        rows.add(row);
    }

    /** {@return columns padded with blanks} */
    public String plain() {
        int[] widths = widths();
        StringBuilder text = new StringBuilder();
        for (int r = 0; r < rows.size(); r++) {
            appendRow(text, rows.get(r), widths, "  ");
            if (r == 0) {
                appendRow(text, rule(widths, false), widths, "  ");
            }
        }
        return text.toString();
    }

    /** {@return a Markdown table} */
    public String markdown() {
        int[] widths = widths();
        StringBuilder text = new StringBuilder();
        for (int r = 0; r < rows.size(); r++) {
            text.append("| ");
            appendRow(text, rows.get(r), widths, " | ");
            text.insert(text.length() - 1, " |");
            if (r == 0) {
                text.append("| ");
                appendRow(text, rule(widths, true), widths, " | ");
                text.insert(text.length() - 1, " |");
            }
        }
        return text.toString();
    }

    /** {@return an HTML table} */
    public String html() {
        StringBuilder text = new StringBuilder("<table>\n");
        for (int r = 0; r < rows.size(); r++) {
            text.append("<tr>");
            for (int c = 0; c < rows.get(r).length; c++) {
                String tag = r == 0 ? "th" : "td";
                text.append('<').append(tag).append(right(c) ? " class=\"number\">" : ">");
                text.append(HtmlReport.escape(rows.get(r)[c]))
                        .append("</")
                        .append(tag)
                        .append('>');
            }
            text.append("</tr>\n");
        }
        return text.append("</table>\n").toString();
    }

    private int[] widths() {
        int[] widths = new int[rows.getFirst().length];
        for (String[] row : rows) {
            for (int c = 0; c < row.length; c++) {
                widths[c] = Math.max(widths[c], Math.max(3, row[c].length()));
            }
        }
        return widths;
    }

    private String[] rule(int[] widths, boolean markdown) {
        String[] rule = new String[widths.length];
        for (int c = 0; c < widths.length; c++) {
            boolean colon = markdown && right(c);
            rule[c] = "-".repeat(widths[c] - (colon ? 1 : 0)) + (colon ? ":" : "");
        }
        return rule;
    }

    private void appendRow(StringBuilder text, String[] row, int[] widths, String gap) {
        StringBuilder line = new StringBuilder();
        for (int c = 0; c < row.length; c++) {
            String pad = " ".repeat(widths[c] - row[c].length());
            line.append(c == 0 ? "" : gap).append(right(c) ? pad + row[c] : row[c] + pad);
        }
        text.append(line.toString().stripTrailing()).append('\n');
    }

    private boolean right(int column) {
        return rows.stream()
                .skip(1)
                .map(row -> row[column])
                .allMatch(cell -> cell.isEmpty() || cell.equals("–") || cell.matches("[-+0-9.,× %/–]+"));
    }
}
