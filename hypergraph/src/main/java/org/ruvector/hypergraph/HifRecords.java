package org.ruvector.hypergraph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The records of one HIF document in the order in which they came, and the hypergraph that is made of them. */
final class HifRecords {

    static final byte TAIL = 1;
    static final byte HEAD = 2;

    final Items nodes = new Items("node");
    final Items edges = new Items("edge");
    String networkType = "directed";

    // Incidence i joins the items edgeOf[i] and nodeOf[i].
    private int[] edgeOf = new int[16];
    private int[] nodeOf = new int[16];
    private byte[] directionOf = new byte[16];
    private int incidences;

    /** Nodes, or edges. */
    static final class Items {

        final String what;
        final Map<Object, Integer> indices = new LinkedHashMap<>();
        final List<Map<String, Object>> attributes = new ArrayList<>();
        final List<Double> weights = new ArrayList<>();
        private boolean integersAreOrdinals;

        Items(String what) {
            this.what = what;
        }

        /** The index of an item, which is added if it is new. */
        int index(Object id) {
            Integer known = indices.putIfAbsent(id, attributes.size());
            if (known != null) {
                return known;
            }
            attributes.add(Map.of());
            weights.add(null);
            return attributes.size() - 1;
        }

        /** Adds an item, or more about one. */
        void add(Object id, Map<String, Object> more, Double weight) {
            int index = index(id);
            Map<String, Object> before = attributes.get(index);
            if (before.isEmpty()) {
                attributes.set(index, more);
            } else {
                before.putAll(more);
            }
            if (weight != null) {
                weights.set(index, weight);
            }
        }

        /** The ordinal of each, by index. */
        int[] ordinals() {
            int count = attributes.size();
            integersAreOrdinals = indices.keySet().stream()
                    .allMatch(id -> !(id instanceof Long number) || (number >= 0 && number < count));
            int[] ordinals = new int[count];
            BitSet taken = new BitSet();
            if (integersAreOrdinals) {
                indices.forEach((id, index) -> {
                    if (id instanceof Long number) {
                        ordinals[index] = number.intValue();
                        taken.set(ordinals[index]);
                    }
                });
            }
            int free = 0;
            for (Map.Entry<Object, Integer> item : indices.entrySet()) {
                if (named(item.getKey())) {
                    free = taken.nextClearBit(free);
                    ordinals[item.getValue()] = free++;
                }
            }
            return ordinals;
        }

        /** Whether an id is a name. */
        boolean named(Object id) {
            return !integersAreOrdinals || id instanceof String;
        }
    }

    void addIncidence(Object edge, Object node, byte direction) {
        if (incidences == edgeOf.length) {
            int capacity = incidences * 2;
            edgeOf = Arrays.copyOf(edgeOf, capacity);
            nodeOf = Arrays.copyOf(nodeOf, capacity);
            directionOf = Arrays.copyOf(directionOf, capacity);
        }
        edgeOf[incidences] = edges.index(edge);
        nodeOf[incidences] = nodes.index(node);
        directionOf[incidences] = direction;
        incidences++;
    }

    MutableHypergraph toHypergraph() {
        int[] ordinals = nodes.ordinals();
        MutableHypergraph hypergraph = new MutableHypergraph(ordinals.length);
        nodes.indices.forEach((id, index) -> annotateNode(hypergraph, ordinals[index], id, index));
        addEdges(hypergraph, ordinals);
        return hypergraph;
    }

    private void annotateNode(MutableHypergraph hypergraph, int node, Object id, int index) {
        if (nodes.named(id)) {
            hypergraph.setNodeName(node, id.toString());
        }
        Map<String, Object> attributes = nodes.attributes.get(index);
        Double weight = nodes.weights.get(index);
        if (weight != null) {
            attributes = new LinkedHashMap<>(attributes);
            Object other = attributes.putIfAbsent("weight", weight);
            if (other != null && !(other instanceof Number number && number.doubleValue() == weight)) {
                throw new IllegalArgumentException("Node " + id + " has the weight " + weight
                        + " and an attribute 'weight' that is " + other + "; leave one of them out");
            }
        }
        hypergraph.setNodeAttributes(node, attributes);
    }

    private void addEdges(MutableHypergraph hypergraph, int[] nodeOrdinals) {
        int[] edgeOrdinals = edges.ordinals();
        int count = edgeOrdinals.length;
        Object[] ids = new Object[count];
        edges.indices.forEach((id, index) -> ids[edgeOrdinals[index]] = id);
        // Incidences by hyperedge: those of ordinal e are from start[e] to before start[e + 1].
        int[] start = new int[count + 1];
        for (int i = 0; i < incidences; i++) {
            start[edgeOrdinals[edgeOf[i]] + 1]++;
        }
        for (int edge = 0; edge < count; edge++) {
            start[edge + 1] += start[edge];
        }
        int[] next = start.clone();
        int[] sorted = new int[incidences];
        for (int i = 0; i < incidences; i++) {
            sorted[next[edgeOrdinals[edgeOf[i]]]++] = i;
        }
        for (int edge = 0; edge < count; edge++) {
            int index = edges.indices.get(ids[edge]);
            int[] of = Arrays.copyOfRange(sorted, start[edge], start[edge + 1]);
            if (of.length == 0) {
                addGap(hypergraph, ids[edge], index);
                continue;
            }
            addEdge(hypergraph, ids[edge], of, nodeOrdinals);
            if (edges.named(ids[edge])) {
                hypergraph.setEdgeName(edge, ids[edge].toString());
            }
            hypergraph.setEdgeAttributes(edge, edges.attributes.get(index));
            if (edges.weights.get(index) != null) {
                hypergraph.setWeight(edge, edges.weights.get(index));
            }
        }
    }

    private void addGap(MutableHypergraph hypergraph, Object id, int index) {
        if (edges.named(id) || !edges.attributes.get(index).isEmpty() || edges.weights.get(index) != null) {
            throw new IllegalArgumentException(
                    "Hyperedge " + id + " has no incidences; a hyperedge has at least one node, leave this one out");
        }
        hypergraph.addGap();
    }

    private void addEdge(MutableHypergraph hypergraph, Object id, int[] of, int[] nodeOrdinals) {
        int[] tail = members(of, TAIL, nodeOrdinals);
        int[] head = members(of, HEAD, nodeOrdinals);
        int[] rest = members(of, (byte) 0, nodeOrdinals);
        if (tail.length + head.length == 0) {
            hypergraph.addEdge(rest);
            return;
        }
        if (!networkType.equals("directed")) {
            throw new IllegalArgumentException("Hyperedge " + id + " has directions, but the network is " + networkType
                    + "; leave them out, or make it directed");
        }
        if (tail.length == 0 || head.length == 0 || rest.length > 0) {
            throw new IllegalArgumentException("Hyperedge " + id + " has " + tail.length + " nodes in its tail, "
                    + head.length + " in its head, and " + rest.length
                    + " in neither; a directed one has both, and none in neither");
        }
        hypergraph.addDirectedEdge(tail, head);
    }

    /** The distinct nodes of the given direction. */
    private int[] members(int[] of, byte direction, int[] nodeOrdinals) {
        return Arrays.stream(of)
                .filter(i -> directionOf[i] == direction)
                .map(i -> nodeOrdinals[nodeOf[i]])
                .distinct()
                .toArray();
    }
}
