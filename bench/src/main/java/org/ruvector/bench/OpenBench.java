package org.ruvector.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ruvector.api.OpenContext;
import org.ruvector.api.Plugins;
import org.ruvector.api.Query;
import org.ruvector.api.SearchRequest;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.Persistable;
import org.ruvector.api.spi.VectorIndex;
import org.ruvector.storage.IndexFile;

/**
 * Time from the opening of a saved index to its first answer, in this virtual machine and in fresh ones, where no class of the
 * index is loaded and nothing is compiled yet. The file itself stays in the operating system's cache.
 */
public final class OpenBench {

    private static final int K = 10;

    private OpenBench() {}

    /**
     * What came out.
     *
     * @param index     short form of the index
     * @param fileBytes size of the file
     * @param warm      each repetition in this virtual machine: ms until it was open, and until it had answered
     * @param fresh     the same of each fresh virtual machine
     * @param compared  queries whose answers were compared with the unsaved index's; all were identical, or this had failed
     */
    public record Result(String index, long fileBytes, double[][] warm, double[][] fresh, int compared) {

        /** {@return the result as JSON} */
        public Map<String, Object> fields() {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("index", index);
            fields.put("fileBytes", fileBytes);
            fields.put("warmMedianMillis", median(warm, 1));
            fields.put("freshMedianMillis", median(fresh, 1));
            fields.put("freshMedianMillisUntilOpen", median(fresh, 0));
            fields.put("warmMillis", answered(warm));
            fields.put("freshMillis", answered(fresh));
            fields.put("identicalAnswers", compared);
            return fields;
        }

        private static double median(double[][] runs, int which) {
            return Measurement.median(
                    Arrays.stream(runs).mapToDouble(run -> run[which]).toArray());
        }

        private static List<Double> answered(double[][] runs) {
            return Arrays.stream(runs).map(run -> run[1]).toList();
        }
    }

    /**
     * Builds, saves, opens and compares.
     *
     * @param workload    what to index, and queries
     * @param ours        the index
     * @param folder      where the file is written; it is deleted at the end
     * @param repetitions openings here, and fresh virtual machines
     * @return what came out
     * @throws IOException           if the file cannot be written or read
     * @throws IllegalStateException if an answer differs, or the index cannot be saved
     */
    public static Result run(Workload workload, PluginContestant ours, Path folder, int repetitions)
            throws IOException {
        Files.createDirectories(folder);
        Path file = Files.createTempFile(folder, "open", ".ruvector");
        Path queryFile = Files.createTempFile(folder, "query", ".f32");
        OpenContext context = OpenContext.of(Plugins.load());
        try (PluginContestant.Built built =
                ours.build(workload, Runtime.getRuntime().availableProcessors())) {
            if (!(built.index() instanceof Persistable persistable)) {
                throw new IllegalStateException("Index '" + ours.name() + "' cannot be saved");
            }
            IndexFile.save(persistable, file);
            writeFloats(Workload.row(workload.queries(), 0), queryFile);
            int compared = compare(built.index(), workload, file, context);
            double[][] warm = new double[repetitions][];
            double[][] fresh = new double[repetitions][];
            for (int r = 0; r < repetitions; r++) {
                warm[r] = open(file, workload.queries().query(0), context);
                fresh[r] = fork(file, queryFile);
            }
            return new Result(built.index().spec().text(), Files.size(file), warm, fresh, compared);
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(queryFile);
        }
    }

    /** What a fresh virtual machine does: opens a file, searches, prints the milliseconds of both. */
    static final class Fresh {
        private Fresh() {}

        /** Takes the index file, and a file with one query as little-endian floats. */
        public static void main(String[] args) throws IOException {
            byte[] bytes = Files.readAllBytes(Path.of(args[1]));
            float[] vector = new float[bytes.length / 4];
            MemorySegment.copy(MemorySegment.ofArray(bytes), VectorRows.FLOAT, 0, vector, 0, vector.length);
            OpenContext context = OpenContext.of(Plugins.load());
            double[] millis = open(Path.of(args[0]), Query.of(vector), context);
            System.out.println(millis[0] + " " + millis[1]);
        }
    }

    /** Milliseconds of opening, and of opening and the first answer. */
    private static double[] open(Path file, Query query, OpenContext context) throws IOException {
        long start = System.nanoTime();
        try (VectorIndex index = IndexFile.open(file, context)) {
            double opened = (System.nanoTime() - start) / 1e6;
            int found = index.search(SearchRequest.of(query, K)).hits().size();
            double answered = (System.nanoTime() - start) / 1e6;
            if (found == 0) {
                throw new IllegalStateException("The opened index answered nothing");
            }
            return new double[] {opened, answered};
        }
    }

    private static double[] fork(Path file, Path query) throws IOException {
        Process process = new ProcessBuilder(ForkedJvm.command(Fresh.class, file.toString(), query.toString()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        try {
            int status = process.waitFor();
            if (status != 0) {
                throw new IllegalStateException("A fresh virtual machine ended with status " + status);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("The wait for a fresh virtual machine was interrupted", e));
        }
        String[] last = output.substring(output.lastIndexOf('\n') + 1).split(" ", -1);
        return new double[] {Double.parseDouble(last[0]), Double.parseDouble(last[1])};
    }

    private static int compare(VectorIndex unsaved, Workload workload, Path file, OpenContext context)
            throws IOException {
        int count = Math.min(1000, workload.queries().count());
        try (VectorIndex opened = IndexFile.open(file, context)) {
            for (int q = 0; q < count; q++) {
                SearchRequest request = SearchRequest.of(workload.queries().query(q), K);
                var here = unsaved.search(request).hits();
                var there = opened.search(request).hits();
                if (!here.equals(there)) {
                    throw new IllegalStateException(
                            "The saved index answers query " + q + " with " + there + ", the unsaved one with " + here);
                }
            }
        }
        return count;
    }

    private static void writeFloats(float[] vector, Path file) throws IOException {
        byte[] bytes = new byte[4 * vector.length];
        MemorySegment.copy(vector, 0, MemorySegment.ofArray(bytes), VectorRows.FLOAT, 0, vector.length);
        Files.write(file, bytes);
    }
}
