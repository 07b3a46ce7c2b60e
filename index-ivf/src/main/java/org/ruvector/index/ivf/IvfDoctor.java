package org.ruvector.index.ivf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.ruvector.api.Diagnosis;
import org.ruvector.api.Diagnosis.Finding;
import org.ruvector.api.Diagnosis.Histogram;
import org.ruvector.api.Hit;
import org.ruvector.api.Query;
import org.ruvector.api.SearchRequest;

/** Looks for what makes lists answer worse or later than they should. */
final class IvfDoctor {
    private static final int K = 10;
    /** Of the distance to the nearest centroid; a vector scaled to unit length rounds otherwise than the one that it was. */
    private static final float TOLERANCE = 1e-4f;

    private final IvfIndex index;
    private final ListRows rows;
    private final IvfParams params;
    private final List<Finding> findings = new ArrayList<>();

    private IvfDoctor(IvfIndex index, ListRows rows, IvfParams params) {
        this.index = index;
        this.rows = rows;
        this.params = params;
    }

    static Diagnosis diagnose(
            IvfIndex index, ListRows rows, IvfParams params, int sample, long seed, Throwable failure) {
        IvfDoctor doctor = new IvfDoctor(index, rows, params);
        Histogram sizes = doctor.sizes();
        doctor.places();
        if (failure != null) {
            doctor.add(
                    "failed trainings",
                    1,
                    false,
                    "Training or compacting failed: " + failure
                            + ". Nothing is lost; it is tried again, and by repair.");
        }
        if (sample > 0 && rows.count() > 0) {
            doctor.recall(sample, seed);
        }
        return new Diagnosis(doctor.findings, List.of(sizes));
    }

    private void add(String name, double value, boolean healthy, String meaning) {
        findings.add(new Finding(name, value, healthy, meaning));
    }

    private Histogram sizes() {
        Pages pages = rows.pages();
        int[] sizes = new int[pages.lists()];
        for (int list = 0; list < sizes.length; list++) {
            sizes[list] = pages.size(list);
        }
        Arrays.sort(sizes);
        int empty = 0;
        while (empty < sizes.length && sizes[empty] == 0) {
            empty++;
        }
        add("lists", sizes.length, true, "Searches look into the nearest of them.");
        add("smallest list", sizes[0], true, "Vectors in it.");
        add("median list", sizes[sizes.length / 2], true, "Vectors in it.");
        add("largest list", sizes[sizes.length - 1], true, "Vectors in it; who looks into it looks at all of them.");
        boolean few = rows.count() == 0 || empty <= sizes.length / 10;
        add(
                "empty lists",
                empty,
                few,
                few
                        ? "Lists that searches look into in vain."
                        : "Searches look into these in vain: build the index again for the vectors that it holds now.");
        boolean even = pages.imbalance() <= params.imbalance();
        add(
                "imbalance factor",
                pages.imbalance(),
                even,
                even
                        ? "A search compares so many times the vectors that it would if all lists were of one size."
                        : "Above " + params.imbalance()
                                + ": searches often meet long lists; build again, perhaps with fewer lists.");
        boolean dense = pages.fragmentation() <= 0.5;
        add(
                "fragmentation",
                pages.fragmentation(),
                dense,
                "Share of pages that are free or do not follow the one before; lists are compacted as it grows.");
        long[] counts = new long[sizes[sizes.length - 1] + 1];
        for (int size : sizes) {
            counts[size]++;
        }
        return new Histogram("sizes of lists", counts);
    }

    private void places() {
        int misplaced = misplaced(rows).length;
        add(
                "share of vectors in the list of their nearest centroid",
                rows.count() == 0 ? 1 : 1 - (double) misplaced / rows.count(),
                misplaced == 0,
                misplaced == 0
                        ? "Searches look for them where they are."
                        : "Searches look for the others in another list; repair moves them.");
    }

    /** The ids of rows that are in another list than that of their nearest centroid. */
    static long[] misplaced(ListRows rows) {
        Centroids centroids = rows.centroids();
        float[] distances = new float[centroids.count()];
        long[] found = new long[rows.count()];
        int n = 0;
        for (int list = 0; list < rows.pages().lists(); list++) {
            for (int row = 0; row < rows.pages().size(list); row++) {
                int slot = rows.pages().slot(list, row);
                float nearest = distances[centroids.nearest(rows.vector(slot), distances)];
                if (distances[list] - nearest > TOLERANCE * Math.abs(nearest) + TOLERANCE * TOLERANCE) {
                    found[n++] = rows.id(slot);
                }
            }
        }
        return Arrays.copyOf(found, n);
    }

    /** How much of the exact answer a search with default effort finds, for stored vectors as queries. */
    private void recall(int sample, long seed) {
        Random random = new Random(seed);
        int count = Math.min(sample, rows.count());
        int left = rows.count();
        int chosen = 0;
        int found = 0;
        int wanted = 0;
        for (int list = 0; list < rows.pages().lists(); list++) {
            for (int row = 0; row < rows.pages().size(list); row++) {
                // Selection sampling: Knuth, The Art of Computer Programming, vol. 2, algorithm 3.4.2 S.
                if (random.nextInt(left--) >= count - chosen) {
                    continue;
                }
                chosen++;
                Query query = Query.of(rows.vector(rows.pages().slot(list, row)));
                SearchRequest request = SearchRequest.of(query, K);
                SearchRequest all = SearchRequest.of(query, Integer.MAX_VALUE);
                List<Hit> hits = index.search(request).hits();
                float kth = exactKth(all);
                for (Hit hit : hits) {
                    found += hit.distance() <= kth ? 1 : 0;
                }
                wanted += Math.min(K, rows.count());
            }
        }
        double recall = (double) found / wanted;
        add(
                "recall@" + K + " of " + count + " stored vectors",
                recall,
                recall >= 0.9,
                "Share of the exact neighbours that a search with default effort finds (seed " + seed + ").");
    }

    /** Of the tenth nearest, or of the last if there are fewer. */
    private float exactKth(SearchRequest all) {
        List<Hit> hits = index.search(all).hits();
        return hits.get(Math.min(K, hits.size()) - 1).distance();
    }
}
