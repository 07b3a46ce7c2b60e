package org.ruvector.index.hnsw;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.ruvector.api.Diagnosis;
import org.ruvector.api.Diagnosis.Finding;
import org.ruvector.api.Diagnosis.Histogram;
import org.ruvector.api.Hit;
import org.ruvector.api.SearchRequest;

/** Looks for what makes a graph answer worse than it should. */
final class HnswDoctor {
    private static final int K = 10;

    private final HnswIndex index;
    private final HnswNodes nodes;
    private final NodeStore store;
    private final HnswParams params;
    private final List<Finding> findings = new ArrayList<>();
    private final List<Histogram> histograms = new ArrayList<>();

    private HnswDoctor(HnswIndex index, HnswNodes nodes, NodeStore store, HnswParams params) {
        this.index = index;
        this.nodes = nodes;
        this.store = store;
        this.params = params;
    }

    static Diagnosis diagnose(
            HnswIndex index, HnswNodes nodes, NodeStore store, HnswParams params, int sample, long seed) {
        HnswDoctor doctor = new HnswDoctor(index, nodes, store, params);
        doctor.reachability();
        doctor.degrees();
        doctor.duplicates();
        if (sample > 0 && index.size() > 0) {
            doctor.codes(sample, seed);
            doctor.recall(sample, seed);
        }
        return new Diagnosis(doctor.findings, doctor.histograms);
    }

    private boolean isThere(int node) {
        return store.isThere(node, Epochs.NEVER);
    }

    private void reachability() {
        BitSet reached = Reachability.reached(store.graph, store.slots, params.maxLinks(0));
        int unreachable = 0;
        int removed = 0;
        for (int node = 0; node < store.slots; node++) {
            if (!isThere(node)) {
                removed++;
            } else if (!reached.get(node)) {
                unreachable++;
            }
        }
        findings.add(new Finding(
                "unreachable nodes",
                unreachable,
                unreachable == 0,
                unreachable == 0
                        ? "Every vector can be found."
                        : "No search over the graph finds these vectors; repair links them in."));
        findings.add(new Finding(
                "vacant slots", removed, true, "Memory of removed vectors, used again by the next additions."));
    }

    private void degrees() {
        int maxLinks = params.maxLinks(0);
        int[] links = new int[maxLinks];
        int[] in = new int[store.slots];
        long[] out = new long[maxLinks + 1];
        for (int node = 0; node < store.slots; node++) {
            if (isThere(node)) {
                int n = store.graph.links(0, node, links);
                out[n]++;
                for (int i = 0; i < n; i++) {
                    in[links[i]]++;
                }
            }
        }
        int most = 0;
        int orphans = 0;
        for (int node = 0; node < store.slots; node++) {
            if (isThere(node)) {
                most = Math.max(most, in[node]);
                orphans += in[node] == 0 && node != store.graph.entryPoint() ? 1 : 0;
            }
        }
        long[] counts = new long[most + 1];
        for (int node = 0; node < store.slots; node++) {
            if (isThere(node)) {
                counts[in[node]]++;
            }
        }
        findings.add(new Finding(
                "nodes without incoming links",
                orphans,
                orphans == 0,
                orphans == 0 ? "Every vector is linked to." : "Nothing leads to these vectors; repair links them in."));
        histograms.add(new Histogram("incoming links on layer 0", counts));
        histograms.add(new Histogram("outgoing links on layer 0", out));
    }

    /** Vectors that have an equal among their neighbours in the graph. */
    private void duplicates() {
        int[] links = new int[params.maxLinks(0)];
        long stride = nodes.layout().stride();
        int duplicates = 0;
        for (int node = 0; node < store.slots; node++) {
            if (!isThere(node)) {
                continue;
            }
            int n = store.graph.links(0, node, links);
            for (int i = 0; i < n; i++) {
                // Bytes decide, because a distance of 0 may be rounding.
                if (isThere(links[i]) && equalRows(node, links[i], stride)) {
                    duplicates++;
                    break;
                }
            }
        }
        findings.add(new Finding(
                "vectors with an equal neighbour",
                duplicates,
                true,
                "Equal vectors take up links that could lead elsewhere; many of them slow searches down."));
    }

    private boolean equalRows(int a, int b, long stride) {
        return java.lang.foreign.MemorySegment.mismatch(
                        store.rows, a * stride, (a + 1) * stride, store.rows, b * stride, (b + 1) * stride)
                < 0;
    }

    /** Whether codes are those of the vectors and links that they belong to. */
    private void codes(int sample, long seed) {
        if (store.base.codec == null && store.codes == null) {
            return;
        }
        int[] links = new int[params.maxLinks(0)];
        int[] chosen = sampled(sample, seed);
        int stale = 0;
        for (int node : chosen) {
            boolean fresh = (store.codes == null || store.codes.areOf(nodes.layout(), store.rows, node))
                    && (store.base.codec == null
                            || store.base.codesAreOf(node, links, store.graph.links(0, node, links)));
            stale += fresh ? 0 : 1;
        }
        findings.add(new Finding(
                "stale codes of " + chosen.length + " nodes",
                stale,
                stale == 0,
                stale == 0
                        ? "Codes are those of the vectors and links."
                        : "Searches go by codes of other vectors and find less: build the index again (seed " + seed
                                + ")."));
    }

    /** How much of the exact answer a search with default effort finds, for stored vectors as queries. */
    private void recall(int sample, long seed) {
        int[] chosen = sampled(sample, seed);
        int found = 0;
        int wanted = 0;
        for (int node : chosen) {
            SearchRequest request = SearchRequest.of(nodes.layout().read(store.rows, node), K);
            List<Hit> exact = index.search(request.with("ef", Math.min(HnswSearcher.MAX_EF, index.size())))
                    .hits();
            float kth = exact.getLast().distance();
            for (Hit hit : index.search(request).hits()) {
                found += hit.distance() <= kth ? 1 : 0;
            }
            wanted += exact.size();
        }
        double recall = (double) found / wanted;
        findings.add(new Finding(
                "recall@" + K + " of " + chosen.length + " stored vectors",
                recall,
                recall >= 0.9,
                "Share of the exact neighbours that a search with default effort finds (seed " + seed + ")."));
    }

    /** Distinct nodes: selection sampling, Knuth, The Art of Computer Programming, vol. 2, algorithm 3.4.2 S. */
    private int[] sampled(int sample, long seed) {
        Random random = new Random(seed);
        int left = index.size();
        int[] chosen = new int[Math.min(sample, left)];
        int n = 0;
        for (int node = 0; n < chosen.length; node++) {
            if (isThere(node) && random.nextInt(left--) < chosen.length - n) {
                chosen[n++] = node;
            }
        }
        return chosen;
    }
}
