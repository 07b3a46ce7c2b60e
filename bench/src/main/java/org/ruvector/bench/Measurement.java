package org.ruvector.bench;

import java.util.Arrays;
import org.ruvector.api.Parameters;

/**
 * What one contestant did at one sweep point with one number of threads; medians over the repetitions.
 *
 * @param subject  what was measured
 * @param point    search-time parameters; none if the contestant takes none
 * @param threads  searching threads
 * @param recall   recall@k, from 0 to 1
 * @param speed    throughput and latency
 */
public record Measurement(Subject subject, Parameters point, int threads, double recall, Speed speed) {

    /**
     * What was measured.
     *
     * @param name   name of the index or peer
     * @param params its build parameters
     * @param peer   whether it is somebody else's
     * @param build  what came of building it
     */
    public record Subject(String name, String params, boolean peer, Build build) {

        /** {@return name and parameters in the short form} */
        public String label() {
            return params.isEmpty() ? name : name + ":" + params;
        }
    }

    /**
     * What came of building.
     *
     * @param kernel         the distance kernel that runs
     * @param seconds        median wall-clock time
     * @param bytesPerVector bytes of the index for each vector, the vector included; NaN if it cannot be told
     */
    public record Build(String kernel, double seconds, double bytesPerVector) {}

    /**
     * Throughput and latency.
     *
     * @param qps queries per second of all threads together
     * @param p50 median time of one query in µs
     * @param p95 its 95th percentile
     * @param p99 its 99th percentile
     */
    public record Speed(double qps, double p50, double p95, double p99) {

        /**
         * The speed of one run.
         *
         * @param latencies nanoseconds of each query; sorted by this call
         * @param nanos     wall-clock nanoseconds of all of them
         */
        static Speed of(long[] latencies, long nanos) {
            Arrays.sort(latencies);
            return new Speed(
                    latencies.length * 1e9 / nanos,
                    percentile(latencies, 50) / 1e3,
                    percentile(latencies, 95) / 1e3,
                    percentile(latencies, 99) / 1e3);
        }

        /** The median of each figure over several runs. */
        static Speed median(Speed[] runs) {
            return new Speed(
                    Measurement.median(
                            Arrays.stream(runs).mapToDouble(Speed::qps).toArray()),
                    Measurement.median(
                            Arrays.stream(runs).mapToDouble(Speed::p50).toArray()),
                    Measurement.median(
                            Arrays.stream(runs).mapToDouble(Speed::p95).toArray()),
                    Measurement.median(
                            Arrays.stream(runs).mapToDouble(Speed::p99).toArray()));
        }
    }

    /** The smallest of the sorted values that at least {@code percent} % of them do not exceed (nearest rank). */
    static long percentile(long[] sorted, double percent) {
        int rank = (int) Math.ceil(percent / 100 * sorted.length);
        return sorted[Math.max(rank, 1) - 1];
    }

    /** The middle value, or the mean of the two middle ones. */
    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    }

    /** {@return build and search parameters in one} */
    public String allParams() {
        String search = point.toString();
        return subject.params.isEmpty() || search.isEmpty() ? subject.params + search : subject.params + "," + search;
    }
}
