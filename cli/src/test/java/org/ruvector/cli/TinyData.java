package org.ruvector.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.ruvector.api.VectorRows;
import org.ruvector.datasets.VectorFiles;

/** Small made-up vectors in files. */
final class TinyData {

    static final int DIMENSION = 8;

    private TinyData() {}

    static VectorRows rows(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[count * DIMENSION];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return VectorRows.ofFloats(values, DIMENSION);
    }

    static Path file(Path folder, String name, int count, long seed) throws IOException {
        Path file = folder.resolve(name);
        VectorFiles.write(file, rows(count, seed));
        return file;
    }
}
