package org.ruvector.api;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What "near" means. Every metric is a distance here: smaller is nearer, so that one traversal, one heap and one
 * cut-off serve them all.
 */
public enum Metric {
    /** Squared Euclidean distance {@code Σ (aᵢ − bᵢ)²}; the root is left out because it changes no order. */
    EUCLIDEAN,
    /**
     * Cosine distance {@code 1 − a·b / (|a|·|b|)}, from 0 (same direction) to 2 (opposite). A zero vector has no
     * direction: its distance to everything, itself included, is 1.
     */
    COSINE,
    /** Negated inner product {@code −a·b}: the largest product is the nearest. Not a metric in the strict sense. */
    INNER_PRODUCT,
    /** Manhattan distance {@code Σ |aᵢ − bᵢ|}. */
    MANHATTAN,
    /** Hamming distance, the number of differing bits; for {@link ElementType#BIT} vectors only. */
    HAMMING;

    /** The name used in files, reports and on the command line: {@code euclidean}, {@code inner-product}, … */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The metric with the given {@link #text()}.
     *
     * @throws IllegalArgumentException if there is none; the message lists those that exist
     */
    public static Metric of(String text) {
        for (Metric metric : values()) {
            if (metric.text().equals(text)) {
                return metric;
            }
        }
        String known = Arrays.stream(values()).map(Metric::text).collect(Collectors.joining(", "));
        throw new IllegalArgumentException("Unknown metric '" + text + "'; the metrics are: " + known);
    }

    /** Whether vectors of the given type can be compared by this metric: Hamming goes with bits, the rest with numbers. */
    public boolean supports(ElementType type) {
        return (this == HAMMING) == (type == ElementType.BIT);
    }
}
