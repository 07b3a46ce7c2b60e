package org.ruvector.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.ruvector.api.Filter;
import org.ruvector.api.SearchRequest;
import org.ruvector.api.SearchResult;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.VectorIndex;

/** What must be found in real vectors: everything by an exact index, the promised share by others. Part of {@link IndexContract}. */
public interface RecallContract extends IndexFixture {

    /** The ten nearest digits are found by every metric and element type. */
    @Test
    default void recallOfDigitsByEveryMetricAndType() {
        RealData data = RealData.digits();
        for (Space space : spaces()) {
            try (VectorIndex index = build(data, space, context())) {
                new Recall(this, data, space).require(index, "one thread");
            }
        }
    }

    /** An index built by two tasks at once is as good. */
    @Test
    default void recallOfAParallelBuild() {
        RealData data = RealData.digits();
        for (Space space : spaces()) {
            try (ExecutorService two = Executors.newFixedThreadPool(2);
                    VectorIndex index = build(data, space, context().on(two, 2))) {
                assertEquals(data.base(space.type()).count(), index.size());
                new Recall(this, data, space).require(index, "two tasks");
            }
        }
    }

    /**
     * The ten nearest of 10,000 Fashion-MNIST images are found, also under filters that let through half, a tenth, a
     * hundredth and a thousandth of them, by chance and by class.
     */
    @Test
    default void recallOfFashionMnistPlainAndFiltered() {
        RealData data = RealData.fashionMnist();
        Space space = mainSpace();
        int[] labels = data.labels();
        try (ExecutorService two = Executors.newFixedThreadPool(2);
                VectorIndex index = build(data, space, context().on(two, 2))) {
            new Recall(this, data, space).require(index, "two tasks");
            for (int oneIn : new int[] {2, 10, 100, 1000}) {
                boolean[] chosen = new boolean[labels.length];
                SplittableRandom random = new SplittableRandom(oneIn);
                for (int i = 0; i < chosen.length; i++) {
                    chosen[i] = random.nextInt(oneIn) == 0;
                }
                // One class is a tenth of the images, five classes are half; of that class a tenth is a hundredth, …
                Filter byChance = Filter.where(id -> chosen[(int) id]);
                Filter byClass = Filter.where(id -> oneIn == 2
                        ? labels[(int) id] < 5
                        : labels[(int) id] == 3 && (oneIn == 10 || id % (oneIn / 10) == 0));
                String share = "one in " + oneIn;
                requireFiltered(data, space, index, byChance, share + " by chance");
                requireFiltered(data, space, index, byClass, share + " by class");
            }
        }
    }

    private void requireFiltered(RealData data, Space space, VectorIndex index, Filter filter, String how) {
        Oracle oracle = data.oracle(space);
        VectorRows queries = data.queries(space.type());
        double sum = 0;
        int asked = 0;
        for (int i = 0; i < queries.count(); i += 4) {
            SearchRequest request = request(queries.query(i), 10).filter(filter);
            SearchResult result = index.search(request);
            oracle.checkFull(request, result);
            sum += oracle.recall(request, result);
            asked++;
        }
        double recall = sum / asked;
        assertTrue(recall >= recallFloor(), () -> "recall@10 " + recall + " under a filter, " + how);
    }
}
