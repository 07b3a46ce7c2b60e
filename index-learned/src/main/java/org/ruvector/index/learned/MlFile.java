package org.ruvector.index.learned;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.ruvector.api.IndexFileException;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.KernelProvider;
import org.ruvector.api.spi.SectionReader;
import org.ruvector.api.spi.SectionWriter;
import org.ruvector.storage.SlotTable;
import org.ruvector.storage.VectorLayout;

/** An ml-index as sections: all but the model, which is quicker learned than checked. */
final class MlFile {

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private MlFile() {}

    static void save(MlIndex.Content content, long stride, SectionWriter file) throws IOException {
        int n = content.distances().length;
        file.section("vectors", content.vectors().asSlice(0, n * stride));
        file.section("ids", content.ids().asSlice(0, (long) Long.BYTES * n));
        file.section("pivots", content.pivots().asSlice(0, content.partitions() * stride));
        file.section("starts", littleEndian(content.starts()));
        file.section("distances", littleEndian(bits(content.distances())));
    }

    private static int[] bits(float[] values) {
        int[] bits = new int[values.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Float.floatToRawIntBits(values[i]);
        }
        return bits;
    }

    private static MemorySegment littleEndian(int[] values) {
        MemorySegment bytes = MemorySegment.ofArray(new byte[Integer.BYTES * values.length]);
        MemorySegment.copy(values, 0, bytes, INT, 0, values.length);
        return bytes;
    }

    static MlIndex open(SectionReader file, KernelProvider kernel) {
        VectorLayout layout = new VectorLayout(file.spec(), kernel);
        long stride = layout.stride();
        MemorySegment vectors = file.section("vectors");
        MemorySegment ids = file.section("ids");
        MemorySegment pivots = file.section("pivots");
        int[] starts = whole(file, "starts").toArray(INT);
        float[] distances = whole(file, "distances").toArray(VectorRows.FLOAT);
        int n = distances.length;
        require(n <= SlotTable.MAX_SIZE, file, "there are " + n + " rows");
        require(
                vectors.byteSize() == n * stride,
                file,
                "the vectors have " + vectors.byteSize() + " bytes for " + n + " rows of " + stride);
        require(
                ids.byteSize() == (long) Long.BYTES * n,
                file,
                "the ids have " + ids.byteSize() + " bytes for " + n + " rows");
        require(
                starts.length >= 1 && pivots.byteSize() == (starts.length - 1) * stride,
                file,
                "there are " + starts.length + " starts, and pivots of " + pivots.byteSize() + " bytes");
        require(starts[0] == 0 && starts[starts.length - 1] == n, file, "partitions do not span the " + n + " rows");
        for (int p = 0; p + 1 < starts.length; p++) {
            require(starts[p] <= starts[p + 1], file, "partition " + p + " ends before it begins");
        }
        for (int p = 0; p + 1 < starts.length; p++) {
            for (int slot = starts[p]; slot < starts[p + 1]; slot++) {
                float least = slot == starts[p] ? 0 : distances[slot - 1];
                require(
                        distances[slot] >= least,
                        file,
                        "row " + slot + " has distance " + distances[slot] + " after " + least);
            }
        }
        try {
            MlParameters.from(file.spec().parameters());
            layout.rows(pivots, starts.length - 1).requireValid();
            return new MlIndex(
                    file.spec(), kernel, new MlIndex.Content(vectors, ids, pivots, starts, distances), file::close);
        } catch (IllegalArgumentException e) {
            IndexFileException corrupt =
                    new IndexFileException.Corrupt(file.source() + " is damaged: " + e.getMessage());
            corrupt.initCause(e);
            throw corrupt;
        }
    }

    /** A section of four bytes each. */
    private static MemorySegment whole(SectionReader file, String name) {
        MemorySegment section = file.section(name);
        require(
                section.byteSize() % Integer.BYTES == 0 && section.byteSize() / Integer.BYTES < SlotTable.MAX_SIZE,
                file,
                "section '" + name + "' has " + section.byteSize() + " bytes");
        return section;
    }

    private static void require(boolean sound, SectionReader file, String message) {
        if (!sound) {
            throw new IndexFileException.Corrupt(file.source() + " is damaged: " + message);
        }
    }
}
