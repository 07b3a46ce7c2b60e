package org.ruvector.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ruvector.api.Query;
import org.ruvector.api.VectorRows;

/** The files named without a folder were written by NumPy; see make.py among the resources. */
class NpyTest {

    @TempDir
    Path folder;

    private static VectorRows read(Path file) throws IOException {
        return Npy.read(file, Arena.ofAuto(), UnsignedBytes.TO_FLOAT32);
    }

    private static String refused(Path file) {
        String message = assertThrows(DatasetException.class, () -> read(file)).getMessage();
        assertEquals(file.toString(), message.substring(0, file.toString().length()));
        return message.substring(file.toString().length());
    }

    /** A version-1 file with this dictionary and so many bytes of elements. */
    private Path made(String dictionary, int elementBytes) {
        return TestRows.file(
                folder,
                "x.npy",
                out -> out.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
                        .putShort((short) dictionary.length())
                        .put(dictionary.getBytes(StandardCharsets.US_ASCII))
                        .put(new byte[elementBytes]));
    }

    @ParameterizedTest
    @ValueSource(strings = {"f4.npy", "f4-version2.npy", "f8.npy"})
    void readsTheFloatsThatNumPyWrote(String name) throws IOException {
        VectorRows rows = read(TestRows.resource(name));
        assertEquals(3, rows.dimension());
        assertArrayEquals(TestRows.pythonFloats(), TestRows.floats(rows));
    }

    @Test
    void readsTheBytesThatNumPyWrote() throws IOException {
        byte[] expected = new byte[15];
        float[] floats = new float[15];
        for (int i = 0; i < 15; i++) {
            expected[i] = (byte) TestRows.pythonInts(-20)[i];
            floats[i] = TestRows.pythonInts(200)[i];
        }
        assertArrayEquals(expected, TestRows.bytes(read(TestRows.resource("i1.npy"))));
        assertArrayEquals(floats, TestRows.floats(read(TestRows.resource("u1.npy"))));
        VectorRows shifted = Npy.read(TestRows.resource("u1.npy"), Arena.ofAuto(), UnsignedBytes.TO_INT8);
        assertEquals(200 - 128, TestRows.bytes(shifted)[0]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"i4.npy", "i8.npy"})
    void readsTheIntegersThatNumPyWrote(String name) throws IOException {
        assertEquals(new IntTable(TestRows.pythonInts(0), 3), Npy.readInts(TestRows.resource(name)));
    }

    @Test
    void writesTheVeryBytesThatNumPyWrites() throws IOException {
        Path file = folder.resolve("x.npy");
        Npy.write(file, VectorRows.ofFloats(TestRows.pythonFloats(), 3));
        assertArrayEquals(Files.readAllBytes(TestRows.resource("f4.npy")), Files.readAllBytes(file));
        Npy.write(file, read(TestRows.resource("i1.npy")));
        assertArrayEquals(Files.readAllBytes(TestRows.resource("i1.npy")), Files.readAllBytes(file));
        Npy.writeUnsigned(file, read(TestRows.resource("u1.npy")));
        assertArrayEquals(Files.readAllBytes(TestRows.resource("u1.npy")), Files.readAllBytes(file));
        Npy.writeInts(file, new IntTable(TestRows.pythonInts(0), 3));
        assertArrayEquals(Files.readAllBytes(TestRows.resource("i4.npy")), Files.readAllBytes(file));
    }

    @Test
    void refusesOtherLayoutsAndTypesAndSaysHowToConvert() {
        assertEquals(
                ", byte 10: is in Fortran order; save it with numpy.save(file, numpy.ascontiguousarray(array))",
                refused(TestRows.resource("fortran.npy")));
        assertEquals(
                ", byte 10: has element type '>f4'; known are <f4, <f8, |u1, |i1, <i4 and <i8: convert with"
                        + " array.astype('<f4')",
                refused(TestRows.resource("big-endian.npy")));
        assertEquals(
                ", byte 10: has shape (3,); two extents are needed: rows and dimension",
                refused(TestRows.resource("one-extent.npy")));
        assertEquals(
                ": holds elements of type '<f2'; vectors are read from <f4, <f8, |u1 and |i1: convert with"
                        + " array.astype('<f4')",
                refused(TestRows.resource("half.npy")));
        assertEquals(
                ": holds elements of type '<i4'; vectors are read from <f4, <f8, |u1 and |i1: convert with"
                        + " array.astype('<f4')",
                refused(TestRows.resource("i4.npy")));
        Path floats = TestRows.resource("f4.npy");
        assertEquals(
                floats + ": holds elements of type '<f4'; integers are read from <i4 and <i8: convert with"
                        + " array.astype('<i4')",
                assertThrows(DatasetException.class, () -> Npy.readInts(floats)).getMessage());
    }

