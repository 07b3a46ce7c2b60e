package org.ruvector.index.learned.keys;

import java.util.Arrays;

/**
 * The fewest straight lines that pass all points {@code (x, y)}, given by ascending {@code x}, at a vertical distance of at most
 * {@code ε} (J. O'Rourke, "An on-line algorithm for fitting straight lines between data ranges", Communications of the ACM 1981). Keeps
 * the two hulls between which the current line must pass, and its steepest and flattest course. Exact: slopes are compared as
 * fractions in 128 bits. A point takes constant time on average.
 */
final class OptimalPiecewiseLinear {

    /** Takes the lines. */
    interface Sink {
        /**
         * The line {@code y = intercept + slope · (x − firstX)}.
         *
         * @param firstX where it begins; it ends before the next one
         */
        void line(long firstX, double slope, double intercept);
    }

    private final long epsilon;
    private final Sink sink;
    private final Hull lower = new Hull();
    private final Hull upper = new Hull();
    private int points;
    private long firstX;

    /** The corners: the line of least slope goes from 0 to 2, that of greatest slope from 1 to 3. */
    private final long[] cornerX = new long[4];

    private final long[] cornerY = new long[4];

    OptimalPiecewiseLinear(long epsilon, Sink sink) {
        this.epsilon = epsilon;
        this.sink = sink;
    }

    /** Adds a point; {@code x} must be above that of the one before. */
    void add(long x, long y) {
        if (!fits(x, y)) {
            end();
            fits(x, y);
        }
    }

    /** Hands over the last line. */
    void end() {
        if (points == 0) {
            return;
        }
        if (points == 1) {
            sink.line(firstX, 0, (cornerY[0] + cornerY[1]) / 2.0);
        } else {
            double slope = (cornerY[3] - cornerY[1]) / unsigned(cornerX[3] - cornerX[1]);
            sink.line(firstX, slope, cornerY[1] - slope * unsigned(cornerX[1] - firstX));
        }
        points = 0;
    }

    private boolean fits(long x, long y) {
        long top = y + epsilon;
        // No position is below zero, so that lines need not be either.
        long bottom = Math.max(0, y - epsilon);
        if (points == 0) {
            firstX = x;
            corner(0, x, top);
            corner(1, x, bottom);
            upper.start(x, top);
            lower.start(x, bottom);
            points = 1;
            return true;
        }
        if (points == 1) {
            corner(2, x, bottom);
            corner(3, x, top);
            upper.push(x, top);
            lower.push(x, bottom);
            points = 2;
            return true;
        }
        if (slopes(2, x, top, 0, 2) < 0 || slopes(3, x, bottom, 1, 3) > 0) {
            return false;
        }
        if (slopes(1, x, top, 1, 3) < 0) {
            int touched = lower.tangent(x, top, 1);
            corner(1, lower.x[touched], lower.y[touched]);
            corner(3, x, top);
            lower.from = touched;
            upper.add(x, top, 1);
        }
        if (slopes(0, x, bottom, 0, 2) > 0) {
            int touched = upper.tangent(x, bottom, -1);
            corner(0, upper.x[touched], upper.y[touched]);
            corner(2, x, bottom);
            upper.from = touched;
            lower.add(x, bottom, -1);
        }
        points++;
        return true;
    }

    private void corner(int i, long x, long y) {
        cornerX[i] = x;
        cornerY[i] = y;
    }

    /** Compares the slope from corner {@code a} to a point with that from corner {@code b} to corner {@code c}. */
    private int slopes(int a, long x, long y, int b, int c) {
        return compare(x - cornerX[a], y - cornerY[a], cornerX[c] - cornerX[b], cornerY[c] - cornerY[b]);
    }

    /** The sign of {@code dy1 / dx1 − dy2 / dx2}, where {@code dx1} and {@code dx2} are unsigned. */
    private static int compare(long dx1, long dy1, long dx2, long dy2) {
        int sign1 = Long.signum(dy1);
        int sign2 = Long.signum(dy2);
        if (sign1 != sign2) {
            return Integer.compare(sign1, sign2);
        }
        long left = Math.abs(dy1);
        long right = Math.abs(dy2);
        int high = Long.compareUnsigned(Math.unsignedMultiplyHigh(left, dx2), Math.unsignedMultiplyHigh(right, dx1));
        return sign1 * (high != 0 ? high : Long.compareUnsigned(left * dx2, right * dx1));
    }

    /** An unsigned difference as a double. */
    static double unsigned(long difference) {
        return difference >= 0 ? difference : ((difference >>> 1) | (difference & 1)) * 2.0;
    }

    /** Points of which the line may touch one, by ascending x. */
    private static final class Hull {
        private long[] x = new long[64];
        private long[] y = new long[64];
        private int from;
        private int to;

        void start(long px, long py) {
            from = 0;
            to = 0;
            push(px, py);
        }

        void push(long px, long py) {
            if (to == x.length) {
                x = Arrays.copyOf(x, 2 * to);
                y = Arrays.copyOf(y, 2 * to);
            }
            x[to] = px;
            y[to++] = py;
        }

        /** Adds a point and drops those that it leaves inside; {@code side} is 1 for the upper hull, −1 for the lower. */
        void add(long px, long py, int side) {
            while (to >= from + 2 && side * turn(px, py) <= 0) {
                to--;
            }
            push(px, py);
        }

        /** The sign of the slope from the last point but one to the new one, less that to the last. */
        private int turn(long px, long py) {
            long ox = x[to - 2];
            long oy = y[to - 2];
            return compare(px - ox, py - oy, x[to - 1] - ox, y[to - 1] - oy);
        }

        /** The place where a line through the point touches the hull: least slope for {@code side} 1, greatest for −1. */
        int tangent(long px, long py, int side) {
            int best = from;
            for (int i = from + 1; i < to; i++) {
                if (side * compare(px - x[i], py - y[i], px - x[best], py - y[best]) > 0) {
                    break;
                }
                best = i;
            }
            return best;
        }
    }
}
