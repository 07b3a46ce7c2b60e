package org.ruvector.index.learned.keys;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * The piecewise geometric model index: the fewest straight lines that give every key's position up to {@code ε}, then the fewest
 * that give every line's place among these, and so on up to a single line (P. Ferragina and G. Vinciguerra, "The PGM-index: a fully-dynamic
 * compressed learned index with provable worst-case bounds", PVLDB 2020).
 *
 * <p>Built in {@code O(n)}; a look-up takes a line and a short search for each level, of which there are {@code O(log n)} to a
 * large base, and a search among {@code 2 ε + 2} keys. 24 bytes for each line. Keys with duplicates: their first position is
 * what counts, and after the last of them the line goes on at the position that follows.
 */
public final class PgmIndex implements KeyIndex {

    /** Keys' distance from the predicted position at most, unless told otherwise. */
    public static final int DEFAULT_EPSILON = 64;

    /** Lines' distance from their predicted place among the lines. */
    static final int EPSILON_ABOVE = 4;

    private final SortedKeys keys;
    private final int epsilon;
    private final Level[] levels;

    private PgmIndex(SortedKeys keys, int epsilon, Level[] levels) {
        this.keys = keys;
        this.epsilon = epsilon;
        this.levels = levels;
    }

    /**
     * Builds an index with lines no farther than {@value #DEFAULT_EPSILON} from the keys' positions.
     *
     * @param keys any number of them
     */
    public static PgmIndex of(SortedKeys keys) {
        return of(keys, DEFAULT_EPSILON);
    }

    /**
     * Builds an index.
     *
     * @param keys    any number of them
     * @param epsilon how far a key may be from its predicted position, from 1 to 2³⁰; smaller ones take more lines, in exchange for a
     *                shorter search
     * @throws IllegalArgumentException if {@code epsilon} is out of range
     */
    public static PgmIndex of(SortedKeys keys, int epsilon) {
        Objects.requireNonNull(keys, "keys");
        if (epsilon < 1 || epsilon > 1 << 30) {
            throw new IllegalArgumentException("epsilon is " + epsilon + "; it must be from 1 to " + (1 << 30));
        }
        List<Level> levels = new ArrayList<>();
        if (keys.size() > 0) {
            levels.add(Level.of(keys.codes(), keys.size(), epsilon));
            while (levels.getLast().lines > 1) {
                levels.add(Level.of(levels.getLast().firsts, levels.getLast().lines, EPSILON_ABOVE));
            }
        }
        return new PgmIndex(keys, epsilon, levels.toArray(Level[]::new));
    }

    @Override
    public SortedKeys keys() {
        return keys;
    }

    /** How far a key may be from its predicted position. */
    public int epsilon() {
        return epsilon;
    }

    /** Lines over the keys. */
    public int segments() {
        return levels.length == 0 ? 0 : levels[0].lines;
    }

    /** Levels, of which the uppermost is one line; 0 without keys. */
    public int height() {
        return levels.length;
    }

    @Override
    public int position(long code) {
        int n = keys.size();
        if (n == 0 || code <= keys.codes()[0]) {
            return 0;
        }
        int line = 0;
        for (int l = levels.length - 1; l > 0; l--) {
            line = levels[l - 1].lineOf(code, levels[l].predict(line, code));
        }
        int guess = levels[0].predict(line, code);
        return LastMile.BINARY.search(
                keys, code, guess, Math.max(0, guess - epsilon - 1), (int) Math.min(n, guess + epsilon + 2L));
    }

    @Override
    public long bytes() {
        return Arrays.stream(levels).mapToLong(level -> 24L * level.lines).sum();
    }

    @Override
    public String toString() {
        return "pgm:epsilon=" + epsilon;
    }

    /** Lines over the keys, or over the lines below. */
    private static final class Level implements OptimalPiecewiseLinear.Sink {
        private long[] firsts = new long[16];
        /** Slope and intercept of each line. */
        private double[] course = new double[32];

        private final int size;
        private int lines;

        private Level(int size) {
            this.size = size;
        }

        static Level of(long[] keys, int n, int epsilon) {
            Level level = new Level(n);
            OptimalPiecewiseLinear fit = new OptimalPiecewiseLinear(epsilon, level);
            for (int i = 0; i < n; i++) {
                if (i == 0 || keys[i] != keys[i - 1]) {
                    fit.add(keys[i], i);
                } else if (i + 1 < n && keys[i] + 1 < keys[i + 1] && keys[i] != Long.MAX_VALUE) {
                    // Absent keys after a run of equal ones belong behind it, not at its beginning.
                    fit.add(keys[i] + 1, i);
                }
            }
            if (keys[n - 1] != Long.MAX_VALUE) {
                fit.add(keys[n - 1] + 1, n);
            }
            fit.end();
            level.firsts = Arrays.copyOf(level.firsts, level.lines);
            level.course = Arrays.copyOf(level.course, 2 * level.lines);
            return level;
        }

        @Override
        public void line(long firstX, double slope, double intercept) {
            if (lines == firsts.length) {
                firsts = Arrays.copyOf(firsts, 2 * lines);
                course = Arrays.copyOf(course, 4 * lines);
            }
            firsts[lines] = firstX;
            course[2 * lines] = slope;
            course[2 * lines + 1] = intercept;
            lines++;
        }

        /** Predicts a position; lines reach no farther than where the next one begins. */
        int predict(int line, long code) {
            double y = course[2 * line] * OptimalPiecewiseLinear.unsigned(code - firsts[line]) + course[2 * line + 1];
            double most = line + 1 < lines ? course[2 * line + 3] : size;
            return (int) Math.clamp(y, 0, Math.max(0, most));
        }

        /** The last line that does not begin behind the code, near the predicted one. */
        int lineOf(long code, int guess) {
            int line = Math.max(0, Math.min(guess, lines - 1) - EPSILON_ABOVE - 1);
            while (line > 0 && firsts[line] > code) {
                line--;
            }
            while (line + 1 < lines && firsts[line + 1] <= code) {
                line++;
            }
            return line;
        }
    }
}
