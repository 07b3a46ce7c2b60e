package org.ruvector.hypergraph.causal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.ruvector.hypergraph.causal.CausalChains.Chain;
import org.ruvector.hypergraph.causal.CausalChains.Found;

final class CausalChainsTest {

    private static CausalEdge edge(String cause, String effect, double theta, double error) {
        return edge(List.of(cause), effect, theta, error, 1);
    }

    private static CausalEdge edge(List<String> causes, String effect, double theta, double error, double unit) {
        EffectEstimate estimate =
                new EffectEstimate(theta, error, Double.POSITIVE_INFINITY, new EffectEstimate.Support(20, 30, 0));
        return new CausalEdge(0, causes, effect, new CausalEdge.Evidence(estimate, estimate, unit, 0));
    }

    private static List<String> text(Found found) {
        return found.chains().stream()
                .map(chain -> String.join(
                        " ", chain.edges().stream().map(CausalEdge::effect).toList()))
                .toList();
    }

    @Test
    void theEffectOfAChainIsTheProductAndItsErrorThatOfTheDeltaMethod() {
        CausalChains chains = new CausalChains(
                List.of(edge("a", "y", 0.5, 0.1), edge("y", "z", -2, 0.3), edge(List.of("z"), "u", 3, 0.2, 0.5)));
        Found found = chains.from(Set.of("a"), 3, 100, CausalChains.BY_SIZE);
        assertTrue(found.complete());
        assertEquals(List.of("y z u", "y z", "y"), text(found));
        EffectEstimate three = found.chains().getFirst().effect();
        assertEquals(0.5 * -2 * 1.5, three.effect(), 1e-12);
        double expected = Math.sqrt(0.01 * 4 * 2.25 + 0.09 * 0.25 * 2.25 + 0.01 * 0.25 * 4);
        assertEquals(expected, three.standardError(), 1e-12);
        assertEquals(
                2,
                chains.from(Set.of("a"), 2, 100, CausalChains.BY_SIZE).chains().size());
    }

    @Test
    void theErrorIsThatOfASimulationWhereErrorsAreSmall() {
        CausalChains chains = new CausalChains(List.of(edge("a", "y", 0.8, 0.03), edge("y", "z", 1.5, 0.05)));
        Chain chain =
                chains.from(Set.of("a"), 2, 9, CausalChains.BY_SIZE).chains().getFirst();
        SplittableRandom random = new SplittableRandom(4);
        Moments products = new Moments();
        for (int i = 0; i < 20_000; i++) {
            products.add((0.8 + 0.03 * random.nextGaussian()) * (1.5 + 0.05 * random.nextGaussian()));
        }
        assertEquals(products.deviation(), chain.effect().standardError(), 0.002);
    }

    @Test
    void cyclesEndAndNoChainMeetsANodeTwice() {
        List<CausalEdge> edges = new ArrayList<>(List.of(edge("a", "n0", 1, 0.1)));
        for (int i = 0; i < 5; i++) {
            for (int j = 0; j < 5; j++) {
                if (i != j) {
                    edges.add(edge("n" + i, "n" + j, 0.5, 0.1));
                }
            }
        }
        Found found = new CausalChains(edges).from(Set.of("a"), 100, 1000, CausalChains.BY_SIZE);
        assertTrue(found.complete());
        // Paths from n0 in the complete graph of five nodes: 1 + 4 + 12 + 24 + 24.
        assertEquals(65, found.chains().size());
        for (Chain chain : found.chains()) {
            List<String> effects =
                    chain.edges().stream().map(CausalEdge::effect).toList();
            assertEquals(effects.size(), new HashSet<>(effects).size());
        }
        Found cut = new CausalChains(edges).from(Set.of("a"), 100, 64, CausalChains.BY_SIZE);
        assertFalse(cut.complete());
        assertEquals(64, cut.chains().size());
        assertTrue(new CausalChains(edges)
                .from(Set.of("a"), 100, 65, CausalChains.BY_SIZE)
                .complete());
    }

    @Test
    void theLowerBoundPrefersWhatIsSure() {
        CausalChains chains = new CausalChains(List.of(edge("a", "bold", 2, 2), edge("a", "sure", 1, 0.1)));
        assertEquals(List.of("bold", "sure"), text(chains.from(Set.of("a"), 1, 9, CausalChains.BY_SIZE)));
        assertEquals(List.of("sure", "bold"), text(chains.from(Set.of("a"), 1, 9, CausalChains.byLowerBound(0.95))));
    }

    @Test
    void unknownEffectsAndJointCausesAreNoStepsOnTheWay() {
        EffectEstimate unknown = EffectEstimate.unknown(1, 1);
        CausalEdge blank = new CausalEdge(0, List.of("a"), "y", new CausalEdge.Evidence(unknown, unknown, 1, 0));
        CausalEdge still = edge(List.of("a"), "still", 1, 0.1, Double.NaN);
        CausalEdge joint = edge(List.of("a", "b"), "z", 1, 0.1, 1);
        CausalEdge behind = edge(List.of("z", "q"), "u", 1, 0.1, 1);
        CausalChains chains = new CausalChains(List.of(blank, still, joint, behind));
        assertEquals(List.of(), text(chains.from(Set.of("a"), 3, 9, CausalChains.BY_SIZE)));
        assertEquals(List.of("z"), text(chains.from(Set.of("b", "a"), 3, 9, CausalChains.BY_SIZE)));
        assertThrows(IllegalArgumentException.class, () -> chains.from(Set.of("a"), 0, 9, CausalChains.BY_SIZE));
        assertThrows(IllegalArgumentException.class, () -> edge("a", "a", 1, 1));
    }
}
