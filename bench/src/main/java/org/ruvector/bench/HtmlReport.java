package org.ruvector.bench;

import java.util.Base64;
import java.util.Locale;
import java.util.Map;

/** A report on one page that needs no other file. */
public final class HtmlReport {

    private HtmlReport() {}

    /**
     * Puts the page together.
     *
     * @param title  its headline
     * @param report figures
     * @param plot   a PNG image; of length 0 for none
     * @param notes  more sections: headline and plain text, in this order
     * @return HTML in UTF-8
     */
    public static String render(String title, Report report, byte[] plot, Map<String, String> notes) {
        StringBuilder body = new StringBuilder();
        body.append("<h1>").append(escape(title)).append("</h1>\n");
        if (plot.length > 0) {
            body.append("<p><img alt=\"Recall and queries per second\" src=\"data:image/png;base64,")
                    .append(Base64.getEncoder().encodeToString(plot))
                    .append("\"></p>\n");
        }
        notes.forEach((headline, text) -> body.append("<h2>")
                .append(escape(headline))
                .append("</h2>\n<pre>")
                .append(escape(text))
                .append("</pre>\n"));
        section(body, "At equal recall", report.atRecallTable().html());
        section(body, "How they were built", report.buildTable().html());
        section(body, "All measurements", report.table().html());
        StringBuilder facts = new StringBuilder("<table>\n");
        report.provenance()
                .facts()
                .forEach((name, value) -> facts.append("<tr><th>")
                        .append(escape(name))
                        .append("</th><td class=\"fact\">")
                        .append(escape(String.valueOf(value)))
                        .append("</td></tr>\n"));
        section(body, "Where the figures come from", facts.append("</table>\n").toString());
        return String.format(Locale.ROOT, """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <title>%s</title>
                <style>
                body { font: 15px/1.5 system-ui, sans-serif; max-width: 1100px; margin: 2em auto; padding: 0 1em; color: #222 }
                img { max-width: 100%% }
                .wide { overflow-x: auto }
                table { border-collapse: collapse; font-size: 13px; font-variant-numeric: tabular-nums }
                th, td { padding: .25em .7em; border-bottom: 1px solid #ddd; text-align: left; white-space: nowrap }
                td.fact { white-space: normal; overflow-wrap: anywhere }
                td.number, th.number { text-align: right }
                pre { background: #f6f6f6; padding: 1em; overflow-x: auto; white-space: pre-wrap }
                </style>
                </head>
                <body>
                %s</body>
                </html>
                """, escape(title), body);
    }

    private static void section(StringBuilder body, String headline, String html) {
        body.append("<h2>")
                .append(headline)
                .append("</h2>\n<div class=\"wide\">")
                .append(html)
                .append("</div>\n");
    }

    /** Text as it may stand between tags. */
    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
