package org.ruvector.datasets;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.ruvector.api.BuildContext;
import org.ruvector.api.Metric;
import org.ruvector.api.Parameters;
import org.ruvector.api.VectorRows;

/** Handwritten digits, which come with this module; see {@link Datasets}. */
final class Digits implements NamedSet {

    static final Digits ALL = new Digits();

    private static final String RESOURCE = "digits-images.idx3.gz";
    private static final int HEADER = 16;
    private static final int DIMENSION = 64;
    private static final int COUNT = 1797;
    /** Of the images with numbers divisible by this one the first hundred are the queries. */
    private static final int STEP = 17;

    private static final int QUERIES = 100;

    private Digits() {}

    @Override
    public String name() {
        return "digits";
    }

    @Override
    public Dataset load(Path cache, Parameters options, BuildContext context) throws IOException {
        options.requireOnly("limit");
        int most = COUNT - QUERIES;
        int limit = options.getInt("limit", most);
        if (limit < 1 || limit > most) {
            throw new IllegalArgumentException(
                    "limit=" + limit + " is out of range; " + name() + " has from 1 to " + most + " base vectors");
        }
        byte[] pixels = read();
        float[] base = new float[most * DIMENSION];
        float[] queries = new float[QUERIES * DIMENSION];
        int b = 0;
        int q = 0;
        for (int image = 0; image < COUNT; image++) {
            boolean asked = image % STEP == 0 && q < queries.length;
            for (int i = 0; i < DIMENSION; i++) {
                byte pixel = pixels[HEADER + image * DIMENSION + i];
                if (asked) {
                    queries[q++] = pixel;
                } else {
                    base[b++] = pixel;
                }
            }
        }
        Split rows = Split.of(VectorRows.ofFloats(Arrays.copyOf(base, limit * DIMENSION), DIMENSION));
        Split asked = Split.of(VectorRows.ofFloats(queries, DIMENSION));
        Provenance provenance = Provenance.of(
                name(),
                Metric.EUCLIDEAN,
                rows.rows(),
                asked.rows(),
                Map.of("source", "Optical Recognition of Handwritten Digits, UCI"));
        int k = Math.min(NEIGHBOURS, limit);
        return new Dataset(
                provenance, rows, asked, GroundTruth.exact(rows.rows(), asked.rows(), Metric.EUCLIDEAN, k, context));
    }

    private static byte[] read() throws IOException {
        try (InputStream packed = Digits.class.getResourceAsStream(RESOURCE)) {
            if (packed == null) {
                throw new DatasetException(RESOURCE, "is missing from the module; build it again");
            }
            byte[] all = new GZIPInputStream(packed).readAllBytes();
            if (all.length != HEADER + COUNT * DIMENSION) {
                throw new DatasetException(
                        RESOURCE,
                        "has " + all.length + " bytes in place of " + (HEADER + COUNT * DIMENSION)
                                + "; build the module again");
            }
            return all;
        }
    }
}
