package org.ruvector.hypergraph.retrieval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.PriorityQueue;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.ruvector.hypergraph.Hypergraph;
import org.ruvector.hypergraph.retrieval.ReasoningPath.Step;
import org.ruvector.hypergraph.retrieval.Retrieval.Expansion;
import org.ruvector.hypergraph.retrieval.Retrieval.Match;

/**
 * Follows paths of one request, first where most support is passed on. From a hyperedge it goes on through one node after
 * another, the rarest first, so that a hub is only opened when nothing better is left. For one thread, once.
 */
final class PathSearch {

    private static final int NONE = -1;

    private final Hypergraph graph;
    private final RetrievalRequest request;
    private final IntToDoubleFunction similarity;
    private final int[] entities;
    private final double[] lent;

    private final PriorityQueue<Way> ways =
            new PriorityQueue<>(Comparator.comparingDouble(Way::passed).reversed());
    private final Map<Integer, Trail> best = new HashMap<>();
    private final BitSet started = new BitSet();
    private int looked;

    /**
     * A path from its end.
     *
     * @param before    null at the start
     * @param link      to the hyperedge before
     * @param entity    whose relevance it is, or {@link #NONE}
     * @param score     of the path up to here
     */
    private record Trail(Trail before, int edge, int hops, double link, double relevance, int entity, double score) {

        boolean holds(int other) {
            for (Trail at = this; at != null; at = at.before) {
                if (at.edge == other) {
                    return true;
                }
            }
            return false;
        }

        int[] edges() {
            int[] edges = new int[hops + 1];
            for (Trail at = this; at != null; at = at.before) {
                edges[at.hops] = at.edge;
            }
            return edges;
        }
    }

    /**
     * To the hyperedges that share a node, but none of those before it, with the end of a path.
     *
     * @param trail  null for those of a found node
     * @param nodes  of the path's end, those in other hyperedges too, the rarest first
     * @param at     which of the nodes
     * @param passed the most support that a hyperedge reached so can get
     */
    private record Way(Trail trail, int[] nodes, int at, double passed) {}

    private static final Comparator<Trail> BETTER = Comparator.comparingDouble(Trail::score)
            .reversed()
            .thenComparingInt(Trail::hops)
            .thenComparing(Trail::edges, Arrays::compare);

    /** Of a request for which these nodes were found. */
    PathSearch(Hypergraph graph, RetrievalRequest request, IntToDoubleFunction similarity, List<Match> nodes) {
        this.graph = graph;
        this.request = request;
        this.similarity = similarity;
        List<Match> byOrdinal = nodes.stream()
                .filter(match -> match.similarity() > 0)
                .sorted(Comparator.comparingInt(Match::ordinal))
                .toList();
        entities = byOrdinal.stream().mapToInt(Match::ordinal).toArray();
        lent = byOrdinal.stream()
                .mapToDouble(match -> rarity(match.ordinal()) * match.similarity())
                .toArray();
    }

    /** The best paths from these hyperedges, and from those of the found nodes. */
    List<ReasoningPath> from(List<Match> hyperedges) {
        for (Match match : hyperedges) {
            start(match.ordinal());
        }
        for (int i = 0; i < entities.length; i++) {
            if (graph.degree(entities[i]) > 0) {
                ways.add(new Way(null, new int[] {entities[i]}, 0, lent[i]));
            }
        }
        while (!ways.isEmpty()) {
            Way way = ways.poll();
            if (!follow(way)) {
                ways.add(way);
                break;
            }
        }
        return best.values().stream()
                .sorted(BETTER)
                .limit(request.walk().paths())
                .map(this::path)
                .toList();
    }

    Expansion expansion() {
        return new Expansion(
                looked, ways.size(), ways.isEmpty() ? 0 : ways.peek().passed());
    }

