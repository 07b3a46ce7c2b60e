package org.ruvector.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.ruvector.api.Parameters;

/**
 * What is varied: search-time parameters and numbers of threads.
 *
 * @param points  search-time parameters, at least one point, usually from cheap to dear
 * @param k       neighbours wanted
 * @param threads numbers of searching threads to measure with, each at least 1
 * @param enough  a contestant that has reached this recall is not measured at the points after; infinity for all points
 */
public record Sweep(List<Parameters> points, int k, List<Integer> threads, double enough) {

    /** Copies the lists; refuses empty ones and numbers below 1. */
    public Sweep {
        points = List.copyOf(points);
        threads = List.copyOf(threads);
        if (points.isEmpty() || threads.isEmpty() || k < 1 || threads.stream().anyMatch(t -> t < 1)) {
            throw new IllegalArgumentException("A sweep needs points, k and threads of at least 1; it has " + points
                    + ", k=" + k + " and threads " + threads);
        }
    }

    /**
     * This sweep for those who only want to know what a recall costs.
     *
     * @param recall the recall that is enough
     * @return the sweep that leaves out the points after it
     */
    public Sweep until(double recall) {
        return new Sweep(points, k, threads, recall);
    }

    /**
     * This sweep and another, for contestants that know different parameters: each is measured at the points that it knows.
     *
     * @param other whose points are added, those that are there already left out
     * @return the sweep over the points of both
     */
    public Sweep and(Sweep other) {
        Set<Parameters> both = new LinkedHashSet<>(points);
        both.addAll(other.points);
        return new Sweep(List.copyOf(both), k, threads, enough);
    }

    /**
     * These facts and what was varied.
     *
     * @param provenance what is known so far
     * @return that and more
     */
    public Provenance addTo(Provenance provenance) {
        return provenance
                .with("k", k)
                .with("searchThreads", threads)
                .with("sweep", points.stream().map(Parameters::toString).toList());
    }

    /**
     * Reads {@code ef=10,20,40}: one point for each value. Several parameters, separated by {@code ;}, make a point for each
     * combination, the last varying fastest. Blank text is one point without parameters.
     *
     * @param text    what to read
     * @param k       neighbours wanted
     * @param threads numbers of searching threads
     * @return the sweep
     * @throws IllegalArgumentException if the text is not of that form
     */
    public static Sweep parse(String text, int k, List<Integer> threads) {
        List<Parameters> points = List.of(Parameters.none());
        if (text.isBlank()) {
            return new Sweep(points, k, threads, Double.POSITIVE_INFINITY);
        }
        for (String axis : text.split(";", -1)) {
            int equals = axis.indexOf('=');
            String name = axis.substring(0, Math.max(equals, 0)).strip();
            List<String> values = Arrays.stream(axis.substring(equals + 1).split(",", -1))
                    .map(String::strip)
                    .toList();
            if (name.isEmpty() || values.contains("")) {
                throw new IllegalArgumentException(
                        "The sweep '" + text + "' is not of the form name=value,value or name=value,value;name=value");
            }
            List<Parameters> more = new ArrayList<>();
            for (Parameters point : points) {
                values.forEach(value -> more.add(point.with(name, value)));
            }
            points = more;
        }
        return new Sweep(points, k, threads, Double.POSITIVE_INFINITY);
    }
}
