package org.ruvector.index.learned.keys;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.LongToIntFunction;

/**
 * The recursive model index: a root model predicts a key's position and so chooses a model below it, which knows a smaller part of
 * the keys better; the last one, the leaf, predicts the position within error bounds of its own (T. Kraska and others, "The case for
 * learned index structures", SIGMOD 2018; names of the models as in R. Marcus and others, "CDFShop", SIGMOD 2020).
 *
 * <p>Built in {@code O(n)} for each stage. A look-up evaluates a model for each stage and searches between the leaf's bounds. Bytes: 8
 * for each coefficient of a model and 8 for the bounds of a leaf.
 */
public final class RecursiveModelIndex implements KeyIndex {

    /**
     * Models, from the root down.
     *
     * @param root    the one model above all
     * @param middle  the second of three stages; not read if there are no models in it
     * @param middles models in the second of three stages, 0 for two stages
     * @param leaf    the last stage
     * @param leaves  models in it, from 1 to 2²⁶
     * @param last    how the position is found between a leaf's bounds
     */
    public record Stages(CdfModel root, CdfModel middle, int middles, CdfModel leaf, int leaves, LastMile last) {

        private static final int MOST = 1 << 26;

        /** Refuses what is out of range, and neural models but at the root. */
        public Stages {
            Objects.requireNonNull(root, "root");
            Objects.requireNonNull(middle, "middle");
            Objects.requireNonNull(leaf, "leaf");
            Objects.requireNonNull(last, "last");
            if (leaves < 1 || leaves > MOST) {
                throw new IllegalArgumentException("leaves is " + leaves + "; it must be from 1 to " + MOST);
            }
            if (middles < 0 || middles > MOST) {
                throw new IllegalArgumentException("middles is " + middles + "; it must be from 0 to " + MOST);
            }
            if (middle == CdfModel.NEURAL || leaf == CdfModel.NEURAL) {
                throw new IllegalArgumentException("Only the root may be neural; take linear for what is below it");
            }
        }

        /** Two stages with binary search: a root and so many straight lines by least squares. */
        public static Stages of(CdfModel root, int leaves) {
            return new Stages(root, CdfModel.LINEAR, 0, CdfModel.LINEAR, leaves, LastMile.BINARY);
        }
    }

    private final SortedKeys keys;
    private final Stages stages;
    private final double[] root;
    private final double[] middle;
    private final double[] leaves;

    /** Least error in the upper half, greatest in the lower: position less prediction. */
    private final long[] bounds;

    private final double first;
    private final double perUnit;

    private RecursiveModelIndex(SortedKeys keys, Stages stages) {
        this.keys = keys;
        this.stages = stages;
        int n = keys.size();
        first = n == 0 ? 0 : keys.coordinate(keys.codes()[0]);
        double width = n == 0 ? 0 : keys.coordinate(keys.codes()[n - 1]) - first;
        perUnit = width > 0 ? 1 / width : 0;
        root = new double[stages.root.coefficients()];
        middle = new double[stages.middles * stages.middle.coefficients()];
        leaves = new double[stages.leaves * stages.leaf.coefficients()];
        bounds = new long[stages.leaves];
        if (n > 0) {
            stages.root.fit(new Part(null, 0, n), root, 0);
            if (stages.middles > 0) {
                fit(
                        stages.middle,
                        stages.middles,
                        middle,
                        code -> below(stages.root.predict(root, 0, t(code)), stages.middles));
            }
            fit(stages.leaf, stages.leaves, leaves, code -> leafOf(t(code)));
            bound();
        }
    }

    /**
     * Builds an index.
     *
     * @param keys any number of them
     */
    public static RecursiveModelIndex of(SortedKeys keys, Stages stages) {
        Objects.requireNonNull(keys, "keys");
        Objects.requireNonNull(stages, "stages");
        return new RecursiveModelIndex(keys, stages);
    }

    @Override
    public SortedKeys keys() {
        return keys;
    }

    /** The models. */
    public Stages stages() {
        return stages;
    }

    @Override
    public int position(long code) {
        int n = keys.size();
        if (n == 0 || code <= keys.codes()[0]) {
            return 0;
        }
        double t = t(code);
        int leaf = leafOf(t);
        int guess = guess(leaf, t);
        long bound = bounds[leaf];
        int from = (int) Math.max(0, Math.min(n, guess + (bound >> 32)));
        int to = (int) Math.max(from, Math.min(n, guess + (long) (int) bound));
        return stages.last.search(keys, code, guess, from, to);
    }

