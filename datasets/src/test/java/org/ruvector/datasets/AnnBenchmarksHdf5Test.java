package org.ruvector.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ruvector.api.BuildContext;
import org.ruvector.api.Metric;
import org.ruvector.api.Plugins;

/** The files named without a folder were written by h5py; see make.py among the resources. */
class AnnBenchmarksHdf5Test {

    private static final BuildContext CONTEXT = BuildContext.of(Plugins.none());

    @TempDir
    Path folder;

    private static Dataset read(Path file) throws IOException {
        return AnnBenchmarksHdf5.read(file, Arena.ofAuto(), CONTEXT);
    }

    private static String refused(Path file) {
        String message = assertThrows(DatasetException.class, () -> read(file)).getMessage();
        assertEquals(file.toString(), message.substring(0, file.toString().length()));
        return message.substring(file.toString().length());
    }

    /** A file of three points on a line and one query, with some of its tables replaced or, where null, left out. */
    private Path made(String distance, Map<String, Object> others) {
        Map<String, Object> tables = new TreeMap<>(Map.of(
                "train", new float[][] {{0}, {1}, {3}},
                "test", new float[][] {{0.9f}},
                "neighbors", new int[][] {{1, 0}}));
        tables.putAll(others);
        Path file = folder.resolve("made.hdf5");
        try (WritableHdfFile hdf = HdfFile.write(file)) {
            if (distance != null) {
                hdf.putAttribute("distance", distance);
            }
            tables.forEach(hdf::putDataset);
        }
        return file;
    }

    @Test
    void readsAWholeFileByEuclideanDistance() throws IOException {
        Dataset set = read(TestRows.resource("euclidean.hdf5"));
        assertEquals("euclidean", set.name());
        assertEquals(Metric.EUCLIDEAN, set.metric());
        assertEquals(64, set.provenance().checksum().length());
        assertArrayEquals(TestRows.pythonFloats(), TestRows.floats(set.base().rows()));
        assertArrayEquals(
                new float[] {0.25f, 0.5f, 1, -2, 3, 1},
                TestRows.floats(set.queries().rows()));
        // Row 2 is (0.5, 0.75, 1), so the first query is √0.125 away from it; distances are squared here.
        assertEquals(4, set.groundTruth().k());
        assertEquals(2, set.groundTruth().id(0, 0));
        assertEquals(0.125f, set.groundTruth().distance(0, 0));
    }

