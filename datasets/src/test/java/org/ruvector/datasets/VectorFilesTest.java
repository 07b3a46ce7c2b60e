package org.ruvector.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ruvector.api.VectorRows;

class VectorFilesTest {

    private static final VectorRows ROWS = VectorRows.ofFloats(new float[] {1, 2, 3, 255}, 2);

    @TempDir
    Path folder;

    private static String refused(Executable call) {
        return assertThrows(IllegalArgumentException.class, call).getMessage();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x.fvecs", "x.bvecs", "x.npy", "X.FVECS", "a.b.Npy"})
    void readsVectorsBackInTheFormatThatTheNameTells(String name) throws IOException {
        Path file = folder.resolve(name);
        VectorFiles.write(file, ROWS);
        assertArrayEquals(TestRows.floats(ROWS), TestRows.floats(VectorFiles.read(file)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x.ivecs", "x.npy"})
    void readsIntegersBackInTheFormatThatTheNameTells(String name) throws IOException {
        IntTable table = new IntTable(new int[] {1, 2, 3, -4}, 2);
        Path file = folder.resolve(name);
        VectorFiles.writeInts(file, table);
        assertEquals(table, VectorFiles.readInts(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"train-images-idx3-ubyte", "train-images-idx3-ubyte.gz", "x.idx", "x.idx.gz"})
    void readsIdxByAnyOfItsNames(String name) throws IOException {
        Path file = Files.write(folder.resolve(name), new byte[] {0, 0, 8, 2, 0, 0, 0, 1, 0, 0, 0, 2, 7, 8});
        assertArrayEquals(new float[] {7, 8}, TestRows.floats(VectorFiles.read(file)));
    }

    @Test
    void readsOneTableOfAnHdf5File() throws IOException {
        Path file = TestRows.resource("euclidean.hdf5");
        assertArrayEquals(
                TestRows.pythonFloats(),
                TestRows.floats(VectorFiles.read(file.resolveSibling("euclidean.hdf5#train"))));
        assertEquals(
                4,
                VectorFiles.readInts(file.resolveSibling("euclidean.hdf5#neighbors"))
                        .columns());
        assertEquals(
                "a.hdf5 holds several tables; say which, for example a.hdf5#train",
                refused(() -> VectorFiles.read(Path.of("a.hdf5"))));
        assertEquals(
                "a.h5 holds several tables; say which, for example a.h5#neighbors",
                refused(() -> VectorFiles.readInts(Path.of("a.h5"))));
    }

    @Test
    void refusesNamesThatTellNoFormatOrTheWrongOne() {
        assertEquals(
                "a.csv has a name that tells no format; known are .fvecs, .bvecs, .ivecs, .npy, .hdf5#table and idx-ubyte"
                        + " files",
                refused(() -> VectorFiles.read(Path.of("a.csv"))));
        assertEquals(
                "a.ivecs holds integers, not vectors; vectors are read from .fvecs, .bvecs, .npy, .hdf5#table and idx-ubyte"
                        + " files",
                refused(() -> VectorFiles.read(Path.of("a.ivecs"))));
        assertEquals(
                "a.fvecs holds vectors; integers are read from .ivecs, .npy and .hdf5#table files",
                refused(() -> VectorFiles.readInts(Path.of("a.fvecs"))));
        assertEquals(
                "a.hdf5 cannot take vectors; they are written as .fvecs, .bvecs or .npy",
                refused(() -> VectorFiles.write(Path.of("a.hdf5"), ROWS)));
        assertEquals(
                "a.bvecs cannot take integers; they are written as .ivecs or .npy",
                refused(() -> VectorFiles.writeInts(Path.of("a.bvecs"), new IntTable(new int[1], 1))));
    }
}
