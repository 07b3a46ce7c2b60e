package org.ruvector.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ruvector.bench.MemoryAdvisor;
import org.ruvector.bench.TextTable;

/**
 * Configurations that fit into a budget of memory.
 *
 * @param vectors   how many vectors
 * @param dimension coordinates per vector
 * @param budget    bytes
 * @param fitting   best recall first
 */
record Advice(long vectors, int dimension, long budget, List<MemoryAdvisor.Advice> fitting) {

    static Advice of(long vectors, int dimension, long budget) {
        return new Advice(vectors, dimension, budget, MemoryAdvisor.load().advise(vectors, dimension, (double) budget));
    }

    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("adviceFor", Map.of("vectors", vectors, "dimension", dimension, "budget", budget));
        fields.put(
                "advice",
                fitting.stream()
                        .map(one -> {
                            Map<String, Object> cells = new LinkedHashMap<>();
                            cells.put("index", one.index());
                            cells.put("memoryBytes", one.memory());
                            cells.put("fileBytes", one.file());
                            cells.put("recall", one.recall());
                            cells.put("measuredAtDimension", one.measuredAt());
                            return cells;
                        })
                        .toList());
        return fields;
    }

    String text() {
        String what = String.format(Locale.ROOT, "%,d × %d float32 in %,d bytes: ", vectors, dimension, budget);
        if (fitting.isEmpty()) {
            return what + "nothing that was measured fits\n";
        }
        TextTable table = new TextTable("index", "memory MB", "only in the file MB", "recall@10", "measured at");
        for (MemoryAdvisor.Advice one : fitting) {
            table.add(
                    one.index(),
                    String.format(Locale.ROOT, "%,.0f", one.memory() / 1e6),
                    String.format(Locale.ROOT, "%,.0f", one.file() / 1e6),
                    String.format(Locale.ROOT, "%.3f", one.recall()),
                    one.measuredAt() + " dimensions");
        }
        return what + fitting.size() + " of the measured configurations fit when opened from a file\n\n"
                + table.plain();
    }
}
