package org.ruvector.bench.micro;

import java.util.SplittableRandom;

/** Where facts of several nodes each are kept, with their times: what {@link HypergraphBenchmark} compares. */
sealed interface FactStore permits TemporalStore, BipartiteStore {

    /**
     * Facts in the order of their times, a thousand an hour.
     *
     * @param nodes number of nodes that there are
     * @param facts the nodes of each fact
     * @param times of each fact, epoch milliseconds, ascending
     */
    record Facts(int nodes, int[][] facts, long[] times) {

        private static final int AN_HOUR = 1_000;
        private static final long START = 1_700_000_000_000L;

        /**
         * Draws facts of 2 to 6 nodes, 4 in the mean. A quarter as many nodes as facts; a node of small ordinal is in
         * more of them, with a density that falls as its square root, so the busiest are in some thousand.
         */
        static Facts draw(int count, long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            int nodes = Math.max(16, count / 4);
            int[][] facts = new int[count][];
            long[] times = new long[count];
            for (int i = 0; i < count; i++) {
                int[] fact = new int[2 + random.nextInt(5)];
                for (int j = 0; j < fact.length; ) {
                    double u = random.nextDouble();
                    fact[j] = (int) (nodes * u * u);
                    j += distinct(fact, j) ? 1 : 0;
                }
                facts[i] = fact;
                times[i] = START + i * (3_600_000L / AN_HOUR);
            }
            return new Facts(nodes, facts, times);
        }

        private static boolean distinct(int[] fact, int last) {
            for (int i = 0; i < last; i++) {
                if (fact[i] == fact[last]) {
                    return false;
                }
            }
            return true;
        }

        long incidences() {
            long sum = 0;
            for (int[] fact : facts) {
                sum += fact.length;
            }
            return sum;
        }

        /** The end of the latest hour. */
        long end() {
            return times[times.length - 1] + 1;
        }
    }

    /** Number of facts in an hour that ends before {@code until}. */
    int lastHour(long until);

    /** Number of facts met within two hops of a node, until there are {@code budget} of them. */
    int twoHops(int node, int budget);

    /** An empty store filled with all facts, one by one. */
    static FactStore fill(String name, Facts facts) {
        return switch (name) {
            case "ruvector" -> TemporalStore.fill(facts);
            case "jgrapht" -> BipartiteStore.fill(facts);
            default ->
                throw new IllegalArgumentException("There is no store '" + name + "'; there are ruvector and jgrapht");
        };
    }
}
