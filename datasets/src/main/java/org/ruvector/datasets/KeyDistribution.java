package org.ruvector.datasets;

import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Keys drawn from a known distribution, for learned indexes. Synthetic: they show how a model fits a shape, not how it does on
 * somebody's data. Those in use with the reference figures of the PGM-index.
 */
public enum KeyDistribution {
    /** {@code 7 i + 3}: one straight line. */
    LINEAR {
        @Override
        long next(int i, long before, SplittableRandom random) {
            return 7L * i + 3;
        }
    },
    /** {@code i²}. */
    QUADRATIC {
        @Override
        long next(int i, long before, SplittableRandom random) {
            return (long) i * i;
        }
    },
    /** Evenly from 0 to 2⁵³. */
    UNIFORM {
        @Override
        long next(int i, long before, SplittableRandom random) {
            return random.nextLong() >>> 11;
        }
    },
    /** {@code −10¹² ln(1 − u)}, rounded down. */
    EXPONENTIAL {
        @Override
        long next(int i, long before, SplittableRandom random) {
            return (long) (-Math.log(1 - unit(random)) * 1e12);
        }
    },
    /** {@code 10⁹ e²ᶻ} with {@code z} from the normal distribution, rounded down: a long tail. */
    LOGNORMAL {
        @Override
        long next(int i, long before, SplittableRandom random) {
            double u = unit(random);
            double v = unit(random);
            return (long) (Math.exp(2 * Math.sqrt(-2 * Math.log(1 - u)) * Math.cos(2 * Math.PI * v)) * 1e9);
        }
    },
    /** A thousand keys close together, then a thousand a thousand times farther apart, and so on. */
    STEPS {
        @Override
        long next(int i, long before, SplittableRandom random) {
            return before + 1 + (i / 1000 % 2 == 1 ? 1000 : 1) * Long.remainderUnsigned(random.nextLong(), 10);
        }
    };

    /**
     * Draws keys, sorts them and drops duplicates. {@code O(n log n)}.
     *
     * @param n    how many to draw, not negative; fewer may remain
     * @param seed decides what is drawn; nothing is drawn for {@link #LINEAR} and {@link #QUADRATIC}
     * @return ascending and distinct
     * @throws IllegalArgumentException if {@code n} is negative
     */
    public long[] keys(int n, long seed) {
        if (n < 0) {
            throw new IllegalArgumentException("n is " + n + "; it must not be negative");
        }
        SplittableRandom random = new SplittableRandom(seed);
        long[] keys = new long[n];
        long before = 0;
        for (int i = 0; i < n; i++) {
            before = next(i, before, random);
            keys[i] = before;
        }
        Arrays.sort(keys);
        int distinct = 0;
        for (int i = 0; i < n; i++) {
            if (i == 0 || keys[i] != keys[i - 1]) {
                keys[distinct++] = keys[i];
            }
        }
        return Arrays.copyOf(keys, distinct);
    }

    /** The name in the form of parameters. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The i-th key drawn; {@code before} is the one drawn before it. */
    abstract long next(int i, long before, SplittableRandom random);

    /** From 0 to below 1, in steps of 2⁻⁵³. */
    private static double unit(SplittableRandom random) {
        return (random.nextLong() >>> 11) * 0x1p-53;
    }
}
