package org.ruvector.testkit;

import org.ruvector.api.Metric;
import org.ruvector.api.Query;

/** The metrics' definitions in double precision, written for plainness. */
final class Distances {

    private static final double EPSILON = Math.ulp(1f);
    private static final double EXACT_INTEGERS = 1 << 24;

    private Distances() {}

    static double distance(Metric metric, Query a, Query b) {
        return switch (a) {
            case Query.Floats(float[] x) -> distance(metric, x, ((Query.Floats) b).vector());
            case Query.Bytes(byte[] x) -> distance(metric, x, ((Query.Bytes) b).vector());
            case Query.Bits(long[] x, int dimension) -> hamming(x, ((Query.Bits) b).words());
        };
    }

    /**
     * How far a kernel's distance may be from the one computed here: {@code 4 · ε · dimension · Σ|terms|}, or 0 where all
     * partial sums are integers that single precision holds exactly, or that are summed as integers.
     */
    static double tolerance(Metric metric, Query a, Query b) {
        return switch (a) {
            case Query.Floats(float[] x) -> tolerance(metric, x, ((Query.Floats) b).vector());
            case Query.Bytes(byte[] x) -> metric == Metric.COSINE ? 8 * EPSILON : 0;
            case Query.Bits bits -> 0;
        };
    }

    private static double distance(Metric metric, float[] a, float[] b) {
        return switch (metric) {
            case EUCLIDEAN -> {
                double sum = 0;
                for (int i = 0; i < a.length; i++) {
                    double d = (double) a[i] - b[i];
                    sum += d * d;
                }
                yield sum;
            }
            case MANHATTAN -> {
                double sum = 0;
                for (int i = 0; i < a.length; i++) {
                    sum += Math.abs((double) a[i] - b[i]);
                }
                yield sum;
            }
            case INNER_PRODUCT -> -dot(a, b);
            case COSINE -> {
                double aa = dot(a, a), bb = dot(b, b);
                yield aa == 0 || bb == 0 ? 1 : 1 - dot(a, b) / (Math.sqrt(aa) * Math.sqrt(bb));
            }
            case HAMMING -> throw new IllegalArgumentException("hamming compares bit vectors only");
        };
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }

    /** The same without looking for sums that are exact. */
    static double rounding(Metric metric, Query a, Query b) {
        return rounding(metric, ((Query.Floats) a).vector(), ((Query.Floats) b).vector());
    }

    /** The distance where the inner product is all that is known of a vector; under cosine it counts as one of unit length. */
    static double estimate(Metric metric, Query query, Query vector) {
        float[] q = ((Query.Floats) query).vector();
        float[] x = ((Query.Floats) vector).vector();
        return switch (metric) {
            case COSINE -> {
                double qq = dot(q, q);
                yield 1 - (qq == 0 ? 0 : dot(q, x) / Math.sqrt(qq));
            }
            default -> distance(metric, q, x);
        };
    }

    static double length(Query vector) {
        float[] x = ((Query.Floats) vector).vector();
        return Math.sqrt(dot(x, x));
    }

    /** How far such a distance may be off: it is put together from inner products, which may cancel each other. */
    static double estimateRounding(Metric metric, Query query, Query vector) {
        double lengths = (metric == Metric.COSINE ? 1 : length(query)) + length(vector);
        return 4 * EPSILON * (query.dimension() + 16) * (lengths * lengths + Float.MIN_NORMAL);
    }

    private static double tolerance(Metric metric, float[] a, float[] b) {
        boolean integers = metric != Metric.COSINE;
        for (int i = 0; i < a.length && integers; i++) {
            integers = a[i] == Math.rint(a[i]) && b[i] == Math.rint(b[i]);
        }
        return integers && terms(metric, a, b) < EXACT_INTEGERS ? 0 : rounding(metric, a, b);
    }

    private static double rounding(Metric metric, float[] a, float[] b) {
        if (metric == Metric.COSINE) {
            double scale = Math.sqrt(dot(a, a)) * Math.sqrt(dot(b, b));
            return scale == 0 ? 0 : 4 * EPSILON * a.length * (1 + terms(metric, a, b) / scale);
        }
        // The last term is for products that underflow.
        return a.length * (4 * EPSILON * terms(metric, a, b) + Float.MIN_VALUE);
    }

    /** Sum of the terms' absolute values. */
    private static double terms(Metric metric, float[] a, float[] b) {
        double terms = 0;
        for (int i = 0; i < a.length; i++) {
            double x = a[i], y = b[i];
            terms += switch (metric) {
                case EUCLIDEAN -> (x - y) * (x - y);
                case MANHATTAN -> Math.abs(x - y);
                default -> Math.abs(x * y);
            };
        }
        return terms;
    }

    private static double distance(Metric metric, byte[] a, byte[] b) {
        float[] x = new float[a.length];
        float[] y = new float[b.length];
        for (int i = 0; i < a.length; i++) {
            x[i] = a[i];
            y[i] = b[i];
        }
        return distance(metric, x, y);
    }

    private static double hamming(long[] a, long[] b) {
        long bits = 0;
        for (int i = 0; i < a.length; i++) {
            bits += Long.bitCount(a[i] ^ b[i]);
        }
        return bits;
    }
}