    /** Looks at the hyperedges of the way's node; false if the budget did not suffice for all. */
    private boolean follow(Way way) {
        int node = way.nodes[way.at];
        int degree = graph.degree(node);
        int affordable = Math.min(degree, request.walk().budget() - looked);
        for (int i = 0; i < affordable; i++) {
            int edge = graph.edge(node, i);
            if (!request.filter().test(edge)) {
                continue;
            }
            if (way.trail == null) {
                start(edge);
            } else if (!way.trail.holds(edge)) {
                step(way, edge);
            }
        }
        looked += affordable;
        if (affordable < degree) {
            return false;
        }
        if (way.trail != null) {
            goOn(way.trail, way.nodes, way.at + 1);
        }
        return true;
    }

    private void start(int edge) {
        if (!started.get(edge)) {
            started.set(edge);
            Trail trail = trail(null, edge, 1);
            if (trail.relevance > 0) {
                add(trail);
            }
        }
    }

    private void step(Way way, int edge) {
        double apart = 1;
        for (int i = 0; i < way.nodes.length; i++) {
            if (graph.contains(edge, way.nodes[i])) {
                if (i < way.at) {
                    return; // It was reached through that rarer node.
                }
                apart *= 1 - rarity(way.nodes[i]);
            }
        }
        add(trail(way.trail, edge, 1 - apart));
    }

    private Trail trail(Trail before, int edge, double link) {
        double relevance = Math.max(0, similarity.applyAsDouble(edge));
        int entity = NONE;
        for (int i = 0, n = graph.size(edge); i < n; i++) {
            int at = Arrays.binarySearch(entities, graph.node(edge, i));
            if (at >= 0 && lent[at] > relevance) {
                relevance = lent[at];
                entity = entities[at];
            }
        }
        return before == null
                ? new Trail(null, edge, 0, link, relevance, entity, relevance)
                : new Trail(
                        before,
                        edge,
                        before.hops + 1,
                        link,
                        relevance,
                        entity,
                        relevance + request.walk().decay() * link * before.score);
    }

    private void add(Trail trail) {
        best.merge(trail.edge, trail, (a, b) -> BETTER.compare(a, b) <= 0 ? a : b);
        if (trail.hops < request.walk().hops()) {
            goOn(trail, sharedNodes(trail.edge), 0);
        }
    }

    private void goOn(Trail trail, int[] nodes, int at) {
        if (at < nodes.length) {
            double apart = 1;
            for (int i = at; i < nodes.length; i++) {
                apart *= 1 - rarity(nodes[i]);
            }
            ways.add(new Way(trail, nodes, at, request.walk().decay() * (1 - apart) * trail.score));
        }
    }

    /** The nodes of a hyperedge that others have too, the rarest first. */
    private int[] sharedNodes(int edge) {
        return IntStream.of(graph.nodesOf(edge))
                .filter(node -> graph.degree(node) > 1)
                .mapToLong(node -> (long) graph.degree(node) << 32 | node)
                .sorted()
                .mapToInt(key -> (int) key)
                .toArray();
    }

    private double rarity(int node) {
        return 1 / (1 + Math.log(graph.degree(node)) / Math.log(2));
    }

    private ReasoningPath path(Trail end) {
        List<Step> steps = new ArrayList<>();
        double passed = 1;
        for (Trail at = end; at != null; at = at.before) {
            OptionalInt entity = at.entity == NONE ? OptionalInt.empty() : OptionalInt.of(at.entity);
            steps.add(new Step(at.edge, joins(at), at.link, at.relevance, entity, passed * at.relevance));
            passed *= request.walk().decay() * at.link;
        }
        return new ReasoningPath(steps.reversed(), end.score);
    }

    private List<Integer> joins(Trail trail) {
        return trail.before == null
                ? List.of()
                : IntStream.of(graph.nodesOf(trail.edge))
                        .filter(node -> graph.contains(trail.before.edge, node))
                        .sorted()
                        .boxed()
                        .toList();
    }
}
