package org.ruvector.api;

import java.util.List;

/**
 * What a look into an index found.
 *
 * @param findings   figures and what they mean; unmodifiable
 * @param histograms distributions, such as the in-degrees of a graph; unmodifiable
 */
public record Diagnosis(List<Finding> findings, List<Histogram> histograms) {

    /**
     * One figure.
     *
     * @param name    what was measured, for example {@code unreachable nodes}
     * @param value   the figure
     * @param healthy whether it is as it should be
     * @param meaning one sentence for people: what it means and what to do
     */
    public record Finding(String name, double value, boolean healthy, String meaning) {}

    /**
     * Counts by value.
     *
     * @param name   what was counted
     * @param counts {@code counts[v]} things had the value {@code v}
     */
    public record Histogram(String name, long[] counts) {}

    /** Makes the lists unmodifiable. */
    public Diagnosis {
        findings = List.copyOf(findings);
        histograms = List.copyOf(histograms);
    }

    /** Whether every finding is healthy. */
    public boolean healthy() {
        return findings.stream().allMatch(Finding::healthy);
    }
}
