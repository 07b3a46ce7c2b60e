package org.ruvector.hypergraph.retrieval;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.ruvector.hypergraph.Annotations;
import org.ruvector.hypergraph.Hypergraph;

/**
 * Hyperedges that lead from what is like the request to an answer, each sharing nodes with the one before; all are distinct. How
 * they are scored is in {@link HypergraphRetriever}.
 *
 * @param steps from the first hyperedge to the last, at least one
 * @param score the sum of the terms of all steps, positive
 */
public record ReasoningPath(List<Step> steps, double score) {

    /**
     * One hyperedge of a path.
     *
     * @param edge      the hyperedge
     * @param joins     the nodes that it shares with the hyperedge before, ascending; none at the first
     * @param link      how strongly they join the two, from 0 to 1; 1 at the first
     * @param relevance how much it has to do with the request by itself, from 0 to 1
     * @param entity    the found node that this relevance comes from; none if it is its own embedding's
     * @param term      what this step adds to the score of the path
     */
    public record Step(int edge, List<Integer> joins, double link, double relevance, OptionalInt entity, double term) {

        /** Makes the list unmodifiable. */
        public Step {
            joins = List.copyOf(joins);
        }
    }

    /** Makes the list unmodifiable and refuses an empty one. */
    public ReasoningPath {
        steps = List.copyOf(steps);
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("A path has at least one step, this one has none");
        }
    }

    /** Number of joins, one less than the hyperedges. */
    public int hops() {
        return steps.size() - 1;
    }

    /** The hyperedge that the path leads to. */
    public int end() {
        return steps.getLast().edge();
    }

    /**
     * The path for a reader, by the names in the hypergraph that it was found in, such as
     * {@code Ida directed Dawn (Ida, Dawn) -[Ida]-> Ida is from Riga (Ida, Riga)}.
     */
    public String text(Hypergraph graph) {
        return steps.stream()
                .map(step -> (step.joins().isEmpty()
                                ? ""
                                : step.joins().stream()
                                        .map(node -> name("node", graph.nodeAnnotations(), node))
                                        .collect(Collectors.joining(", ", "-[", "]-> ")))
                        + fact(graph, step.edge()))
                .collect(Collectors.joining(" "));
    }

    private static String fact(Hypergraph graph, int edge) {
        return IntStream.of(graph.nodesOf(edge))
                .mapToObj(node -> name("node", graph.nodeAnnotations(), node))
                .collect(Collectors.joining(", ", name("hyperedge", graph.edgeAnnotations(), edge) + " (", ")"));
    }

    private static String name(String kind, Annotations annotations, int ordinal) {
        return annotations.name(ordinal).orElse(kind + " " + ordinal);
    }
}
