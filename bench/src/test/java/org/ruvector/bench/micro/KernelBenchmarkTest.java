package org.ruvector.bench.micro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ruvector.bench.UnavailableException;

class KernelBenchmarkTest {

    private static KernelBenchmark benchmark(String kernel, String metric, int dimension) {
        KernelBenchmark benchmark = new KernelBenchmark();
        benchmark.kernel = kernel;
        benchmark.metric = metric;
        benchmark.dimension = dimension;
        benchmark.rows = "cached";
        benchmark.cache = Path.of("target", "peers").toString();
        try {
            benchmark.fill();
        } catch (UnavailableException e) {
            abort(e.getMessage());
        }
        return benchmark;
    }

    @ParameterizedTest
    @CsvSource({"euclidean, 64", "inner-product, 64", "euclidean, 784", "inner-product, 784"})
    void allKernelsComputeTheSameDistances(String metric, int dimension) {
        float[] scalar = distances(benchmark("scalar", metric, dimension));
        for (String other : new String[] {"vector", "cpp"}) {
            float[] distances = distances(benchmark(other, metric, dimension));
            // hnswlib's inner product distance is one minus the product, ours the negated product.
            float shift = other.equals("cpp") && metric.equals("inner-product") ? 1 : 0;
            for (int i = 0; i < scalar.length; i++) {
                assertEquals(scalar[i], distances[i] - shift, 1e-5f * dimension, other + " row " + i);
            }
        }
    }

    private static float[] distances(KernelBenchmark benchmark) {
        benchmark.distances();
        return benchmark.lastDistances();
    }
}
