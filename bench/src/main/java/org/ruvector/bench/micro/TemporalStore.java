package org.ruvector.bench.micro;

import org.ruvector.hypergraph.structure.KHop;
import org.ruvector.hypergraph.time.TemporalHypergraph;

/** Our own hypergraph, with its index of times. */
final class TemporalStore implements FactStore {

    private final TemporalHypergraph graph = new TemporalHypergraph();

    private TemporalStore() {}

    static TemporalStore fill(Facts facts) {
        TemporalStore store = new TemporalStore();
        store.graph.addNodes(facts.nodes());
        for (int i = 0; i < facts.facts().length; i++) {
            store.graph.addEvent(facts.times()[i], facts.facts()[i]);
        }
        return store;
    }

    @Override
    public int lastHour(long until) {
        return graph.read(view -> view.window(until - 3_600_000, until)).length;
    }

    @Override
    public int twoHops(int node, int budget) {
        return graph.read(view -> new KHop(2, budget).expand(view.graph(), node))
                .edges()
                .length;
    }
}
