package org.ruvector.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ruvector.api.ElementType;
import org.ruvector.api.VectorRows;

class TexmexVectorsTest {

    @TempDir
    Path folder;

    private static VectorRows readFvecs(Path file) throws IOException {
        return TexmexVectors.readFvecs(file, Arena.ofAuto());
    }

    private String refused(Consumer<ByteBuffer> content) {
        Path file = TestRows.file(folder, "x.fvecs", content);
        String message =
                assertThrows(DatasetException.class, () -> readFvecs(file)).getMessage();
        assertEquals(file.toString(), message.substring(0, file.toString().length()));
        return message.substring(file.toString().length());
    }

    @Test
    void readsFloatsMadeByHand() throws IOException {
        Path file = TestRows.file(folder, "x.fvecs", out -> {
            out.putInt(2).putFloat(1.5f).putFloat(-2);
            out.putInt(2).putFloat(0).putFloat(Float.MAX_VALUE);
        });
        VectorRows rows = readFvecs(file);
        assertEquals(ElementType.FLOAT32, rows.type());
        assertEquals(2, rows.dimension());
        assertArrayEquals(new float[] {1.5f, -2, 0, Float.MAX_VALUE}, TestRows.floats(rows));
    }

    @Test
    void readsUnsignedBytesAsFloatsOrShiftedByMinus128() throws IOException {
        Path file = TestRows.file(folder, "x.bvecs", out -> {
            out.putInt(3).put((byte) 0).put((byte) 128).put((byte) 255);
            out.putInt(3).put((byte) 1).put((byte) 127).put((byte) 200);
        });
        assertArrayEquals(
                new float[] {0, 128, 255, 1, 127, 200},
                TestRows.floats(TexmexVectors.readBvecs(file, Arena.ofAuto(), UnsignedBytes.TO_FLOAT32)));
        assertArrayEquals(
                new byte[] {-128, 0, 127, -127, -1, 72},
                TestRows.bytes(TexmexVectors.readBvecs(file, Arena.ofAuto(), UnsignedBytes.TO_INT8)));
    }

    @Test
    void readsIntegersMadeByHand() throws IOException {
        Path file = TestRows.file(
                folder, "x.ivecs", out -> out.putInt(1).putInt(7).putInt(1).putInt(-1));
        assertEquals(new IntTable(new int[] {7, -1}, 1), TexmexVectors.readIvecs(file));
    }

    @Test
    void writesWhatTheFormatSays() throws IOException {
        Path file = folder.resolve("x.fvecs");
        TexmexVectors.writeFvecs(file, VectorRows.ofFloats(new float[] {1, 2}, 1));
        assertArrayEquals(
                new byte[] {1, 0, 0, 0, 0, 0, (byte) 0x80, 0x3f, 1, 0, 0, 0, 0, 0, 0, 0x40}, Files.readAllBytes(file));
        assertEquals(List.of("x.fvecs"), TestRows.names(folder));
    }

    @Test
    void saysWhereARowHasAnotherDimension() {
        assertEquals(
                ", byte 8: row 1 has dimension 3, but the rows before it have 1",
                refused(out -> out.putInt(1)
                        .putFloat(1)
                        .putInt(3)
                        .putFloat(1)
                        .putFloat(2)
                        .putFloat(3)));
    }

    @Test
    void saysWhereAFileEndsInsideARow() {
        assertEquals(
                ", byte 12: the last row has 8 bytes, but dimension 2 needs 12; the file was cut short or has something at"
                        + " its end",
                refused(out -> out.putInt(2).putFloat(1).putFloat(2).putInt(2).putFloat(1)));
        assertEquals(
                ", byte 0: the last row has 8 bytes, but dimension 2 needs 12; the file was cut short or has something at"
                        + " its end",
                refused(out -> out.putInt(2).putFloat(1)));
    }

    @Test
    void saysWhereBytesTrail() {
        assertEquals(
                ", byte 8: the last row has 1 bytes, but dimension 1 needs 8; the file was cut short or has something at its"
                        + " end",
                refused(out -> out.putInt(1).putFloat(1).put((byte) 0)));
    }

    @Test
    void saysWhereACoordinateIsNotFinite() {
        assertEquals(
                ", byte 20: row 1 holds NaN at position 1; every coordinate must be a finite 32-bit float",
                refused(out -> out.putInt(2)
                        .putFloat(1)
                        .putFloat(2)
                        .putInt(2)
                        .putFloat(1)
                        .putFloat(Float.NaN)));
        assertEquals(
                ", byte 4: row 0 holds -Infinity at position 0; every coordinate must be a finite 32-bit float",
                refused(out -> out.putInt(1).putFloat(Float.NEGATIVE_INFINITY)));
    }

