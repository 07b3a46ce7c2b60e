package org.ruvector.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Names the configurations that fit into a budget of memory, with the recall that was measured for each: from the tables of
 * {@code bench-space} on wordnet-minilm (384 dimensions) and fashion-mnist (784). The bytes for another dimension lie on the line through the
 * two, because every part of an index grows linearly with it; the recall is that of the set whose dimension is nearer. It holds for vectors
 * like those: yours may be harder.
 */
public final class MemoryAdvisor {
    private static final List<String> TABLES = List.of("space-wordnet-minilm.tsv", "space-fashion-mnist.tsv");

    private final Map<String, List<SpaceBench.Space>> measured = new LinkedHashMap<>();

    private MemoryAdvisor() {}

    /**
     * One configuration.
     *
     * @param index   its short form
     * @param memory  bytes that searches of the opened index read all the time
     * @param file    bytes that stay in the file but for the last candidates of each search
     * @param recall  recall@10 with the default search parameters
     * @param measuredAt the dimension of the set on which the recall was measured
     */
    public record Advice(String index, double memory, double file, double recall, int measuredAt) {}

    /** With the tables of this build. */
    public static MemoryAdvisor load() {
        MemoryAdvisor advisor = new MemoryAdvisor();
        for (String table : TABLES) {
            try (InputStream in = MemoryAdvisor.class.getResourceAsStream(table)) {
                if (in == null) {
                    throw new IllegalStateException("The table " + table + " was not packaged with this build");
                }
                advisor.add(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return advisor;
    }

    /** With the given tables, as {@link SpaceBench#tsv} writes them. */
    static MemoryAdvisor of(String... tables) {
        MemoryAdvisor advisor = new MemoryAdvisor();
        for (String table : tables) {
            advisor.add(table);
        }
        return advisor;
    }

    private void add(String table) {
        table.lines().filter(line -> !line.startsWith("#")).skip(1).forEach(line -> {
            String[] cells = line.split("\t", -1);
            SpaceBench.Space space = new SpaceBench.Space(
                    cells[0],
                    Integer.parseInt(cells[1]),
                    Double.parseDouble(cells[2]),
                    Double.parseDouble(cells[3]),
                    Double.parseDouble(cells[4]),
                    Double.parseDouble(cells[5]),
                    Double.parseDouble(cells[6]));
            measured.computeIfAbsent(space.index(), name -> new ArrayList<>()).add(space);
        });
    }

    /**
     * The configurations that fit, best recall first, and of equal recall the smaller first.
     *
     * @param vectors   how many float vectors
     * @param dimension coordinates per vector
     * @param budget    bytes that searches may keep in memory; what is read for the last candidates only does not count
     */
    public List<Advice> advise(long vectors, int dimension, double budget) {
        List<Advice> fitting = new ArrayList<>();
        measured.forEach((index, spaces) -> {
            SpaceBench.Space near = spaces.stream()
                    .min(Comparator.comparingInt(space -> Math.abs(space.dimension() - dimension)))
                    .orElseThrow();
            double memory = vectors * at(dimension, spaces.getFirst(), spaces.getLast(), true);
            double file = vectors * at(dimension, spaces.getFirst(), spaces.getLast(), false);
            if (memory <= budget) {
                fitting.add(new Advice(index, memory, file, near.recall(), near.dimension()));
            }
        });
        fitting.sort(Comparator.comparingDouble(Advice::recall)
                .reversed()
                .thenComparingDouble(Advice::memory)
                .thenComparing(Advice::index));
        return fitting;
    }

    private static double at(int dimension, SpaceBench.Space a, SpaceBench.Space b, boolean working) {
        double atA = working ? a.working() : a.reranked();
        double atB = working ? b.working() : b.reranked();
        return a.dimension() == b.dimension()
                ? atA * dimension / a.dimension()
                : atA + (atB - atA) * (dimension - a.dimension()) / (b.dimension() - a.dimension());
    }
}
