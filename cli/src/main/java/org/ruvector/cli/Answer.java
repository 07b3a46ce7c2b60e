package org.ruvector.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ruvector.api.Hit;
import org.ruvector.api.SearchResult;
import org.ruvector.api.SearchResult.Stats;

/**
 * What one query found, for people and as JSON.
 *
 * @param question what was asked: a text, or which row of a file
 * @param result   what was found
 * @param texts    text of each id from 0, or none if ids have no texts
 */
record Answer(String question, SearchResult result, List<String> texts) {

    /** Longer texts would break the lines of a terminal. */
    private static final int WIDTH = 100;

    /** A headline, and a line for each hit. */
    String text() {
        Stats stats = result.stats();
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "Nearest to %s: %,d distances computed, %.2f ms, %s%n",
                question,
                stats.exactDistances() + stats.codeDistances(),
                stats.elapsedNanos() / 1e6,
                stats.plan()));
        int rank = 0;
        for (Hit hit : result.hits()) {
            text.append(String.format(
                                    Locale.ROOT,
                                    "%4d. %-9.4f %7d  %s",
                                    ++rank,
                                    hit.distance(),
                                    hit.id(),
                                    shortened(hit))
                            .stripTrailing())
                    .append('\n');
        }
        return text.toString();
    }

    private String shortened(Hit hit) {
        String text = textOf(hit);
        return text.codePointCount(0, text.length()) <= WIDTH
                ? text
                : text.substring(0, text.offsetByCodePoints(0, WIDTH - 1)) + "…";
    }

    private String textOf(Hit hit) {
        return hit.id() >= 0 && hit.id() < texts.size() ? texts.get((int) hit.id()) : "";
    }

    Map<String, Object> fields() {
        Stats stats = result.stats();
        List<Map<String, Object>> hits = new ArrayList<>();
        for (Hit hit : result.hits()) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("id", hit.id());
            fields.put("distance", Double.valueOf(Float.toString(hit.distance())));
            if (!texts.isEmpty()) {
                fields.put("text", textOf(hit));
            }
            hits.add(fields);
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("query", question);
        fields.put("hits", hits);
        fields.put("visited", stats.visited());
        fields.put("exactDistances", stats.exactDistances());
        fields.put("codeDistances", stats.codeDistances());
        fields.put("plan", stats.plan());
        fields.put("stop", stats.stop().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        fields.put("micros", stats.elapsedNanos() / 1e3);
        return fields;
    }
}
