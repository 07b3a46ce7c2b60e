package org.ruvector.index.learned.keys;

/** How the position is found near the predicted one. */
public enum LastMile {
    /** Halves the window of the error bounds. */
    BINARY,
    /** Doubles the distance from the prediction until the key is passed, then halves. Better where most errors are far below the bound. */
    EXPONENTIAL,
    /** Guesses the place in the window by the line between its ends, a few times, then halves. Better where keys are evenly spread. */
    INTERPOLATED;

    private static final int GUESSES = 3;
    private static final int SHORT = 8;

    /**
     * The first position whose code is at least this one. Right even where it is not in the window.
     *
     * @param guess predicted position, anything
     * @param from  first position that it may be, at least 0
     * @param to    last position that it may be, at most the number of keys, and not below {@code from}
     */
    int search(SortedKeys keys, long code, int guess, int from, int to) {
        long[] codes = keys.codes();
        int found = switch (this) {
            case BINARY -> BinarySearch.lowerBound(codes, from, to, code);
            case EXPONENTIAL -> exponential(codes, code, Math.clamp(guess, from, to), from, to);
            case INTERPOLATED -> interpolated(keys, code, from, to);
        };
        if (found == from && from > 0 && codes[from - 1] >= code) {
            return exponential(codes, code, from - 1, 0, from - 1);
        }
        if (found == to && to < codes.length && codes[to] < code) {
            return exponential(codes, code, to + 1, to + 1, codes.length);
        }
        return found;
    }

    private static int exponential(long[] codes, long code, int start, int from, int to) {
        int step = 1;
        if (start < to && codes[start] < code) {
            int below = start;
            while (below + step < to && codes[below + step] < code) {
                below += step;
                step <<= 1;
            }
            return BinarySearch.lowerBound(codes, below + 1, Math.min(below + step, to), code);
        }
        int above = start;
        while (above - step >= from && codes[above - step] >= code) {
            above -= step;
            step <<= 1;
        }
        return BinarySearch.lowerBound(codes, Math.max(above - step + 1, from), above, code);
    }

    private static int interpolated(SortedKeys keys, long code, int from, int to) {
        long[] codes = keys.codes();
        double x = keys.coordinate(code);
        int low = from;
        int high = to;
        for (int i = 0; i < GUESSES && high - low > SHORT; i++) {
            double left = keys.coordinate(codes[low]);
            double right = keys.coordinate(codes[high - 1]);
            double share = (x - left) / (right - left);
            // Not a number, or outside, where keys are equal, infinite, or beyond the window.
            if (!(share >= 0 && share <= 1)) {
                break;
            }
            int middle = low + (int) (share * (high - 1 - low));
            if (codes[middle] < code) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return BinarySearch.lowerBound(codes, low, high, code);
    }
}
