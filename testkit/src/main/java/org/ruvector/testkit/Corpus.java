package org.ruvector.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.ruvector.api.ElementType;
import org.ruvector.api.Query;
import org.ruvector.api.VectorRows;

/**
 * Vectors to test with, made up on demand from a few numbers: the same record always gives the same vectors, ids and
 * queries.
 *
 * @param space     how they are stored and compared
 * @param content   what is awkward about them
 * @param dimension coordinates per vector, at least 1
 * @param count     number of vectors, 0 or more
 * @param seed      chooses the coordinates; where it is odd the ids are scattered over all of {@code long}
 */
public record Corpus(Space space, Content content, int dimension, int count, long seed) {

    /** What is awkward about the vectors. */
    public enum Content {
        /** Independent and normally distributed; as bytes all of their range; as bits evenly 0 and 1. */
        NORMAL,
        /** Integers from 0 to 3, so that many distances are equal and every one is exact. */
        GRID,
        /** A handful of distinct vectors, each many times. */
        DUPLICATES,
        /** One vector over and over. */
        CONSTANT,
        /** Every third vector is zero. */
        ZEROS,
        /** Of magnitude 10¹⁵, whose squares single precision still holds; as bytes only −128 and 127; as bits mostly 1. */
        HUGE,
        /** Of magnitude 10⁻¹⁵; as bytes −1, 0 and 1; as bits mostly 0. */
        TINY
    }

    /** The vectors. */
    public VectorRows rows() {
        return pack(vectors(0, count));
    }

    /** The ids of the vectors: 0, 1, 2, … or scattered, with the smallest and the largest {@code long} among them. */
    public long[] ids() {
        long[] ids = new long[count];
        for (int i = 0; i < count; i++) {
            ids[i] = id(i);
        }
        return ids;
    }

    /** Five queries: two are stored vectors, two are new ones of the same content, one is zero. */
    public List<Query> queries() {
        List<Query> queries = new ArrayList<>();
        if (count > 0) {
            queries.addAll(vectors(count / 2, count / 2 + 1));
            queries.addAll(vectors(count - 1, count));
        }
        queries.addAll(vectors(count, count + 2));
        queries.add(zero(space.type(), dimension));
        return queries;
    }

    /** Brute force over the vectors. */
    public Oracle oracle() {
        return Oracle.of(space.metric(), rows(), ids());
    }

    /** The {@code i}-th vector, also beyond {@code count}. */
    public Query vector(int i) {
        return vectors(i, i + 1).getFirst();
    }

    /** The {@code i}-th id, also beyond {@code count}. */
    public long id(int i) {
        if (seed % 2 == 0) {
            return i;
        }
        return switch (i) {
            case 0 -> Long.MIN_VALUE;
            case 1 -> Long.MAX_VALUE;
            // An odd multiplier permutes the longs, so that ids stay distinct.
            default -> i * 0xbf58476d1ce4e5b9L;
        };
    }

    /** The vector whose coordinates are all 0. */
    public static Query zero(ElementType type, int dimension) {
        return switch (type) {
            case FLOAT32 -> Query.of(new float[dimension]);
            case INT8 -> Query.of(new byte[dimension]);
            case BIT -> Query.of(new long[ElementType.words(dimension)], dimension);
        };
    }

    /** Queries of one type and dimension, at least one, as rows. */
    public static VectorRows pack(List<Query> vectors, ElementType type, int dimension) {
        return switch (type) {
            case FLOAT32 -> {
                float[] all = new float[vectors.size() * dimension];
                for (int i = 0; i < vectors.size(); i++) {
                    System.arraycopy(((Query.Floats) vectors.get(i)).vector(), 0, all, i * dimension, dimension);
                }
                yield VectorRows.ofFloats(all, dimension);
            }
            case INT8 -> {
                byte[] all = new byte[vectors.size() * dimension];
                for (int i = 0; i < vectors.size(); i++) {
                    System.arraycopy(((Query.Bytes) vectors.get(i)).vector(), 0, all, i * dimension, dimension);
                }
                yield VectorRows.ofBytes(all, dimension);
            }
            case BIT -> {
                int words = ElementType.words(dimension);
                long[] all = new long[vectors.size() * words];
                for (int i = 0; i < vectors.size(); i++) {
                    System.arraycopy(((Query.Bits) vectors.get(i)).words(), 0, all, i * words, words);
                }
                yield VectorRows.ofBits(all, dimension);
            }
        };
    }

    private VectorRows pack(List<Query> vectors) {
        return pack(vectors, space.type(), dimension);
    }

    private List<Query> vectors(int from, int to) {
        List<Query> vectors = new ArrayList<>(to - from);
        for (int i = from; i < to; i++) {
            boolean isZero = content == Content.ZEROS && i % 3 == 0;
            int source = content == Content.CONSTANT ? 0 : content == Content.DUPLICATES ? i % 5 : i;
            vectors.add(
                    isZero ? zero(space.type(), dimension) : make(new SplittableRandom(seed * 1_000_003L + source)));
        }
        return vectors;
    }

    private Query make(SplittableRandom random) {
        return switch (space.type()) {
            case FLOAT32 -> {
                float[] vector = new float[dimension];
                for (int i = 0; i < dimension; i++) {
                    vector[i] = switch (content) {
                        case GRID -> random.nextInt(4);
                        case HUGE -> (float) (1e15 * sign(random) * (1 + random.nextDouble()));
                        case TINY -> (float) (1e-15 * sign(random) * (1 + random.nextDouble()));
                        default -> (float) random.nextGaussian();
                    };
                }
                yield Query.of(vector);
            }
            case INT8 -> {
                byte[] vector = new byte[dimension];
                for (int i = 0; i < dimension; i++) {
                    vector[i] = (byte)
                            switch (content) {
                                case GRID -> random.nextInt(4);
                                case HUGE -> random.nextBoolean() ? Byte.MIN_VALUE : Byte.MAX_VALUE;
                                case TINY -> random.nextInt(-1, 2);
                                default -> random.nextInt(256);
                            };
                }
                yield Query.of(vector);
            }
            case BIT -> {
                long[] words = new long[ElementType.words(dimension)];
                for (int i = 0; i < dimension; i++) {
                    boolean bit = switch (content) {
                        case GRID -> i < 3 && random.nextBoolean();
                        case HUGE -> random.nextInt(10) > 0;
                        case TINY -> random.nextInt(10) == 0;
                        default -> random.nextBoolean();
                    };
                    words[i >> 6] |= bit ? 1L << i : 0;
                }
                yield Query.of(words, dimension);
            }
        };
    }

    private static int sign(SplittableRandom random) {
        return random.nextBoolean() ? 1 : -1;
    }
}