    @Test
    void refusesDimensionsThatNobodyHasWithoutAllocatingThem() {
        assertEquals(
                ", byte 0: the dimension is 0; it must be from 1 to 65536",
                refused(out -> out.putInt(0).putInt(0)));
        assertEquals(
                ", byte 0: the dimension is -5; it must be from 1 to 65536",
                refused(out -> out.putInt(-5).putInt(0)));
        assertEquals(
                ", byte 0: the dimension is 2147483647; it must be from 1 to 65536",
                refused(out -> out.putInt(Integer.MAX_VALUE).putInt(0)));
    }

    @Test
    void refusesFilesWithoutARow() {
        assertEquals(": has 0 bytes; even one row's dimension needs 4", refused(out -> {}));
        assertEquals(": has 3 bytes; even one row's dimension needs 4", refused(out -> out.put(new byte[3])));
    }

    @Test
    void refusesFilesThatAreNotThere() {
        Path file = folder.resolve("none.fvecs");
        assertEquals(
                file + ": does not exist",
                assertThrows(DatasetException.class, () -> readFvecs(file)).getMessage());
        assertEquals(
                folder + ": is not a file",
                assertThrows(DatasetException.class, () -> readFvecs(folder)).getMessage());
    }

    @Test
    void refusesToWriteWhatTheFormatCannotHoldAndKeepsTheOldFile() throws IOException {
        Path file = folder.resolve("x.bvecs");
        Files.writeString(file, "old");
        assertEquals(
                "Row 1 holds 255.5 at position 0; only whole numbers from 0 to 255 can be written as unsigned bytes",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> TexmexVectors.writeBvecs(file, VectorRows.ofFloats(new float[] {1, 255.5f}, 1)))
                        .getMessage());
        assertEquals(
                "An .fvecs file holds float32 rows, not int8; write .bvecs or .npy",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> TexmexVectors.writeFvecs(file, VectorRows.ofBytes(new byte[1], 1)))
                        .getMessage());
        assertEquals("old", Files.readString(file));
        assertEquals(List.of("x.bvecs"), TestRows.names(folder));
    }

    @Property(tries = 100, seed = "1")
    void readsBackTheFloatsThatItWrote(@ForAll("floatRows") VectorRows rows) throws IOException {
        Path file = Files.createTempFile("ruvector", ".fvecs");
        try {
            TexmexVectors.writeFvecs(file, rows);
            VectorRows read = readFvecs(file);
            assertEquals(rows.dimension(), read.dimension());
            assertArrayEquals(TestRows.floats(rows), TestRows.floats(read));
        } finally {
            Files.delete(file);
        }
    }

    @Property(tries = 100, seed = "2")
    void readsBackTheBytesThatItWroteInEitherForm(@ForAll("byteRows") VectorRows rows) throws IOException {
        Path file = Files.createTempFile("ruvector", ".bvecs");
        try {
            TexmexVectors.writeBvecs(file, rows);
            assertArrayEquals(
                    TestRows.bytes(rows),
                    TestRows.bytes(TexmexVectors.readBvecs(file, Arena.ofAuto(), UnsignedBytes.TO_INT8)));
            TexmexVectors.writeBvecs(file, TexmexVectors.readBvecs(file, Arena.ofAuto(), UnsignedBytes.TO_FLOAT32));
            assertArrayEquals(
                    TestRows.bytes(rows),
                    TestRows.bytes(TexmexVectors.readBvecs(file, Arena.ofAuto(), UnsignedBytes.TO_INT8)));
        } finally {
            Files.delete(file);
        }
    }

    @Property(tries = 100, seed = "3")
    void readsBackTheIntegersThatItWrote(@ForAll("intTables") IntTable table) throws IOException {
        Path file = Files.createTempFile("ruvector", ".ivecs");
        try {
            TexmexVectors.writeIvecs(file, table);
            assertEquals(table, TexmexVectors.readIvecs(file));
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void writesRowsBeyondOneBuffer() throws IOException {
        float[] values = new float[700_000]; // 2.8 MB, buffers are 1 MB
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        Path file = folder.resolve("x.fvecs");
        TexmexVectors.writeFvecs(file, VectorRows.ofFloats(values, 7));
        assertArrayEquals(values, TestRows.floats(readFvecs(file)));
    }

    @Provide
    Arbitrary<VectorRows> floatRows() {
        return TestRows.floatRows();
    }

    @Provide
    Arbitrary<VectorRows> byteRows() {
        return TestRows.byteRows();
    }

    @Provide
    Arbitrary<IntTable> intTables() {
        return TestRows.intTables();
    }
}
