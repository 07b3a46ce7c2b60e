package org.ruvector.hypergraph.causal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Chains of causes and effects: an edge, then one whose only cause is the effect of the one before, and so on. The effect of a
 * chain is the product of the standardised effects {@code θᵢ} of its edges (S. Wright, "The method of path coefficients", 1934): what it
 * changes the last effect by, in standard deviations. Its standard error follows by the delta method, as in M. Sobel, "Asymptotic
 * confidence intervals for indirect effects", 1982: {@code se² = Σᵢ seᵢ² · Π_{j≠i} θⱼ²}, as if the estimates were independent.
 *
 * <p>The product is an effect if each step is one, steps are linear, and causes act only through the chain. Edges of unknown effect
 * are no steps. No chain meets a node twice, so cycles end by themselves. The number of chains grows exponentially with the
 * depth; the search stops at a budget and says so. Immutable.
 */
public final class CausalChains {

    private final Map<String, List<Step>> byCause = new HashMap<>();
    private final List<Step> all = new ArrayList<>();

    private record Step(CausalEdge edge, EffectEstimate effect) {}

    /**
     * A chain.
     *
     * @param edges  its steps, at least one
     * @param effect of the first causes on the last effect, in standard deviations
     */
    public record Chain(List<CausalEdge> edges, EffectEstimate effect) {

        /** Makes the list unmodifiable. */
        public Chain {
            edges = List.copyOf(edges);
        }
    }

    /**
     * What a search found.
     *
     * @param chains   in the order asked for
     * @param complete whether these are all; if not, the budget was spent
     */
    public record Found(List<Chain> chains, boolean complete) {

        /** Makes the list unmodifiable. */
        public Found {
            chains = List.copyOf(chains);
        }
    }

    /** The largest effects in size first. */
    public static final Comparator<Chain> BY_SIZE =
            Comparator.comparingDouble((Chain chain) -> -Math.abs(chain.effect().effect()));

    /** What is surely large first: by the lower bound of the effect at that confidence. */
    public static Comparator<Chain> byLowerBound(double confidence) {
        EffectEstimate.requireLevel(confidence);
        return Comparator.comparingDouble(chain -> -chain.effect().lowerBound(confidence));
    }

    /** Chains over these edges, such as {@link CausalMemory#edges}. */
    public CausalChains(List<CausalEdge> edges) {
        for (CausalEdge edge : edges) {
            edge.standardised().ifPresent(effect -> {
                Step step = new Step(edge, effect);
                all.add(step);
                if (edge.causes().size() == 1) {
                    byCause.computeIfAbsent(edge.causes().getFirst(), cause -> new ArrayList<>())
                            .add(step);
                }
            });
        }
    }

    /**
     * The chains that begin with these causes.
     *
     * @param causes names of nodes, such as {@code action:search}; exactly those of the first edge
     * @param depth  the most edges of a chain, at least 1
     * @param budget the most chains looked at, at least 1
     * @param order  of the result; equal ones by length, then in the order of the edges
     */
    public Found from(Set<String> causes, int depth, int budget, Comparator<Chain> order) {
        if (depth < 1 || budget < 1) {
            throw new IllegalArgumentException(
                    "The depth is " + depth + ", the budget " + budget + "; both must be at least 1");
        }
        List<Chain> chains = new ArrayList<>();
        boolean complete = true;
        for (Step step : all) {
            if (Set.copyOf(step.edge.causes()).equals(causes)) {
                List<Step> path = new ArrayList<>(List.of(step));
                Set<String> met = new HashSet<>(causes);
                met.add(step.edge.effect());
                complete &= extend(path, met, depth, budget, chains);
            }
        }
        chains.sort(order.thenComparingInt(chain -> chain.edges().size()));
        return new Found(chains, complete);
    }

    /** Adds the chain and all that begin with it; says whether the budget sufficed. */
    private boolean extend(List<Step> path, Set<String> met, int depth, int budget, List<Chain> chains) {
        if (chains.size() == budget) {
            return false;
        }
        chains.add(chain(path));
        if (path.size() == depth) {
            return true;
        }
        for (Step next : byCause.getOrDefault(path.getLast().edge.effect(), List.of())) {
            if (met.add(next.edge.effect())) {
                path.add(next);
                boolean sufficed = extend(path, met, depth, budget, chains);
                path.removeLast();
                met.remove(next.edge.effect());
                if (!sufficed) {
                    return false;
                }
            }
        }
        return true;
    }

    private static Chain chain(List<Step> path) {
        if (path.size() == 1) {
            return new Chain(List.of(path.getFirst().edge), path.getFirst().effect);
        }
        double product = 1;
        double variance = 0;
        long treated = Long.MAX_VALUE;
        long control = Long.MAX_VALUE;
        double clipped = 0;
        for (Step step : path) {
            EffectEstimate.Support support = step.effect.support();
            double theta = step.effect.effect();
            double error = step.effect.standardError();
            variance = variance * theta * theta + product * product * error * error;
            product *= theta;
            treated = Math.min(treated, support.treated());
            control = Math.min(control, support.control());
            clipped = Math.max(clipped, support.clipped());
        }
        return new Chain(
                path.stream().map(Step::edge).toList(),
                new EffectEstimate(
                        product,
                        Math.sqrt(variance),
                        Double.POSITIVE_INFINITY,
                        new EffectEstimate.Support(treated, control, clipped)));
    }
}
