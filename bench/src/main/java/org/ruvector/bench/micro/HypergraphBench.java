package org.ruvector.bench.micro;

import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.ruvector.bench.Provenance;
import org.ruvector.bench.TextTable;

/** Runs {@link HypergraphBenchmark} and weighs the filled stores. */
public final class HypergraphBench {

    private static final List<String> STORES = List.of("ruvector", "jgrapht");

    /** A store's heap, as it is after a collection. */
    private record Weight(long incidences, double bytesPerIncidence) {}

    private HypergraphBench() {}

    /**
     * Measures.
     *
     * @param hyperedges how many to fill the stores with
     * @param forks      how thoroughly
     * @param command    the command line, for the provenance
     * @return {@code provenance}, {@code records}, and the {@code table} as text
     */
    public static Map<String, Object> run(int hyperedges, Forks forks, List<String> command) {
        ChainedOptionsBuilder builder = forks.options(HypergraphBenchmark.class);
        Forks.set(builder, "store", STORES);
        Forks.set(builder, "hyperedges", List.of(hyperedges));
        Map<String, Double> micros = new LinkedHashMap<>();
        for (RunResult result : Forks.run(builder)) {
            micros.put(
                    result.getPrimaryResult().getLabel()
                            + " "
                            + result.getParams().getParam("store"),
                    Forks.median(result.getPrimaryResult()));
        }
        List<Map<String, Object>> records = new ArrayList<>();
        TextTable table =
                new TextTable("store", "inserts/s", "latest hour in µs", "two hops in µs", "heap bytes per incidence");
        for (String store : STORES) {
            Weight weight = weigh(store, hyperedges);
            Map<String, Object> record = new LinkedHashMap<>();
            record.put("store", store);
            record.put("hyperedges", hyperedges);
            record.put("incidences", weight.incidences);
            record.put("insertsPerSecond", hyperedges / micros.get("insert " + store) * 1e6);
            record.put("latestHourMillis", micros.get("latestHour " + store) / 1e3);
            record.put("twoHopsMillis", micros.get("twoHops " + store) / 1e3);
            record.put("heapBytesPerIncidence", weight.bytesPerIncidence);
            records.add(record);
            table.add(
                    store,
                    Forks.number((double) record.get("insertsPerSecond")),
                    Forks.number(micros.get("latestHour " + store)),
                    Forks.number(micros.get("twoHops " + store)),
                    Forks.number(weight.bytesPerIncidence));
        }
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put(
                "provenance",
                Provenance.ofMachine(command)
                        .with("seed", HypergraphBenchmark.SEED)
                        .facts());
        summary.put("records", records);
        summary.put("table", table.plain());
        return summary;
    }

    /** The facts themselves are there before and after, so they do not count. */
    private static Weight weigh(String store, int hyperedges) {
        FactStore.Facts facts = FactStore.Facts.draw(hyperedges, HypergraphBenchmark.SEED);
        FactStore filled = null;
        try {
            long before = usedHeap();
            filled = FactStore.fill(store, facts);
            return new Weight(facts.incidences(), (double) (usedHeap() - before) / facts.incidences());
        } finally {
            Reference.reachabilityFence(filled);
            Reference.reachabilityFence(facts);
        }
    }

    private static long usedHeap() {
        long used = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            used = Math.min(
                    used,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return used;
    }
}
