package org.ruvector.datasets;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Node;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.ruvector.api.BuildContext;
import org.ruvector.api.ElementType;
import org.ruvector.api.Metric;
import org.ruvector.api.VectorRows;

/**
 * The {@code .hdf5} files of ann-benchmarks: tables {@code train} (the base), {@code test} (the queries),
 * {@code neighbors} and {@code distances} (the exact neighbours), and an attribute {@code distance}. Understood are the
 * distances {@code euclidean} and {@code angular} (cosine); {@code hamming} and {@code jaccard} are refused. Vectors
 * may be {@code float32} or {@code float64} (rounded to {@code float32}), neighbours {@code int32} or {@code int64}.
 *
 * <p>Tables are read slice by slice, so they may be larger than 2 GiB, and into native memory of the arena. A file that
 * does not fit throws {@link DatasetException}; a place in it is named by table, row and position, because the library
 * that reads HDF5 does not tell the byte. That library logs through SLF4J: an application that gives it no logger
 * should put {@code slf4j-nop} on its path, or SLF4J prints a notice.
 *
 * <p>Source: Aumüller, Bernhardsson and Faithfull, "ANN-Benchmarks: A benchmarking tool for approximate nearest
 * neighbor algorithms", Information Systems 87, 2020.
 */
public final class AnnBenchmarksHdf5 {

    private static final long SLICE_BYTES = 32L << 20;
    /** Deflate, the strongest filter that is common in these files, packs no better than this. */
    private static final long BEST_RATIO = 1032;

    private AnnBenchmarksHdf5() {}

    /**
     * Reads all of a file. Distances of the ground truth are computed anew with the context's kernel, because
     * ann-benchmarks' are not squared; see {@link GroundTruth#of} for what is checked by that.
     */
    public static Dataset read(Path file, Arena arena, BuildContext context) throws IOException {
        Metric metric = withFile(file, hdf -> metric(file, hdf));
        VectorRows base = readVectors(file, "train", arena);
        VectorRows queries = readVectors(file, "test", arena);
        GroundTruth truth;
        try {
            truth = GroundTruth.of(readInts(file, "neighbors"), base, queries, metric, context.kernel());
        } catch (IllegalArgumentException e) {
            throw because(file, "neighbors: " + e.getMessage(), e);
        }
        String name = file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
        Map<String, String> facts = Map.of("source", file.getFileName().toString());
        return new Dataset(Provenance.of(name, metric, base, queries, facts), Split.of(base), Split.of(queries), truth);
    }

    /** Reads one table of vectors, for example {@code train}. */
    public static VectorRows readVectors(Path file, String table, Arena arena) throws IOException {
        return readVectors(file, table, arena, SLICE_BYTES);
    }

    /** Reads one table of integers, for example {@code neighbors}; each of at most 32 bits. */
    public static IntTable readInts(Path file, String table) throws IOException {
        return readInts(file, table, SLICE_BYTES);
    }

    static VectorRows readVectors(Path file, String table, Arena arena, long sliceBytes) throws IOException {
        return withFile(file, hdf -> {
            io.jhdf.api.Dataset data = table(file, hdf, table);
            FileMapping.requireShape(file + "#" + table, 0, rows(data), columns(data));
            requirePossible(file, table, data);
            int dimension = (int) columns(data);
            VectorRows rows = FileMapping.allocate(arena, ElementType.FLOAT32, dimension, (int) rows(data));
            forEachSlice(data, sliceBytes, (from, slice) -> {
                switch (slice) {
                    case float[][] floats -> copy(floats, rows, from);
                    case double[][] doubles -> copy(doubles, rows, from);
                    default -> throw wrongType(file, table, data, "float32 and float64");
                }
            });
            requireFinite(file, table, rows);
            return rows;
        });
    }

    static IntTable readInts(Path file, String table, long sliceBytes) throws IOException {
        return withFile(file, hdf -> {
            io.jhdf.api.Dataset data = table(file, hdf, table);
            int columns = Math.toIntExact(columns(data));
            long elements = Math.multiplyExact(rows(data), (long) columns);
            if (elements > Integer.MAX_VALUE || columns < 1) {
                throw new DatasetException(
                        file + "#" + table,
                        rows(data) + " × " + columns + " integers are not from 1 column up to 2^31 - 1 in all");
            }
            requirePossible(file, table, data);
            int[] values = new int[(int) elements];
            forEachSlice(data, sliceBytes, (from, slice) -> {
                switch (slice) {
                    case int[][] ints -> {
                        for (int i = 0; i < ints.length; i++) {
                            System.arraycopy(ints[i], 0, values, (from + i) * columns, columns);
                        }
                    }
                    case long[][] longs -> copy(longs, values, from, file + "#" + table);
                    default -> throw wrongType(file, table, data, "int32 and int64");
                }
            });
            return new IntTable(values, columns);
        });
    }

    @FunctionalInterface
    private interface Reader<T> {
        T read(HdfFile hdf) throws IOException;
    }

    @FunctionalInterface
    private interface SliceReader {
        void read(int firstRow, Object rows) throws IOException;
    }

