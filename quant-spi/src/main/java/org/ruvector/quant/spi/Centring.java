package org.ruvector.quant.spi;

import java.io.IOException;
import org.ruvector.api.IndexFileException;
import org.ruvector.api.spi.SectionReader;
import org.ruvector.api.spi.SectionWriter;

/**
 * What is done to a vector before it is hashed: {@code (x − mean) / scale}. With one scale for all, the root mean square of a
 * coordinate, huge and tiny vectors neither overflow nor vanish when they are multiplied.
 *
 * @param scale above 0
 */
record Centring(float[] mean, float scale) {

    static Centring open(SectionReader file, String prefix, int dimension) {
        float[] mean = Floats.read(file, prefix + "mean", dimension);
        float scale = Floats.read(file, prefix + "scale", 1)[0];
        if (scale <= 0) {
            throw new IndexFileException.Corrupt(
                    file.source() + ": section '" + prefix + "scale' holds " + scale + "; it must be above 0");
        }
        return new Centring(mean, scale);
    }

    void save(SectionWriter file, String prefix) throws IOException {
        Floats.write(file, prefix + "mean", mean);
        Floats.write(file, prefix + "scale", new float[] {scale});
    }

    /** Replaces {@code x} by {@code (x − mean) / scale}. */
    void apply(float[] x) {
        double factor = 1.0 / scale;
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) ((x[i] - (double) mean[i]) * factor);
        }
    }

    /** Undoes {@link #apply}. */
    void undo(float[] x) {
        for (int i = 0; i < x.length; i++) {
            x[i] = mean[i] + scale * x[i];
        }
    }
}
