package org.ruvector.datasets;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Locale;
import org.ruvector.api.VectorRows;

/**
 * Reads and writes vectors in the format that the file's name tells, in either case:
 *
 * <ul>
 *   <li>{@code .fvecs}, {@code .bvecs}, {@code .ivecs}: {@link TexmexVectors}
 *   <li>{@code .npy}: {@link Npy}
 *   <li>{@code .hdf5}, {@code .h5} followed by {@code #} and a table, as in {@code glove.hdf5#train}:
 *       {@link AnnBenchmarksHdf5}
 *   <li>{@code idx3-ubyte}, {@code idx1-ubyte} and the like, {@code .idx}, each also with {@code .gz}: {@link Idx}
 * </ul>
 *
 * <p>Every method throws {@link IllegalArgumentException} for a name that tells no format, or one that the method does
 * not take, and {@link DatasetException} for a file that does not hold what its format promises.
 */
public final class VectorFiles {

    private VectorFiles() {}

    private enum Format {
        FVECS,
        BVECS,
        IVECS,
        NPY,
        HDF5,
        IDX
    }

    /** Reads vectors into memory that the garbage collector frees, unsigned bytes as floats. */
    public static VectorRows read(Path file) throws IOException {
        return read(file, Arena.ofAuto(), UnsignedBytes.TO_FLOAT32);
    }

    /** Reads vectors into memory of the arena; they live as long as it. */
    public static VectorRows read(Path file, Arena arena, UnsignedBytes as) throws IOException {
        return switch (format(file)) {
            case FVECS -> TexmexVectors.readFvecs(file, arena);
            case BVECS -> TexmexVectors.readBvecs(file, arena, as);
            case NPY -> Npy.read(file, arena, as);
            case IDX -> Idx.read(file, arena, as);
            case HDF5 -> AnnBenchmarksHdf5.readVectors(hdf5File(file), hdf5Table(file, "train"), arena);
            case IVECS ->
                throw refused(
                        file,
                        "holds integers, not vectors; vectors are read from .fvecs, .bvecs, .npy, "
                                + ".hdf5#table and idx-ubyte files");
        };
    }

    /** Reads a table of integers, such as exact neighbours. */
    public static IntTable readInts(Path file) throws IOException {
        return switch (format(file)) {
            case IVECS -> TexmexVectors.readIvecs(file);
            case NPY -> Npy.readInts(file);
            case HDF5 -> AnnBenchmarksHdf5.readInts(hdf5File(file), hdf5Table(file, "neighbors"));
            case FVECS, BVECS, IDX ->
                throw refused(file, "holds vectors; integers are read from .ivecs, .npy and .hdf5#table files");
        };
    }

    /** Writes floats as {@code .fvecs}, whole numbers 0 to 255 as {@code .bvecs}, floats or bytes as {@code .npy}. */
    public static void write(Path file, VectorRows rows) throws IOException {
        switch (format(file)) {
            case FVECS -> TexmexVectors.writeFvecs(file, rows);
            case BVECS -> TexmexVectors.writeBvecs(file, rows);
            case NPY -> Npy.write(file, rows);
            case IVECS, HDF5, IDX ->
                throw refused(file, "cannot take vectors; they are written as .fvecs, .bvecs or .npy");
        }
    }

    /** Writes a table of integers as {@code .ivecs} or {@code .npy}. */
    public static void writeInts(Path file, IntTable table) throws IOException {
        switch (format(file)) {
            case IVECS -> TexmexVectors.writeIvecs(file, table);
            case NPY -> Npy.writeInts(file, table);
            case FVECS, BVECS, HDF5, IDX ->
                throw refused(file, "cannot take integers; they are written as .ivecs or .npy");
        }
    }

    private static Format format(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        if (name.matches(".*(\\.idx|idx[0-9]-ubyte)(\\.gz)?")) {
            return Format.IDX;
        }
        if (name.matches(".*\\.(hdf5|h5)(#.*)?")) {
            return Format.HDF5;
        }
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "fvecs" -> Format.FVECS;
            case "bvecs" -> Format.BVECS;
            case "ivecs" -> Format.IVECS;
            case "npy" -> Format.NPY;
            default ->
                throw refused(
                        file,
                        "has a name that tells no format; known are .fvecs, .bvecs, .ivecs, .npy, "
                                + ".hdf5#table and idx-ubyte files");
        };
    }

    private static Path hdf5File(Path file) {
        return file.resolveSibling(file.getFileName().toString().replaceFirst("#[^#]*$", ""));
    }

    private static String hdf5Table(Path file, String example) {
        String name = file.getFileName().toString();
        int hash = name.lastIndexOf('#');
        if (hash < 0) {
            throw refused(file, "holds several tables; say which, for example " + name + "#" + example);
        }
        return name.substring(hash + 1);
    }

    private static IllegalArgumentException refused(Path file, String why) {
        return new IllegalArgumentException(file + " " + why);
    }
}
