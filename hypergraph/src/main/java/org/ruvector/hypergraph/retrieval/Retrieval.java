package org.ruvector.hypergraph.retrieval;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a {@link HypergraphRetriever} found.
 *
 * @param nodes      the nodes most similar to the request, best first
 * @param hyperedges the hyperedges most similar to the request, best first
 * @param paths      for each hyperedge at the end of a path the best path to it, best first; a hyperedge that is found by itself
 *                   is a path without hops
 * @param expansion  what it took, and what was left out
 */
public record Retrieval(List<Match> nodes, List<Match> hyperedges, List<ReasoningPath> paths, Expansion expansion) {

    /**
     * A node or hyperedge that was found by its embedding.
     *
     * @param ordinal    which
     * @param similarity the cosine of its embedding and the query, from −1 to 1
     */
    public record Match(int ordinal, double similarity) implements Comparable<Match> {

        /** More similar first; equal ones by smaller ordinal. */
        @Override
        public int compareTo(Match other) {
            int bySimilarity = Double.compare(other.similarity, similarity);
            return bySimilarity != 0 ? bySimilarity : Integer.compare(ordinal, other.ordinal);
        }
    }

    /**
     * How far paths were followed.
     *
     * @param looked    hyperedges looked at, each as often as it was met; at most the budget
     * @param left      ways on from a path, or from a node, that the budget did not reach
     * @param strongest the most that one of these would have added to the score of a next hyperedge; 0 if none is left
     */
    public record Expansion(int looked, int left, double strongest) {

        /** Whether every path was followed to its end. */
        public boolean complete() {
            return left == 0;
        }
    }

    /** Makes the lists unmodifiable. */
    public Retrieval {
        nodes = List.copyOf(nodes);
        hyperedges = List.copyOf(hyperedges);
        paths = List.copyOf(paths);
    }

    /** Every hyperedge on a path, best path first, then those found that are on none; each once. What a reader should be told. */
    public List<Integer> facts() {
        Set<Integer> facts = new LinkedHashSet<>();
        paths.forEach(path -> path.steps().forEach(step -> facts.add(step.edge())));
        hyperedges.forEach(match -> facts.add(match.ordinal()));
        return List.copyOf(facts);
    }
}
