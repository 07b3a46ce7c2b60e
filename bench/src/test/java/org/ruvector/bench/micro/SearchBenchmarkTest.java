package org.ruvector.bench.micro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ruvector.bench.micro.SearchBenchmark.Counters;

class SearchBenchmarkTest {

    private static SearchBenchmark benchmark(String index, int ef) {
        SearchBenchmark benchmark = new SearchBenchmark();
        benchmark.index = index;
        benchmark.ef = ef;
        benchmark.count = 2_000;
        benchmark.build();
        return benchmark;
    }

    @ParameterizedTest
    @ValueSource(strings = {"hnsw", "hnsw-fused"})
    void a_search_allocates_as_much_whatever_it_visits(String index) {
        SearchBenchmark few = benchmark(index, 64);
        SearchBenchmark many = benchmark(index, 512);
        Counters ofFew = new Counters();
        Counters ofMany = new Counters();
        long bytesOfFew = Long.MAX_VALUE;
        long bytesOfMany = 0;
        // Only what is compiled does without; how soon that is, is the machine's business.
        for (int round = 0; round < 100 && bytesOfFew != bytesOfMany; round++) {
            bytesOfFew = Allocation.of(() -> few.search(ofFew), SearchBenchmark.QUERIES);
            bytesOfMany = Allocation.of(() -> many.search(ofMany), SearchBenchmark.QUERIES);
        }
        assertTrue(ofMany.visited > ofFew.visited, ofMany.visited + " and " + ofFew.visited + " nodes visited");
        assertEquals(bytesOfFew, bytesOfMany);
        few.close();
        many.close();
    }
}
