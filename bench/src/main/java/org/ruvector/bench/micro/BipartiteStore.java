package org.ruvector.bench.micro;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jgrapht.Graph;
import org.jgrapht.Graphs;
import org.jgrapht.graph.DefaultEdge;
import org.jgrapht.graph.SimpleGraph;

/**
 * JGraphT's graph with a vertex for each node and one for each fact, the way hypergraphs are kept in it. It has no idea of time, so
 * a window looks at the times of all facts.
 */
final class BipartiteStore implements FactStore {

    private final Graph<Integer, DefaultEdge> graph = new SimpleGraph<>(DefaultEdge.class);
    private final long[] times;

    private BipartiteStore(long[] times) {
        this.times = times;
    }

    static BipartiteStore fill(Facts facts) {
        BipartiteStore store = new BipartiteStore(facts.times());
        for (int node = 0; node < facts.nodes(); node++) {
            store.graph.addVertex(node);
        }
        for (int i = 0; i < facts.facts().length; i++) {
            Integer fact = ~i;
            store.graph.addVertex(fact);
            for (int node : facts.facts()[i]) {
                store.graph.addEdge(fact, node);
            }
        }
        return store;
    }

    @Override
    public int lastHour(long until) {
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < times.length; i++) {
            if (times[i] >= until - 3_600_000 && times[i] < until) {
                found.add(i);
            }
        }
        return found.size();
    }

    @Override
    public int twoHops(int node, int budget) {
        Set<Integer> facts = new HashSet<>();
        Set<Integer> seen = new HashSet<>(Set.of(node));
        List<Integer> frontier = List.of(node);
        for (int hop = 0; hop < 2; hop++) {
            List<Integer> next = new ArrayList<>();
            for (Integer from : frontier) {
                for (Integer fact : Graphs.neighborListOf(graph, from)) {
                    if (facts.size() == budget) {
                        return budget;
                    }
                    if (facts.add(fact)) {
                        for (Integer to : Graphs.neighborListOf(graph, fact)) {
                            if (seen.add(to)) {
                                next.add(to);
                            }
                        }
                    }
                }
            }
            frontier = next;
        }
        return facts.size();
    }
}
