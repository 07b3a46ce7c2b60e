package org.ruvector.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.ruvector.api.Filter;
import org.ruvector.api.Hit;
import org.ruvector.api.Metric;
import org.ruvector.api.Query;
import org.ruvector.api.SearchRequest;
import org.ruvector.api.SearchResult;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.VectorIndex;

/**
 * Brute force in double precision over vectors held on the heap: what an index should have answered. Immutable and
 * thread-safe; {@code O(n · dimension)} per search.
 */
public final class Oracle {

    private final Metric metric;
    private final long[] ids;
    private final Query[] vectors;
    private final Map<Long, Integer> rows = new HashMap<>();

    private Oracle(Metric metric, long[] ids, Query[] vectors) {
        this.metric = metric;
        this.ids = ids;
        this.vectors = vectors;
        for (int row = 0; row < ids.length; row++) {
            if (rows.put(ids[row], row) != null) {
                throw new IllegalArgumentException("Id " + ids[row] + " comes twice");
            }
        }
    }

    /** Of rows with their ids; both are copied. */
    public static Oracle of(Metric metric, VectorRows rows, long[] ids) {
        Query[] vectors = new Query[rows.count()];
        for (int row = 0; row < vectors.length; row++) {
            vectors[row] = rows.query(row);
        }
        return new Oracle(metric, ids.clone(), vectors);
    }

    /** Of vectors by id, as they are now. */
    public static Oracle of(Metric metric, Map<Long, Query> vectors) {
        long[] ids =
                vectors.keySet().stream().mapToLong(Long::longValue).sorted().toArray();
        Query[] values = new Query[ids.length];
        for (int i = 0; i < ids.length; i++) {
            values[i] = vectors.get(ids[i]);
        }
        return new Oracle(metric, ids, values);
    }

    /** Number of vectors. */
    public int size() {
        return ids.length;
    }

    /** The distance from the query to the vector of that id. */
    public double distance(Query query, long id) {
        return Distances.distance(metric, query, vectors[row(id)]);
    }

    /** How far a distance computed in single precision may be off; 0 where every sum is exact in it. */
    public double tolerance(Query query, long id) {
        return Distances.tolerance(metric, query, vectors[row(id)]);
    }

    /** The exact answer: hits that match the filter, within the cut-off, nearest first, ties by id, at most {@code k}. */
    public List<Hit> search(SearchRequest request) {
        List<Hit> hits = new ArrayList<>();
        for (int row = 0; row < ids.length; row++) {
            if (request.filter().matches(ids[row])) {
                float distance = (float) Distances.distance(metric, request.query(), vectors[row]);
                if (distance <= request.cutoff()) {
                    hits.add(new Hit(ids[row], distance));
                }
            }
        }
        hits.sort(null);
        return List.copyOf(hits.subList(0, Math.min(request.k(), hits.size())));
    }

    /** Number of vectors that the filter lets through. */
    public int matching(Filter filter) {
        int matching = 0;
        for (long id : ids) {
            matching += filter.matches(id) ? 1 : 0;
        }
        return matching;
    }

    /**
     * Share of the exact neighbours that a result holds: its ids, each counted once, whose true distance is at most that
     * of the last exact neighbour (so whichever of several equally distant vectors was found, it counts), over the number
     * of exact neighbours; 1 if there are none.
     *
     * @throws IllegalArgumentException if an id comes twice in the result, or was never added
     */
    public double recall(SearchRequest request, SearchResult result) {
        return recall(request.query(), search(request), result);
    }

    /** The same where the exact neighbours are known already. */
    public double recall(Query query, List<Hit> exact, SearchResult result) {
        Set<Long> distinct = new HashSet<>();
        int found = 0;
        for (Hit hit : result.hits()) {
            if (!distinct.add(hit.id())) {
                throw new IllegalArgumentException("Id " + hit.id() + " comes twice in a result");
            }
            double farthest = exact.isEmpty() ? 0 : exact.getLast().distance();
            if ((float) distance(query, hit.id()) <= farthest + tolerance(query, hit.id())) {
                found++;
            }
        }
        return exact.isEmpty() ? 1 : (double) Math.min(found, exact.size()) / exact.size();
    }

