package org.ruvector.bench;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A filter to measure with.
 *
 * @param kind  {@code random}, or {@code class}: whole classes, one after another, so that a query's own class either matches
 *              or is shut out
 * @param share share of the rows that match
 * @param rows  the rows that match, ascending
 */
public record FilterCase(String kind, double share, int[] rows) {

    /** {@return the case for people, for example {@code random 1%}} */
    public String label() {
        return kind + " "
                + BigDecimal.valueOf(share)
                        .movePointRight(2)
                        .stripTrailingZeros()
                        .toPlainString() + "%";
    }

    /**
     * The filters of one data set: for each share one at random, and one along the classes.
     *
     * @param labels class of each row
     * @param shares shares of the rows that shall match
     * @param seed   chooses rows, and the order of the classes
     * @return two filters for each share
     */
    public static List<FilterCase> of(int[] labels, double[] shares, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] shuffled = shuffled(IntStream.range(0, labels.length).toArray(), random);
        int[] classes = shuffled(Arrays.stream(labels).distinct().sorted().toArray(), random);
        int[] byClass = Arrays.stream(classes)
                .flatMap(c -> Arrays.stream(shuffled).filter(row -> labels[row] == c))
                .toArray();
        List<FilterCase> cases = new ArrayList<>();
        for (double share : shares) {
            int count = (int) Math.max(1, Math.round(share * labels.length));
            cases.add(new FilterCase("random", share, first(shuffled, count)));
            cases.add(new FilterCase("class", share, first(byClass, count)));
        }
        return cases;
    }

    private static int[] first(int[] rows, int count) {
        int[] first = Arrays.copyOf(rows, count);
        Arrays.sort(first);
        return first;
    }

    private static int[] shuffled(int[] values, SplittableRandom random) {
        for (int i = values.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int other = values[j];
            values[j] = values[i];
            values[i] = other;
        }
        return values;
    }
}
