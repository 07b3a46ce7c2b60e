package org.ruvector.hypergraph.causal;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Many tests at once (Y. Benjamini and Y. Hochberg, "Controlling the false discovery rate: a practical and powerful approach to
 * multiple testing", JRSS B 1995): with the p-values in ascending order, {@code adjusted(i) = min over j ≥ i of p(j)·m/j}, at most 1.
 * Whoever rejects those of at most {@code q} has, on average, at most the share {@code q} of false ones among them, if the tests are
 * independent or positively dependent. Equal p-values stay equal. Takes {@code O(m log m)} time.
 */
public final class BenjaminiHochberg {

    private BenjaminiHochberg() {}

    /**
     * Adjusts p-values.
     *
     * @param pValues from 0 to 1, in any order; may be empty
     * @return the adjusted ones in the same order; the caller owns the array
     * @throws IllegalArgumentException if one is none, NaN among them
     */
    public static double[] adjust(double... pValues) {
        int m = pValues.length;
        for (int i = 0; i < m; i++) {
            if (!(pValues[i] >= 0 && pValues[i] <= 1)) {
                throw new IllegalArgumentException("p-value " + i + " is " + pValues[i] + "; it must be from 0 to 1");
            }
        }
        int[] descending = IntStream.range(0, m)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -pValues[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] adjusted = new double[m];
        double least = 1;
        for (int above = 0; above < m; above++) {
            int i = descending[above];
            // In this order none becomes smaller than it was, by rounding.
            least = Math.min(least, pValues[i] * ((double) m / (m - above)));
            adjusted[i] = least;
        }
        return adjusted;
    }
}
