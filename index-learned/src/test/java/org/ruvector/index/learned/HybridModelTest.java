package org.ruvector.index.learned;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.ruvector.api.Filter;
import org.ruvector.api.Query;
import org.ruvector.api.SearchRequest;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.Diagnosable;
import org.ruvector.api.spi.MutableIndex;
import org.ruvector.api.spi.VectorIndex;

final class HybridModelTest extends HybridFixture {

    /** On a grid, so that many distances are equal and all are exact. */
    private static Query vector(SplittableRandom random) {
        return Query.of(random.nextInt(5), random.nextInt(5), random.nextInt(5));
    }

    /** Changes, searches, retraining that is pending, run or forced, saving and opening, in any order. */
    @Property(tries = 150, seed = "61")
    void any_sequence_of_changes_and_switches_answers_like_a_flat_index(@ForAll long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        long[] ids = random.longs(60, -20, 40).distinct().toArray();
        ids[0] = Long.MIN_VALUE;
        ids[1] = Long.MAX_VALUE;
        int n = random.nextInt(3) == 0 ? 0 : random.nextInt(ids.length);
        float[] all = new float[n * DIMENSION];
        Arrays.setAll(new Object[all.length], i -> all[i] = random.nextInt(5));
        VectorRows rows = VectorRows.ofFloats(all, DIMENSION);
        boolean learned = random.nextBoolean();
        String form =
                "hybrid:delta=flat,segment=" + (learned ? "ml-index" : "flat") + ",switch=0." + (1 + random.nextInt(9));
        MutableIndex index = build(form, later, rows, Arrays.copyOf(ids, n));
        try (MutableIndex flat = build("flat", later, rows, Arrays.copyOf(ids, n))) {
            for (int step = 0; step < 300; step++) {
                long id = ids[random.nextInt(ids.length)];
                Query vector = vector(random);
                switch (random.nextInt(40)) {
                    case 0 -> runTasks();
                    case 1 -> ((Diagnosable) index).repair(atOnce);
                    case 2 -> index = reopened(index);
                    case 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 -> assertEquals(flat.remove(id), index.remove(id));
                    case 13, 14, 15, 16, 17, 18, 19, 20 ->
                        assertEquals(flat.replace(id, vector), index.replace(id, vector));
                    default -> {
                        if (flat.vector(id).isPresent()) {
                            MutableIndex same = index;
                            assertThrows(IllegalArgumentException.class, () -> same.add(id, vector));
                        } else {
                            flat.add(id, vector);
                            index.add(id, vector);
                        }
                    }
                }
                assertEquals(flat.size(), index.size());
                assertEquals(flat.vector(id), index.vector(id));
                requireSame(flat, index, vector(random), random, ids);
            }
        } finally {
            index.close();
        }
    }

    private static void requireSame(
            VectorIndex flat, VectorIndex index, Query query, SplittableRandom random, long[] ids) {
        long[] some = Arrays.copyOf(ids, random.nextInt(ids.length));
        long parity = random.nextInt(2);
        Filter filter = switch (random.nextInt(4)) {
            case 0 -> Filter.ids(some);
            case 1 -> Filter.where(id -> (id & 1) == parity, ids.length / 2);
            default -> Filter.all();
        };
        SearchRequest request = random.nextBoolean()
                ? SearchRequest.of(query, 1 + random.nextInt(12))
                : SearchRequest.range(query, random.nextInt(12));
        assertEquals(
                flat.search(request.filter(filter)).hits(),
                index.search(request.filter(filter)).hits());
    }
}