    @Test
    void refusesWhatIsNoNpyFile() {
        assertEquals(
                ", byte 0: is no .npy file: it does not begin with \\x93NUMPY",
                refused(TestRows.file(folder, "x.npy", out -> out.put(new byte[100]))));
        assertEquals(
                ", byte 0: is no .npy file: it does not begin with \\x93NUMPY",
                refused(TestRows.file(folder, "x.npy", out -> {})));
        assertEquals(
                ", byte 6: has format version 3; versions 1 and 2 can be read",
                refused(TestRows.file(
                        folder,
                        "x.npy",
                        out -> out.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 3})
                                .put(new byte[10]))));
    }

    @Test
    void refusesHeadersThatPromiseMoreOrLessThanThereIs() {
        String shape = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }";
        assertEquals(
                ", byte 69: the header's shape (2, 3) of <f4 needs 24 bytes from here, but the file has 23",
                refused(made(shape, 23)));
        assertEquals(
                ", byte 69: the header's shape (2, 3) of <f4 needs 24 bytes from here, but the file has 25",
                refused(made(shape, 25)));
        assertEquals(
                ", byte 10: has shape (9999999999, 9999999999), which is too large",
                refused(made("{'descr': '<f4', 'fortran_order': False, 'shape': (9999999999, 9999999999), }", 0)));
        assertEquals(
                ", byte 0: the dimension is 0; it must be from 1 to 65536",
                refused(made("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 0), }", 0)));
        assertEquals(
                ", byte 8: the header claims 65535 bytes, but the file has 2 after this and no header is longer than 65536",
                refused(TestRows.file(
                        folder,
                        "x.npy",
                        out -> out.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
                                .putShort((short) -1)
                                .putShort((short) 0))));
    }

    @Test
    void refusesHeadersThatLackSomething() {
        assertEquals(
                ", byte 10: the header has not a plain 'descr': {'descr': [('x', '<f4')], 'fortran_order': False}",
                refused(made("{'descr': [('x', '<f4')], 'fortran_order': False}", 0)));
        assertEquals(
                ", byte 10: the header has not a 'shape': {'descr': '<f4', 'fortran_order': False, 'shape': (-1, 3)}",
                refused(made("{'descr': '<f4', 'fortran_order': False, 'shape': (-1, 3)}", 0)));
    }

    @Test
    void saysWhereACoordinateIsNotFinite() throws IOException {
        byte[] bytes = Files.readAllBytes(TestRows.resource("f4.npy"));
        bytes[128 + 4 * 7 + 3] = 0x7f;
        bytes[128 + 4 * 7 + 2] = (byte) 0xc0;
        assertEquals(
                ", byte 156: row 2 holds NaN at position 1; every coordinate must be a finite 32-bit float",
                refused(Files.write(folder.resolve("nan.npy"), bytes)));
        bytes = Files.readAllBytes(TestRows.resource("f8.npy"));
        bytes[128 + 8 * 7 + 7] = 0x7e;
        assertEquals(
                ", byte 184: row 2 holds 2.0572965257976333E303 at position 1; every coordinate must be a finite 32-bit"
                        + " float",
                refused(Files.write(folder.resolve("large.npy"), bytes)));
    }

    @Test
    void refusesIntegersOfMoreThan32Bits() throws IOException {
        byte[] bytes = Files.readAllBytes(TestRows.resource("i8.npy"));
        bytes[128 + 8 * 2 + 4] = 1;
        Path file = Files.write(folder.resolve("x.npy"), bytes);
        assertEquals(
                file + ", byte 144: 4294967298 does not fit 32 bits",
                assertThrows(DatasetException.class, () -> Npy.readInts(file)).getMessage());
    }

    @Test
    void mapsRowsBeyond2GiB() throws IOException {
        int rows = 40_000_000;
        Path file = folder.resolve("large.npy");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            byte[] header = Npy.header("|i1", rows, 64);
            channel.write(ByteBuffer.wrap(header));
            channel.write(ByteBuffer.wrap(new byte[] {7}), header.length + 64L * rows - 1); // sparse: fills no disk
        }
        try (Arena arena = Arena.ofConfined()) {
            VectorRows read = Npy.read(file, arena, UnsignedBytes.TO_FLOAT32);
            assertEquals(rows, read.count());
            assertEquals(7, ((Query.Bytes) read.query(rows - 1)).vector()[63]);
        }
    }

    @Property(tries = 100, seed = "4")
    void readsBackTheRowsThatItWrote(@ForAll("rows") VectorRows rows) throws IOException {
        Path file = Files.createTempFile("ruvector", ".npy");
        try {
            Npy.write(file, rows);
            VectorRows read = read(file);
            assertEquals(rows.type(), read.type());
            assertEquals(rows.dimension(), read.dimension());
            assertEquals(-1, rows.segment().asSlice(0, rows.byteSize()).mismatch(read.segment()));
        } finally {
            Files.delete(file);
        }
    }

    @Property(tries = 100, seed = "5")
    void readsBackTheIntegersThatItWrote(@ForAll("intTables") IntTable table) throws IOException {
        Path file = Files.createTempFile("ruvector", ".npy");
        try {
            Npy.writeInts(file, table);
            assertEquals(table, Npy.readInts(file));
        } finally {
            Files.delete(file);
        }
    }

    @Property(tries = 500, seed = "6", edgeCases = EdgeCasesMode.NONE)
    void neverMeetsADamagedHeaderWithAnotherException(@ForAll("position") int position, @ForAll byte value)
            throws IOException {
        byte[] bytes = Files.readAllBytes(TestRows.resource("f4.npy"));
        bytes[position] = value;
        Path file = Files.createTempFile("ruvector", ".npy");
        try {
            VectorRows rows = read(Files.write(file, bytes));
            assertEquals(15, rows.count() * rows.dimension(), Arrays.toString(bytes));
        } catch (DatasetException e) {
            assertEquals(
                    file.toString(), e.getMessage().substring(0, file.toString().length()));
        } finally {
            Files.delete(file);
        }
    }

    @Provide
    Arbitrary<Integer> position() {
        return Arbitraries.integers().between(0, 127).withoutEdgeCases();
    }

    @Provide
    Arbitrary<VectorRows> rows() {
        return Arbitraries.oneOf(TestRows.floatRows(), TestRows.byteRows());
    }

    @Provide
    Arbitrary<IntTable> intTables() {
        return TestRows.intTables();
    }
}