    /** The greatest difference between a key's position and what is predicted. */
    public int maxError() {
        return Arrays.stream(bounds)
                .mapToInt(bound -> Math.max(Math.abs((int) (bound >> 32)), Math.abs((int) bound)))
                .max()
                .orElse(0);
    }

    @Override
    public long bytes() {
        return 8L * (root.length + middle.length + leaves.length + bounds.length);
    }

    @Override
    public String toString() {
        return "rmi:root=" + KeyIndexes.text(stages.root)
                + (stages.middles > 0 ? ",middle=" + KeyIndexes.text(stages.middle) + ",middles=" + stages.middles : "")
                + ",leaf="
                + KeyIndexes.text(stages.leaf) + ",leaves=" + stages.leaves + ",last=" + KeyIndexes.text(stages.last);
    }

    private double t(long code) {
        return (keys.coordinate(code) - first) * perUnit;
    }

    private int below(double position, int models) {
        // Not a number becomes 0.
        return (int) Math.max(0, Math.min(models - 1.0, position * models / keys.size()));
    }

    private int leafOf(double t) {
        double position = stages.root.predict(root, 0, t);
        if (stages.middles > 0) {
            int model = below(position, stages.middles);
            position = stages.middle.predict(middle, model * stages.middle.coefficients(), t);
        }
        return below(position, stages.leaves);
    }

    private int guess(int leaf, double t) {
        double position = stages.leaf.predict(leaves, leaf * stages.leaf.coefficients(), t);
        return (int) Math.max(0, Math.min(keys.size(), position));
    }

    /** Fits the models of a stage, each to the keys that come to it. */
    private void fit(CdfModel model, int models, double[] to, LongToIntFunction router) {
        long[] codes = keys.codes();
        int[] chosen = new int[codes.length];
        int[] ends = new int[models + 1];
        boolean inOrder = true;
        for (int i = 0; i < codes.length; i++) {
            chosen[i] = router.applyAsInt(codes[i]);
            ends[chosen[i] + 1]++;
            inOrder &= i == 0 || chosen[i - 1] <= chosen[i];
        }
        for (int i = 1; i < ends.length; i++) {
            ends[i] += ends[i - 1];
        }
        int[] order = null;
        if (!inOrder) {
            order = new int[codes.length];
            int[] next = Arrays.copyOf(ends, models);
            for (int i = 0; i < codes.length; i++) {
                order[next[chosen[i]]++] = i;
            }
        }
        for (int m = 0; m < models; m++) {
            // A model without keys predicts the position between its neighbours.
            int from = Math.min(ends[m], codes.length - 1);
            int end = Math.max(ends[m + 1], from + 1);
            model.fit(new Part(order, from, end), to, m * model.coefficients());
        }
    }

    /** Notes between which errors the leaves' predictions are, for keys and for what is right behind them. */
    private void bound() {
        long[] codes = keys.codes();
        int[] least = new int[stages.leaves];
        int[] most = new int[stages.leaves];
        Arrays.fill(least, Integer.MAX_VALUE);
        Arrays.fill(most, Integer.MIN_VALUE);
        int start = 0;
        for (int end = 1; end <= codes.length; end++) {
            if (end < codes.length && codes[end] == codes[start]) {
                continue;
            }
            double t = t(codes[start]);
            int leaf = leafOf(t);
            int guess = guess(leaf, t);
            least[leaf] = Math.min(least[leaf], start - guess);
            most[leaf] = Math.max(most[leaf], end - guess);
            start = end;
        }
        for (int leaf = 0; leaf < stages.leaves; leaf++) {
            bounds[leaf] = least[leaf] > most[leaf] ? 1 : ((long) least[leaf] << 32) | (most[leaf] & 0xffffffffL);
        }
    }

    /** Some of the keys, in order. */
    private final class Part implements CdfModel.Sample {
        private final int[] order;
        private final int from;
        private final int to;

        /** From the {@code from}-th to before the {@code to}-th, in another order if there is one. */
        Part(int[] order, int from, int to) {
            this.order = order;
            this.from = from;
            this.to = to;
        }

        @Override
        public int size() {
            return to - from;
        }

        @Override
        public double t(int i) {
            return RecursiveModelIndex.this.t(keys.codes()[key(i)]);
        }

        @Override
        public double y(int i) {
            return key(i);
        }

        private int key(int i) {
            return order == null ? from + i : order[from + i];
        }
    }
}