    private static <T> T withFile(Path file, Reader<T> reader) throws IOException {
        FileMapping.requireFile(file);
        try (HdfFile hdf = new HdfFile(file)) {
            long end = hdf.getHdfBackingStorage().getSuperblock().getEndOfFileAddress();
            if (Files.size(file) < end) {
                throw new DatasetException(
                        file.toString(),
                        Files.size(file),
                        "the file ends here, but its header announces " + end + " bytes");
            }
            return reader.read(hdf);
        } catch (RuntimeException e) {
            // The library trusts its input: a damaged file makes it throw its own HdfException, or whatever the JDK
            // throws
            // when an offset or a length read from the file makes no sense. Nothing else runs in here.
            throw because(file, "cannot be read as HDF5: " + e.getMessage(), e);
        }
    }

    private static DatasetException because(Path file, String problem, RuntimeException cause) {
        DatasetException exception = new DatasetException(file.toString(), problem);
        exception.initCause(cause);
        return exception;
    }

    private static Metric metric(Path file, HdfFile hdf) throws DatasetException {
        Attribute attribute = hdf.getAttributes().get("distance");
        if (attribute == null) {
            throw new DatasetException(file.toString(), "has no attribute 'distance', so it is no ann-benchmarks file");
        }
        return switch (String.valueOf(attribute.getData())) {
            case "euclidean" -> Metric.EUCLIDEAN;
            case "angular" -> Metric.COSINE;
            case String other ->
                throw new DatasetException(
                        file.toString(), "the distance is '" + other + "'; euclidean and angular can be used");
        };
    }

    private static io.jhdf.api.Dataset table(Path file, HdfFile hdf, String name) throws DatasetException {
        Map<String, Node> children = hdf.getChildren();
        if (!(children.get(name) instanceof io.jhdf.api.Dataset data)) {
            throw new DatasetException(
                    file.toString(),
                    "has no table '" + name + "'; it has "
                            + String.join(
                                    ", ", children.keySet().stream().sorted().toList()));
        }
        if (data.getDimensionsAsLong().length != 2) {
            throw new DatasetException(
                    file + "#" + name,
                    "has " + data.getDimensionsAsLong().length + " extents; two are needed: rows and columns");
        }
        return data;
    }

    private static long rows(io.jhdf.api.Dataset data) {
        return data.getDimensionsAsLong()[0];
    }

    private static long columns(io.jhdf.api.Dataset data) {
        return data.getDimensionsAsLong()[1];
    }

    private static void requirePossible(Path file, String table, io.jhdf.api.Dataset data) throws IOException {
        long most = Files.size(file) * (data.getFilters().isEmpty() ? 1 : BEST_RATIO);
        if (data.getSizeInBytes() > most) {
            throw new DatasetException(
                    file + "#" + table,
                    "claims " + rows(data) + " × " + columns(data) + " elements, more than a file of "
                            + Files.size(file) + " bytes can hold");
        }
    }

    private static void forEachSlice(io.jhdf.api.Dataset data, long sliceBytes, SliceReader reader) throws IOException {
        int rows = Math.toIntExact(rows(data));
        int columns = Math.toIntExact(columns(data));
        int step = Math.clamp(sliceBytes / (8L * columns), 1, Math.max(rows, 1));
        for (int from = 0; from < rows; from += step) {
            int n = Math.min(step, rows - from);
            reader.read(from, data.getData(new long[] {from, 0}, new int[] {n, columns}));
            if (rows - from <= step) {
                return; // from + step could overflow
            }
        }
    }

    private static void copy(float[][] slice, VectorRows rows, int from) {
        for (int i = 0; i < slice.length; i++) {
            MemorySegment.copy(
                    slice[i], 0, rows.segment(), VectorRows.FLOAT, (from + i) * rows.stride(), rows.dimension());
        }
    }

    private static void copy(double[][] slice, VectorRows rows, int from) {
        for (int i = 0; i < slice.length; i++) {
            for (int j = 0; j < rows.dimension(); j++) {
                rows.segment().set(VectorRows.FLOAT, (from + i) * rows.stride() + 4L * j, (float) slice[i][j]);
            }
        }
    }

    private static void copy(long[][] slice, int[] values, int from, String name) throws DatasetException {
        for (int i = 0; i < slice.length; i++) {
            for (int j = 0; j < slice[i].length; j++) {
                long value = slice[i][j];
                if (value != (int) value) {
                    throw new DatasetException(
                            name,
                            "row " + (from + i) + " holds " + value + " at position " + j
                                    + ", which does not fit 32 bits");
                }
                values[(from + i) * slice[i].length + j] = (int) value;
            }
        }
    }

    private static void requireFinite(Path file, String table, VectorRows rows) throws DatasetException {
        try {
            rows.requireValid();
        } catch (IllegalArgumentException e) {
            throw because(Path.of(file + "#" + table), e.getMessage(), e);
        }
    }

    private static DatasetException wrongType(Path file, String table, io.jhdf.api.Dataset data, String known) {
        return new DatasetException(
                file + "#" + table, "holds elements of type " + data.getJavaType() + "; " + known + " can be read");
    }
}
