package org.ruvector.quant.spi;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import org.ruvector.api.IndexFileException;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.SectionReader;
import org.ruvector.api.spi.SectionWriter;

/** Sections that hold floats and nothing else. */
final class Floats {

    private Floats() {}

    static void write(SectionWriter file, String name, float[] values) throws IOException {
        MemorySegment bytes = MemorySegment.ofArray(new byte[4 * values.length]);
        MemorySegment.copy(values, 0, bytes, VectorRows.FLOAT, 0, values.length);
        file.section(name, bytes);
    }

    /** Reads {@code count} floats; anything else that the section holds is refused. */
    static float[] read(SectionReader file, String name, int count) {
        MemorySegment bytes = file.section(name);
        if (bytes.byteSize() != 4L * count) {
            throw new IndexFileException.Corrupt(file.source() + ": section '" + name + "' has " + bytes.byteSize()
                    + " bytes; it must have " + 4L * count);
        }
        float[] values = new float[count];
        MemorySegment.copy(bytes, VectorRows.FLOAT, 0, values, 0, count);
        for (int i = 0; i < count; i++) {
            if (!Float.isFinite(values[i])) {
                throw new IndexFileException.Corrupt(file.source() + ": section '" + name + "' holds " + values[i]
                        + " at position " + i + "; every number must be finite");
            }
        }
        return values;
    }
}
