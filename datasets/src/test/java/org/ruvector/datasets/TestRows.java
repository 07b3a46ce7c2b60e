package org.ruvector.datasets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import org.ruvector.api.Query;
import org.ruvector.api.VectorRows;

/** Rows and files that several tests need. */
final class TestRows {

    private TestRows() {}

    /** The floats of make.py: 5 × 3. */
    static float[] pythonFloats() {
        float[] values = new float[15];
        for (int i = 0; i < 15; i++) {
            values[i] = (7 * (i / 3) + i % 3) / 4f - 3;
        }
        return values;
    }

    /** The integers of make.py plus {@code shift}: 5 × 3. */
    static int[] pythonInts(int shift) {
        int[] values = new int[15];
        for (int i = 0; i < 15; i++) {
            values[i] = 10 * (i / 3) + i % 3 + shift;
        }
        return values;
    }

    /** All coordinates of float rows, row-major. */
    static float[] floats(VectorRows rows) {
        float[] values = new float[rows.count() * rows.dimension()];
        MemorySegment.copy(rows.segment(), VectorRows.FLOAT, 0, values, 0, values.length);
        return values;
    }

    /** All coordinates of byte rows, row-major. */
    static byte[] bytes(VectorRows rows) {
        byte[] values = new byte[rows.count() * rows.dimension()];
        for (int i = 0; i < rows.count(); i++) {
            byte[] row = ((Query.Bytes) rows.query(i)).vector();
            System.arraycopy(row, 0, values, i * rows.dimension(), row.length);
        }
        return values;
    }

    /** A file of little-endian values. */
    static Path file(Path folder, String name, Consumer<ByteBuffer> content) {
        ByteBuffer buffer = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
        content.accept(buffer);
        byte[] bytes = new byte[buffer.flip().remaining()];
        buffer.get(bytes);
        try {
            return Files.write(folder.resolve(name), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file that make.py made. */
    static Path resource(String name) {
        try {
            // The resource may be in a patched module, so its address is asked for and not its stream.
            return Path.of(TestRows.class.getResource(name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** From 1 to 20 rows of 1 to 70 finite floats, the extreme ones among them. */
    static Arbitrary<VectorRows> floatRows() {
        return Arbitraries.integers()
                .between(1, 70)
                .withoutEdgeCases()
                .flatMap(dimension -> Arbitraries.integers()
                        .between(1, 20)
                        .withoutEdgeCases()
                        .flatMap(count -> Arbitraries.floats()
                                .array(float[].class)
                                .ofSize(count * dimension)
                                .map(values -> VectorRows.ofFloats(values, dimension))));
    }

    /** From 1 to 20 rows of 1 to 70 signed bytes. */
    static Arbitrary<VectorRows> byteRows() {
        return Arbitraries.integers()
                .between(1, 70)
                .withoutEdgeCases()
                .flatMap(dimension -> Arbitraries.integers()
                        .between(1, 20)
                        .withoutEdgeCases()
                        .flatMap(count -> Arbitraries.bytes()
                                .array(byte[].class)
                                .ofSize(count * dimension)
                                .map(values -> VectorRows.ofBytes(values, dimension))));
    }

    /** From 1 to 20 rows of 1 to 30 integers. */
    static Arbitrary<IntTable> intTables() {
        return Arbitraries.integers()
                .between(1, 30)
                .withoutEdgeCases()
                .flatMap(columns -> Arbitraries.integers()
                        .between(1, 20)
                        .withoutEdgeCases()
                        .flatMap(count -> Arbitraries.integers()
                                .array(int[].class)
                                .ofSize(count * columns)
                                .map(values -> new IntTable(values, columns))));
    }

    /** What a folder holds, by name. */
    static List<String> names(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
