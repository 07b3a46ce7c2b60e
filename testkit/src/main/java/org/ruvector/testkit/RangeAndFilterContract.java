package org.ruvector.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongPredicate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.ruvector.api.ElementType;
import org.ruvector.api.Filter;
import org.ruvector.api.Hit;
import org.ruvector.api.Metric;
import org.ruvector.api.Query;
import org.ruvector.api.SearchRequest;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.VectorIndex;

/** What must hold for searches with a filter or a cut-off. Part of {@link IndexContract}. */
public interface RangeAndFilterContract extends IndexFixture {

    /** A filtered search gives k hits or all that match, however the filter is made and however little it lets through. */
    @Property(tries = 40, seed = "11")
    default void aFilteredSearchGivesKHitsOrAllThatMatch(
            @ForAll("corpora") Corpus corpus, @ForAll @IntRange(min = 0, max = 100) int percent) {
        Oracle oracle = corpus.oracle();
        long[] some = some(corpus, percent);
        Filter ids = Filter.ids(some);
        List<Filter> filters = List.of(
                ids,
                Filter.where(ids::matches),
                Filter.where(ids::matches, some.length),
                // Estimates may be wrong.
                Filter.where(ids::matches, 1),
                Filter.where(ids::matches, 1_000_000),
                Filter.ids(corpus.id(corpus.count()), corpus.id(0)),
                Filter.ids(),
                Filter.all());
        try (VectorIndex index = build(corpus)) {
            for (Query query : corpus.queries()) {
                for (Filter filter : filters) {
                    for (int k : new int[] {1, 10, 1000}) {
                        SearchRequest request = request(query, k).filter(filter);
                        check(oracle, request, index.search(request));
                    }
                }
            }
        }
    }

    /** A cut-off is inclusive and never overstepped, with and without k and a filter. */
    @Property(tries = 40, seed = "12")
    default void aCutOffIsInclusiveAndNeverOverstepped(@ForAll("corpora") Corpus corpus) {
        Oracle oracle = corpus.oracle();
        Filter some = Filter.ids(some(corpus, 50));
        try (VectorIndex index = build(corpus)) {
            for (Query query : corpus.queries()) {
                List<Hit> all = index.search(request(query, Integer.MAX_VALUE)).hits();
                if (all.isEmpty()) {
                    continue;
                }
                // A distance that occurs, so that hits lie on the border.
                float middle = all.get(all.size() / 2).distance();
                SearchRequest range = request(query, Integer.MAX_VALUE).within(middle);
                for (SearchRequest request : List.of(
                        range,
                        range.filter(some),
                        request(query, 3).within(middle),
                        request(query, 3).within(Math.nextDown(all.getFirst().distance())),
                        request(query, 3).within(Float.NEGATIVE_INFINITY))) {
                    check(oracle, request, index.search(request));
                }
            }
        }
    }

    /** Range search on digits finds what the oracle finds, or the promised share of it. */
    @Test
    default void rangeSearchFindsWhatIsWithinTheCutOff() {
        RealData data = RealData.digits();
        for (Space space : spaces()) {
            Oracle oracle = data.oracle(space);
            VectorRows queries = data.queries(space.type());
            double sum = 0;
            try (VectorIndex index = build(data, space, context())) {
                for (int i = 0; i < queries.count(); i++) {
                    Query query = queries.query(i);
                    // Between two neighbours, so that rounding does not decide.
                    List<Hit> truth = data.truth(space).get(i);
                    float cutoff = (truth.get(29).distance() + truth.get(30).distance()) / 2;
                    SearchRequest request = request(query, Integer.MAX_VALUE).within(cutoff);
                    check(oracle, request, index.search(request));
                    sum += oracle.recall(request, index.search(request));
                }
            }
            double recall = sum / queries.count();
            assertTrue(recall >= recallFloor(), () -> "recall of range search, " + space + ": " + recall);
        }
    }

    /** Vectors so far away that their distance overflows come last, but they come, filtered or not. */
    @Test
    default void whatIsInfinitelyFarComesLast() {
        int count = 300;
        int dimension = 8;
        float[] values = new float[count * dimension];
        long[] ids = new long[count];
        for (int i = 0; i < count; i++) {
            // Every third is near, and 3 · 10³⁸ is finite as a coordinate only.
            Arrays.fill(values, i * dimension, (i + 1) * dimension, i % 3 == 0 ? i : 3e38f);
            ids[i] = i;
        }
        VectorRows rows = VectorRows.ofFloats(values, dimension);
        for (Space space : spaces()) {
            boolean overflows = space.metric() == Metric.EUCLIDEAN || space.metric() == Metric.MANHATTAN;
            if (space.type() != ElementType.FLOAT32 || !overflows) {
                continue;
            }
            try (VectorIndex index = build(space, rows, ids)) {
                LongPredicate even = id -> id % 2 == 0;
                for (Filter filter : List.of(
                        Filter.all(), Filter.where(even), Filter.where(even, 10), Filter.where(even, 1_000_000))) {
                    int matching = filter instanceof Filter.All ? count : count / 2;
                    for (int k : new int[] {1, matching / 2, matching - 1, count}) {
                        SearchRequest request = request(Query.of(new float[dimension]), k);
                        List<Hit> hits = index.search(request.filter(filter)).hits();
                        assertEquals(Math.min(k, matching), hits.size(), () -> space + ", k " + k + ", " + filter);
                        for (Hit hit : hits) {
                            assertEquals(hit.id() % 3 != 0, Float.isInfinite(hit.distance()), hit::toString);
                        }
                        long near =
                                hits.stream().filter(hit -> hit.id() % 3 == 0).count();
                        assertEquals(Math.min(k, matching / 3), near, () -> "near ones among " + hits);
                    }
                }
            }
        }
    }

    private static long[] some(Corpus corpus, int percent) {
        SplittableRandom random = new SplittableRandom(corpus.seed());
        List<Long> some = new ArrayList<>();
        for (int i = 0; i < corpus.count(); i++) {
            if (random.nextInt(100) < percent) {
                some.add(corpus.id(i));
            }
        }
        return some.stream().mapToLong(Long::longValue).toArray();
    }
}
