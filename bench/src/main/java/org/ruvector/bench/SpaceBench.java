package org.ruvector.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.ruvector.api.BuildContext;
import org.ruvector.api.MemoryReport;
import org.ruvector.api.OpenContext;
import org.ruvector.api.Parameters;
import org.ruvector.api.spi.Persistable;
import org.ruvector.api.spi.VectorIndex;
import org.ruvector.storage.IndexFile;

/** The bytes of an index, built in memory and opened from its file, and the recall that they buy with the default search parameters. */
public final class SpaceBench {
    /** What is measured where nothing else is asked for: vectors, codes, tiers, codes beside links. */
    public static final List<String> USUAL = List.of(
            "flat",
            "flat:quantizer=sq8",
            "flat:quantizer=rabitq,rerank=10",
            "flat:quantizer=pq,rerank=10",
            "hnsw",
            "hnsw:quantizer=sq8",
            "hnsw:quantizer=sq4",
            "hnsw:quantizer=sq8,filter=binary",
            "hnsw:quantizer=rabitq,quantizer.bits=4",
            "hnsw:quantizer=rabitq,rerank=10",
            "hnsw:quantizer=pq,rerank=10",
            "hnsw-fused:bits=1",
            "hnsw-fused:bits=2");

    /** Neighbours wanted. */
    public static final int K = 10;

    private SpaceBench() {}

    /**
     * Bytes for each vector.
     *
     * @param index     short form, as it was asked for
     * @param dimension coordinates per vector
     * @param recall    recall@10
     * @param built     of the index in memory, after it was built
     * @param held      of the opened index in memory
     * @param walked    of the opened index in the file, read by every search
     * @param reranked  of the opened index in the file, read for the last candidates only
     */
    public record Space(
            String index, int dimension, double recall, double built, double held, double walked, double reranked) {

        /** {@return what should stay in memory while the opened index is searched} */
        public double working() {
            return held + walked;
        }

        /** {@return the columns of a table, by name} */
        Map<String, Object> fields() {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("index", index);
            fields.put("dimension", dimension);
            fields.put("recall", recall);
            fields.put("built", built);
            fields.put("held", held);
            fields.put("walked", walked);
            fields.put("reranked", reranked);
            return fields;
        }
    }

    /**
     * Builds, saves, opens, searches.
     *
     * @param trial   what to index, and queries
     * @param truth   exact neighbours of the queries
     * @param spec    short form of the index
     * @param context what the build may use
     * @param folder  where the file is written; it is deleted at the end
     * @throws IOException           if the file cannot be written or read
     * @throws IllegalStateException if the index cannot be saved
     */
    public static Space measure(Workload trial, int[][] truth, String spec, BuildContext context, Path folder)
            throws IOException {
        Files.createDirectories(folder);
        Path file = Files.createTempFile(folder, "space", ".ruvector");
        int threads = Runtime.getRuntime().availableProcessors();
        try (PluginContestant.Built built = new PluginContestant(spec, context).build(trial, threads)) {
            if (!(built.index() instanceof Persistable persistable)) {
                throw new IllegalStateException("Index '" + spec + "' cannot be saved");
            }
            IndexFile.save(persistable, file);
            try (VectorIndex opened = IndexFile.open(file, OpenContext.of(context.plugins()))) {
                double size = opened.size();
                boolean coded = opened.spec().parameters().asMap().containsKey("quantizer");
                Predicate<MemoryReport.Part> last = part -> coded && part.name().equals("vectors");
                return new Space(
                        spec,
                        trial.base().dimension(),
                        recall(opened, trial, truth),
                        built.index().memory().total() / size,
                        opened.memory().resident() / size,
                        bytes(opened, last.negate()) / size,
                        bytes(opened, last) / size);
            }
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static double bytes(VectorIndex opened, Predicate<MemoryReport.Part> which) {
        return opened.memory().parts().stream()
                .filter(part -> part.mapped() && which.test(part))
                .mapToLong(MemoryReport.Part::bytes)
                .sum();
    }

    private static double recall(VectorIndex opened, Workload trial, int[][] truth) {
        Recall recall = new Recall(trial, truth, K);
        BuiltIndex.QuerySearcher searcher = new PluginContestant.Built(opened, trial, 0).searcher(Parameters.none(), K);
        int[] ids = new int[K];
        double sum = 0;
        int queries = trial.queries().count();
        for (int q = 0; q < queries; q++) {
            sum += recall.of(q, ids, searcher.search(q, ids));
        }
        return sum / queries;
    }

    /**
     * What many indexes take for a number of vectors, as text.
     *
     * @param spaces  what was measured
     * @param vectors for how many to say it
     */
    public static TextTable table(List<Space> spaces, long vectors) {
        TextTable table = new TextTable(
                "index", "recall@" + K, "built MB", "opened: in memory MB", "walked MB", "re-ranked only MB");
        for (Space space : spaces) {
            table.add(
                    space.index(),
                    String.format(Locale.ROOT, "%.4f", space.recall()),
                    megabytes(space.built(), vectors),
                    megabytes(space.held(), vectors),
                    megabytes(space.walked(), vectors),
                    megabytes(space.reranked(), vectors));
        }
        return table;
    }

    static String megabytes(double perVector, long vectors) {
        return String.format(Locale.ROOT, "%,.0f", perVector * vectors / 1e6);
    }

    /** The same, and where it comes from, in the form that {@link MemoryAdvisor} reads: cells between tabs, bytes per vector. */
    public static String tsv(List<Space> spaces, Provenance provenance) {
        StringBuilder text = new StringBuilder();
        provenance
                .facts()
                .forEach((name, value) -> text.append("# ")
                        .append(name)
                        .append(": ")
                        .append(value)
                        .append('\n'));
        text.append(String.join("\t", spaces.getFirst().fields().keySet())).append('\n');
        for (Space space : spaces) {
            List<String> cells =
                    space.fields().values().stream().map(String::valueOf).toList();
            text.append(String.join("\t", cells)).append('\n');
        }
        return text.toString();
    }
}