    @Test
    void readsAWholeCompressedFileOfDoublesByCosineDistance() throws IOException {
        Dataset set = read(TestRows.resource("angular.hdf5"));
        assertEquals(Metric.COSINE, set.metric());
        assertArrayEquals(TestRows.pythonFloats(), TestRows.floats(set.base().rows()));
        float[] published = TestRows.floats(
                AnnBenchmarksHdf5.readVectors(TestRows.resource("angular.hdf5"), "distances", Arena.ofAuto()));
        assertArrayEquals(published, set.groundTruth().distances(), 1e-6f);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 24, 48, 50, 96, 120, 1 << 20})
    void readsTheSameBySlicesOfAnySize(long sliceBytes) throws IOException {
        for (String name : new String[] {"euclidean.hdf5", "angular.hdf5"}) {
            Path file = TestRows.resource(name);
            assertArrayEquals(
                    TestRows.pythonFloats(),
                    TestRows.floats(AnnBenchmarksHdf5.readVectors(file, "train", Arena.ofAuto(), sliceBytes)));
            assertEquals(
                    AnnBenchmarksHdf5.readInts(file, "neighbors"),
                    AnnBenchmarksHdf5.readInts(file, "neighbors", sliceBytes));
        }
    }

    @Test
    void refusesDistancesItDoesNotKnow() {
        assertEquals(
                ": the distance is 'jaccard'; euclidean and angular can be used",
                refused(TestRows.resource("jaccard.hdf5")));
        assertEquals(": has no attribute 'distance', so it is no ann-benchmarks file", refused(made(null, Map.of())));
    }

    @Test
    void refusesTablesOfOtherShapeOrType() {
        Path file = made("euclidean", Map.of("train", new float[] {1, 2}));
        assertEquals("#train: has 1 extents; two are needed: rows and columns", refused(file));
        made("euclidean", Map.of("train", new short[][] {{1, 2}}));
        assertEquals("#train: holds elements of type short; float32 and float64 can be read", refused(file));
        made("euclidean", Map.of("neighbors", new float[][] {{1, 2}}));
        assertEquals("#neighbors: holds elements of type float; int32 and int64 can be read", refused(file));
        assertEquals(
                file + ": has no table 'valid'; it has neighbors, test, train",
                assertThrows(DatasetException.class, () -> AnnBenchmarksHdf5.readVectors(file, "valid", Arena.ofAuto()))
                        .getMessage());
    }

    @Test
    void saysWhereACoordinateIsNotFinite() {
        assertEquals(
                "#train: Row 1 holds NaN at position 0; every coordinate must be a finite number",
                refused(made("euclidean", Map.of("train", new float[][] {{0}, {Float.NaN}, {2}}))));
        assertEquals(
                "#test: Row 0 holds Infinity at position 0; every coordinate must be a finite number",
                refused(made("euclidean", Map.of("test", new double[][] {{1e300}}))));
    }

    @Test
    void refusesNeighboursThatCannotBeRight() {
        assertEquals(
                ": neighbors: Query 0 has neighbour 3, but the base has rows 0 to 2",
                refused(made("euclidean", Map.of("neighbors", new int[][] {{1, 3}}))));
        assertEquals(
                ": neighbors: Query 0 has neighbour 1 twice",
                refused(made("euclidean", Map.of("neighbors", new int[][] {{1, 1}}))));
        assertEquals(
                ": neighbors: There are 2 rows of neighbours, but 1 queries",
                refused(made("euclidean", Map.of("neighbors", new int[][] {{1}, {0}}))));
        assertEquals(
                "#neighbors: row 0 holds 4294967296 at position 1, which does not fit 32 bits",
                refused(made("euclidean", Map.of("neighbors", new long[][] {{1, 1L << 32}}))));
        assertEquals(
                ": neighbors: By euclidean distance the neighbours of 1 of 1 queries are not in order; they were computed by"
                        + " another metric or for another base",
                refused(made("euclidean", Map.of("neighbors", new int[][] {{2, 1}}))));
    }

    @Property(tries = 300, seed = "7", edgeCases = EdgeCasesMode.NONE)
    void neverMeetsADamagedFileWithAnotherException(
            @ForAll boolean compressed, @ForAll @IntRange(max = 19_199) int position, @ForAll byte value)
            throws IOException {
        byte[] bytes = Files.readAllBytes(TestRows.resource(compressed ? "angular.hdf5" : "euclidean.hdf5"));
        bytes[position % bytes.length] = value;
        Path file = Files.createTempFile("ruvector", ".hdf5");
        try {
            assertEquals(4, read(Files.write(file, bytes)).groundTruth().k());
        } catch (DatasetException e) {
            assertEquals(
                    file.toString(), e.getMessage().substring(0, file.toString().length()));
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void refusesTruncatedAndDamagedFiles() throws IOException {
        byte[] whole = Files.readAllBytes(TestRows.resource("euclidean.hdf5"));
        for (int length : new int[] {0, 7, 50}) {
            Path file = Files.write(folder.resolve("cut.hdf5"), Arrays.copyOf(whole, length));
            assertTrue(refused(file).startsWith(": cannot be read as HDF5: "), "length " + length);
        }
        for (int length : new int[] {100, 1000, 4000, whole.length - 1}) {
            Path file = Files.write(folder.resolve("cut.hdf5"), Arrays.copyOf(whole, length));
            assertEquals(
                    ", byte " + length + ": the file ends here, but its header announces 8736 bytes", refused(file));
        }
        Path foreign = Files.writeString(folder.resolve("text.hdf5"), "no HDF5 at all ".repeat(100));
        assertTrue(refused(foreign).startsWith(": cannot be read as HDF5: "));
    }
}
