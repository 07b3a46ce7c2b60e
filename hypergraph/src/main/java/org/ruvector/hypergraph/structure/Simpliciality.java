package org.ruvector.hypergraph.structure;

import java.util.Arrays;
import java.util.BitSet;
import java.util.SortedSet;
import java.util.TreeSet;
import org.ruvector.hypergraph.Hypergraph;
import org.ruvector.hypergraph.MutableHypergraph;

/**
 * How near a hypergraph is to a simplicial complex, in which every subset of a hyperedge is one too: 1 is one, 0 is far
 * (N. Landry, J.-G. Young and N. Eikmeier, "The simpliciality of higher-order networks", EPJ Data Science 2024; as in
 * XGI 0.10). Several hyperedges of the same nodes count once; directions are left out.
 *
 * @param edit     edit simpliciality: of the smallest complex around, the share that is there already; its maximal
 *                 hyperedges, which are there by definition, left out
 * @param faceEdit face edit simpliciality: the share of the proper subsets of a maximal hyperedge that are hyperedges, mean
 *                 over these
 * @param fraction simplicial fraction: the share of hyperedges of which all subsets are hyperedges
 */
public record Simpliciality(double edit, double faceEdit, double fraction) {

    // Subsets of a hyperedge are counted one by one.
    private static final int LARGEST = 24;

    /** Counts with XGI's defaults: subsets from 2 nodes on, and no pairs among the hyperedges to judge. */
    public static Simpliciality of(Hypergraph hypergraph) {
        return of(hypergraph, 2, true);
    }

    /**
     * Counts. Takes time exponential in the size of hyperedges.
     *
     * @param minSize        smallest size of hyperedges and subsets that count, at least 1
     * @param excludeMinSize whether hyperedges of the smallest size are not judged themselves, because they have
     *     nothing to miss
     * @return each NaN where there is nothing to take a share of
     * @throws IllegalArgumentException if a hyperedge has more than 24 nodes
     */
    public static Simpliciality of(Hypergraph hypergraph, int minSize, boolean excludeMinSize) {
        if (minSize < 1) {
            throw new IllegalArgumentException("The smallest size is " + minSize + "; it must be at least 1");
        }
        return new Faces(distinct(hypergraph, minSize), minSize, minSize + (excludeMinSize ? 1 : 0)).simpliciality();
    }

    private static Hypergraph distinct(Hypergraph hypergraph, int minSize) {
        SortedSet<int[]> sets = new TreeSet<>(Arrays::compare);
        for (int edge = 0; edge < hypergraph.edgeBound(); edge++) {
            int[] nodes = hypergraph.nodesOf(edge);
            if (nodes.length > LARGEST) {
                throw new IllegalArgumentException("Hyperedge " + edge + " has " + nodes.length
                        + " nodes; subsets are counted up to " + LARGEST + ", leave larger ones out");
            }
            if (nodes.length >= minSize) {
                Arrays.sort(nodes);
                sets.add(nodes);
            }
        }
        MutableHypergraph distinct = new MutableHypergraph(hypergraph.nodes());
        sets.forEach(distinct::addEdge);
        return distinct.freeze();
    }

    /** The counting, on distinct hyperedges. */
    private static final class Faces {

        private final Hypergraph hypergraph;
        private final int minSize;
        // Smallest size of hyperedges to judge.
        private final int judged;
        private final boolean[] maximal;
        // Number of hyperedges within each.
        private final int[] present;

        // Hyperedges that meet the one looked at, and which of its nodes they have, as bits.
        private final int[] meeting;
        private final int[] common;
        private int meetings;

        Faces(Hypergraph hypergraph, int minSize, int judged) {
            this.hypergraph = hypergraph;
            this.minSize = minSize;
            this.judged = judged;
            int edges = hypergraph.edgeBound();
            maximal = new boolean[edges];
            present = new int[edges];
            meeting = new int[edges];
            common = new int[edges];
            for (int edge = 0; edge < edges; edge++) {
                meet(edge);
                boolean within = false;
                for (int i = 0; i < meetings; i++) {
                    int other = meeting[i];
                    int size = Integer.bitCount(common[other]);
                    within |= size == hypergraph.size(edge);
                    present[edge] += size == hypergraph.size(other) ? 1 : 0;
                }
                maximal[edge] = !within;
            }
        }

        private void meet(int edge) {
            for (int i = 0; i < meetings; i++) {
                common[meeting[i]] = 0;
            }
            meetings = 0;
            for (int i = 0; i < hypergraph.size(edge); i++) {
                int node = hypergraph.node(edge, i);
                for (int j = 0; j < hypergraph.degree(node); j++) {
                    int other = hypergraph.edge(node, j);
                    if (other != edge) {
                        if (common[other] == 0) {
                            meeting[meetings++] = other;
                        }
                        common[other] |= 1 << i;
                    }
                }
            }
        }

        Simpliciality simpliciality() {
            int edges = hypergraph.edgeBound();
            int largestFaces = 0;
            int toJudge = 0;
            int simplices = 0;
            long missing = 0;
            double missingShares = 0;
            for (int edge = 0; edge < edges; edge++) {
                int size = hypergraph.size(edge);
                if (size < judged) {
                    continue;
                }
                long subsets = properSubsets(size);
                toJudge++;
                simplices += present[edge] == subsets ? 1 : 0;
                if (maximal[edge]) {
                    largestFaces++;
                    missingShares += subsets == 0 ? 0 : (subsets - present[edge]) / (double) subsets;
                    missing += missingFirstHere(edge);
                }
            }
            long possible = edges - largestFaces + missing;
            return new Simpliciality(
                    largestFaces == 0 || possible == 0 ? Double.NaN : 1 - missing / (double) possible,
                    largestFaces == 0 ? Double.NaN : 1 - missingShares / largestFaces,
                    toJudge == 0 ? Double.NaN : simplices / (double) toJudge);
        }

        private long properSubsets(int size) {
            long subsets = (1L << size) - 2;
            long ofSize = 1;
            for (int i = 1; i < minSize && i < size; i++) {
                ofSize = ofSize * (size - i + 1) / i;
                subsets -= ofSize;
            }
            return subsets;
        }

        /** Number of subsets that are no hyperedges, but for those that a maximal hyperedge before has too. */
        private long missingFirstHere(int edge) {
            meet(edge);
            int size = hypergraph.size(edge);
            BitSet known = new BitSet(1 << size);
            for (int i = 0; i < meetings; i++) {
                int other = meeting[i];
                int set = common[other];
                if (Integer.bitCount(set) == hypergraph.size(other)) {
                    known.set(set);
                }
                if (other < edge && maximal[other] && hypergraph.size(other) >= judged) {
                    for (int subset = set; subset > 0; subset = (subset - 1) & set) {
                        known.set(subset);
                    }
                }
            }
            long missing = 0;
            for (int set = 1; set < (1 << size) - 1; set++) {
                if (Integer.bitCount(set) >= minSize && !known.get(set)) {
                    missing++;
                }
            }
            return missing;
        }
    }
}