    /**
     * Asserts what holds for every result, exact or not: at most {@code k} hits, sorted by distance and id, distinct,
     * added, matching, within the cut-off, and their distances true; and figures that are possible.
     */
    public void check(SearchRequest request, SearchResult result) {
        List<Hit> hits = result.hits();
        assertTrue(hits.size() <= request.k(), () -> hits.size() + " hits for k = " + request.k());
        Set<Long> distinct = new HashSet<>();
        Hit previous = null;
        for (Hit hit : hits) {
            assertTrue(distinct.add(hit.id()), () -> "Id " + hit.id() + " comes twice in " + hits);
            assertTrue(rows.containsKey(hit.id()), () -> "Id " + hit.id() + " is not stored, yet answered in " + hits);
            assertTrue(request.filter().matches(hit.id()), () -> "Id " + hit.id() + " does not match the filter");
            assertTrue(hit.distance() <= request.cutoff(), () -> hit + " is beyond the cut-off " + request.cutoff());
            double distance = distance(request.query(), hit.id());
            double tolerance = tolerance(request.query(), hit.id());
            assertTrue(
                    Math.abs(hit.distance() - (float) distance) <= tolerance || hit.distance() == (float) distance,
                    () -> hit + " is really " + distance + " away (tolerance " + tolerance + ")");
            Hit before = previous;
            assertTrue(before == null || before.compareTo(hit) < 0, () -> before + " stands before " + hit);
            previous = hit;
        }
        SearchResult.Stats stats = result.stats();
        assertTrue(stats.visited() >= 0 && stats.exactDistances() >= 0 && stats.codeDistances() >= 0, stats::toString);
        assertTrue(stats.elapsedNanos() >= 0 && !stats.plan().isBlank() && stats.stop() != null, stats::toString);
        assertTrue(
                hits.isEmpty() || stats.exactDistances() + stats.codeDistances() > 0,
                () -> "Hits without a distance computed: " + stats);
    }

    /** Asserts {@link #check} and, where there is no cut-off, that there are {@code k} hits or all that match. */
    public void checkFull(SearchRequest request, SearchResult result) {
        check(request, result);
        if (request.cutoff() == Float.POSITIVE_INFINITY) {
            assertEquals(
                    Math.min(request.k(), matching(request.filter())),
                    result.hits().size(),
                    "hits, for k = " + request.k() + " of " + size() + " vectors; " + result.stats());
        }
    }

    /**
     * Asserts {@link #checkFull} and that the hits are the exact ones: id by id where sums are exact in single precision,
     * otherwise up to vectors whose distances cannot be told apart in it.
     */
    public void checkExact(SearchRequest request, SearchResult result) {
        checkFull(request, result);
        Query query = request.query();
        List<Hit> exact = search(request);
        double slack = Arrays.stream(ids)
                .filter(request.filter()::matches)
                .mapToDouble(id -> tolerance(query, id))
                .max()
                .orElse(0);
        if (slack == 0) {
            assertEquals(text(exact), text(result.hits()));
            return;
        }
        List<Hit> hits = result.hits();
        Set<Long> found = hits.stream().map(Hit::id).collect(Collectors.toSet());
        // With k hits the last of them is the border, with fewer the cut-off is.
        double border = hits.size() == request.k() ? hits.getLast().distance() : request.cutoff();
        for (Hit hit : exact) {
            assertTrue(
                    found.contains(hit.id()) || hit.distance() >= border - 2 * slack,
                    () -> hit + " is missing in " + hits);
        }
    }

    /**
     * Asserts that two answers to one request are the same up to rounding, as two ways of computing one distance may round
     * differently: as many hits, and the distances in each place cannot be told apart.
     */
    public void checkSame(SearchRequest request, SearchResult expected, SearchResult actual) {
        List<Hit> a = expected.hits();
        List<Hit> b = actual.hits();
        if (!a.equals(b)) {
            assertEquals(a.size(), b.size(), () -> a + " against " + b);
            for (int i = 0; i < a.size(); i++) {
                double tolerance = tolerance(request.query(), a.get(i).id())
                        + tolerance(request.query(), b.get(i).id());
                double difference =
                        Math.abs((double) a.get(i).distance() - b.get(i).distance());
                boolean same = tolerance == 0 ? a.get(i).equals(b.get(i)) : difference <= tolerance;
                assertTrue(same, () -> a + " against " + b);
            }
        }
    }

    /** Asserts that the index gives every vector back; under cosine perhaps scaled to unit length. */
    public void checkVectors(VectorIndex index) {
        for (int row = 0; row < ids.length; row++) {
            Query expected = vectors[row];
            Query actual = index.vector(ids[row]).orElseThrow();
            if (metric == Metric.COSINE && expected instanceof Query.Floats(float[] vector)) {
                boolean zero = expected.equals(Query.of(new float[vector.length]));
                double tolerance = Distances.tolerance(metric, expected, actual);
                assertEquals(zero ? 1 : 0, Distances.distance(metric, expected, actual), tolerance);
            } else {
                assertEquals(expected, actual);
            }
        }
    }

    private static String text(List<Hit> hits) {
        // Plus zero makes one of the two zeros, which are equal distances.
        return hits.stream()
                .map(hit -> hit.id() + " at " + (hit.distance() + 0f))
                .collect(Collectors.joining("\n"));
    }

    private int row(long id) {
        Integer row = rows.get(id);
        if (row == null) {
            throw new IllegalArgumentException("Id " + id + " is not stored");
        }
        return row;
    }
}
