package org.ruvector.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPInputStream;
import org.ruvector.api.ElementType;
import org.ruvector.api.Hit;
import org.ruvector.api.SearchRequest;
import org.ruvector.api.VectorRows;

/**
 * Real vectors that come with the testkit. All coordinates are small whole numbers, so that distances other than cosine
 * are exact in single precision. Where they come from stands in {@code DATA.md} beside the files. Immutable and
 * thread-safe; the ids of base vectors are their row numbers.
 */
public final class RealData {

    /** Neighbours per query in {@link #truth}. */
    public static final int NEIGHBOURS = 100;

    private final String name;
    private final int dimension;
    private final Pixels base;
    private final Pixels queries;
    private final Map<Space, List<List<Hit>>> truth = new ConcurrentHashMap<>();

    private record Pixels(byte[] unsigned, int[] labels) {}

    private RealData(String name, int dimension, Pixels base, Pixels queries) {
        this.name = name;
        this.dimension = dimension;
        this.base = base;
        this.queries = queries;
    }

    /**
     * Handwritten digits, 64 pixels from 0 to 16: 1,697 base vectors and 100 queries. As bytes the same numbers, as bits 1
     * where a pixel is over 8. No labels.
     */
    public static RealData digits() {
        return Digits.DATA;
    }

    /**
     * A sample of Fashion-MNIST, 784 pixels from 0 to 255: 10,000 base vectors, every sixth of the training set, and 200
     * queries, every fiftieth of the test set. As bytes half the pixel's value, rounded down; as bits 1 where it is over
     * 127. The labels are the ten classes.
     */
    public static RealData fashionMnist() {
        return Fashion.DATA;
    }

    /** What it is called in messages. */
    public String name() {
        return name;
    }

    /** Coordinates per vector. */
    public int dimension() {
        return dimension;
    }

    /** A copy of the base vectors. */
    public VectorRows base(ElementType type) {
        return rows(base.unsigned(), type);
    }

    /** A copy of the queries. */
    public VectorRows queries(ElementType type) {
        return rows(queries.unsigned(), type);
    }

    /** The classes of the base vectors; empty where there are none. */
    public int[] labels() {
        return base.labels().clone();
    }

    /** The classes of the queries; empty where there are none. */
    public int[] queryLabels() {
        return queries.labels().clone();
    }

    /** Brute force over the base vectors. */
    public Oracle oracle(Space space) {
        VectorRows rows = base(space.type());
        long[] ids = new long[rows.count()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = i;
        }
        return Oracle.of(space.metric(), rows, ids);
    }

    /** The {@link #NEIGHBOURS} exact neighbours of every query, computed once. */
    public List<List<Hit>> truth(Space space) {
        return truth.computeIfAbsent(space, wanted -> {
            Oracle oracle = oracle(wanted);
            VectorRows all = queries(wanted.type());
            List<List<Hit>> exact = new ArrayList<>();
            for (int i = 0; i < all.count(); i++) {
                exact.add(oracle.search(SearchRequest.of(all.query(i), NEIGHBOURS)));
            }
            return List.copyOf(exact);
        });
    }

    private VectorRows rows(byte[] unsigned, ElementType type) {
        boolean digits = dimension == 64;
        return switch (type) {
            case FLOAT32 -> {
                float[] floats = new float[unsigned.length];
                for (int i = 0; i < floats.length; i++) {
                    floats[i] = unsigned[i] & 0xff;
                }
                yield VectorRows.ofFloats(floats, dimension);
            }
            case INT8 -> {
                byte[] bytes = new byte[unsigned.length];
                for (int i = 0; i < bytes.length; i++) {
                    bytes[i] = (byte) (digits ? unsigned[i] : (unsigned[i] & 0xff) >>> 1);
                }
                yield VectorRows.ofBytes(bytes, dimension);
            }
            case BIT -> {
                int words = ElementType.words(dimension);
                long[] bits = new long[unsigned.length / dimension * words];
                for (int i = 0; i < unsigned.length; i++) {
                    int column = i % dimension;
                    if ((unsigned[i] & 0xff) > (digits ? 8 : 127)) {
                        bits[i / dimension * words + (column >> 6)] |= 1L << column;
                    }
                }
                yield VectorRows.ofBits(bits, dimension);
            }
        };
    }

    private static final class Digits {
        static final RealData DATA = read();

        private static RealData read() {
            List<String> lines = new String(resource("digits.csv"), StandardCharsets.US_ASCII)
                    .lines()
                    .toList();
            // The split of the reference figures: every 17th of the first 1,684 rows is a query.
            int queryCount = 100;
            byte[] base = new byte[(lines.size() - queryCount) * 64];
            byte[] queries = new byte[queryCount * 64];
            int b = 0, q = 0;
            for (int row = 0; row < lines.size(); row++) {
                boolean isQuery = row % 17 == 0 && row / 17 < queryCount;
                for (String pixel : lines.get(row).split(",", -1)) {
                    if (isQuery) {
                        queries[q++] = Byte.parseByte(pixel);
                    } else {
                        base[b++] = Byte.parseByte(pixel);
                    }
                }
            }
            return new RealData("digits", 64, new Pixels(base, new int[0]), new Pixels(queries, new int[0]));
        }
    }

    private static final class Fashion {
        static final RealData DATA = new RealData("fashion-mnist-10k", 784, read("base"), read("queries"));

        private static Pixels read(String part) {
            byte[] labels = idx("fashion-mnist-" + part + "-labels.idx1.gz", 8);
            int[] classes = new int[labels.length];
            for (int i = 0; i < classes.length; i++) {
                classes[i] = labels[i];
            }
            return new Pixels(idx("fashion-mnist-" + part + ".idx3.gz", 16), classes);
        }

        private static byte[] idx(String file, int header) {
            byte[] all = resource(file);
            byte[] data = new byte[all.length - header];
            System.arraycopy(all, header, data, 0, data.length);
            return data;
        }
    }

    private static byte[] resource(String file) {
        try (InputStream raw = RealData.class.getResourceAsStream(file)) {
            if (raw == null) {
                throw new IllegalStateException("The testkit's resource " + file + " is missing");
            }
            return file.endsWith(".gz") ? new GZIPInputStream(raw).readAllBytes() : raw.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the testkit's resource " + file, e);
        }
    }
}
