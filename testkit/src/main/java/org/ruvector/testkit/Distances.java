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
        double sum = 0, aa = 0, bb = 0;
        switch (metric) {
            case EUCLIDEAN -> {
                for (int i = 0; i < a.length; i++) {
                    double d = (double) a[i] - b[i];
                    sum += d * d;
                }
                return sum;
            }
            case MANHATTAN -> {
                for (int i = 0; i < a.length; i++) {
                    sum += Math.abs((double) a[i] - b[i]);
                }
                return sum;
            }
            case INNER_PRODUCT -> {
                for (int i = 0; i < a.length; i++) {
                    sum += (double) a[i] * b[i];
                }
                return -sum;
            }
            case COSINE -> {
                for (int i = 0; i < a.length; i++) {
                    sum += (double) a[i] * b[i];
                    aa += (double) a[i] * a[i];
                    bb += (double) b[i] * b[i];
                }
                return aa == 0 || bb == 0 ? 1 : 1 - sum / (Math.sqrt(aa) * Math.sqrt(bb));
            }
            case HAMMING -> throw new IllegalArgumentException("hamming compares bit vectors only");
        }
        throw new AssertionError(metric);
    }

    private static double tolerance(Metric metric, float[] a, float[] b) {
        double terms = 0, aa = 0, bb = 0;
        boolean integers = true;
        for (int i = 0; i < a.length; i++) {
            double x = a[i], y = b[i];
            integers &= x == Math.rint(x) && y == Math.rint(y);
            terms += switch (metric) {
                case EUCLIDEAN -> (x - y) * (x - y);
                case MANHATTAN -> Math.abs(x - y);
                default -> Math.abs(x * y);
            };
            aa += x * x;
            bb += y * y;
        }
        if (metric == Metric.COSINE) {
            return aa == 0 || bb == 0 ? 0 : 4 * EPSILON * a.length * (1 + terms / (Math.sqrt(aa) * Math.sqrt(bb)));
        }
        // The last term is for products that underflow.
        return integers && terms < EXACT_INTEGERS ? 0 : a.length * (4 * EPSILON * terms + Float.MIN_VALUE);
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
