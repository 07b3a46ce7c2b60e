package org.ruvector.hypergraph.causal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ruvector.api.BuildContext;
import org.ruvector.api.Plugins;
import org.ruvector.hypergraph.FrozenHypergraph;

final class CausalMemoryTest {

    static final BuildContext CONTEXT = BuildContext.of(Plugins.load());

    private static final double[] BLANK = {};

    /** Two directions of contexts; "good" adds 2 to the reward, "slow" nothing but latency; "z" confounds "good". */
    static Observation random(SplittableRandom random, int covariates, double scale, double shift) {
        double z = random.nextGaussian();
        boolean good = random.nextDouble() < 1 / (1 + Math.exp(-z));
        Set<String> actions = switch (random.nextInt(4)) {
            case 0 -> good ? Set.of("good") : Set.of();
            case 1 -> good ? Set.of("good", "slow") : Set.of("slow");
            case 2 -> good ? Set.of("good", "fast") : Set.of("fast");
            default -> good ? Set.of("good") : Set.of("other");
        };
        float[] context = {random.nextFloat(), random.nextFloat(), random.nextFloat() - 0.5f};
        double reward = (good ? 2 : 0) + z + random.nextGaussian();
        return new Observation(
                context,
                covariates == 0 ? BLANK : new double[] {z},
                actions,
                Map.of("reward", shift + scale * reward, "errors", -reward / 2 + random.nextGaussian()),
                actions.contains("slow") ? 900 : 100 * random.nextDouble(),
                random.nextInt(1_000_000));
    }

    static CausalMemory filled(int covariates, String index, int count, long seed, double scale, double shift) {
        CausalMemory memory =
                new CausalMemory(new CausalSchema(3, covariates == 0 ? List.of() : List.of("z"), index), CONTEXT);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < count; i++) {
            assertEquals(i, memory.observe(random(random, covariates, scale, shift)));
        }
        return memory;
    }

    @Test
    void naiveEffectsAreExactlyTheDifferenceInMeansOfAllObservations() {
        try (CausalMemory memory = filled(0, "flat", 200, 3, 1, 0)) {
            for (CausalEdge edge : memory.edges()) {
                Set<String> actions = Set.copyOf(
                        edge.causes().stream().map(cause -> cause.substring(7)).toList());
                String outcome = edge.effect().substring(8);
                EffectEstimate expected = new DifferenceInMeans().estimate(memory.data(actions, outcome));
                assertEquals(expected, edge.evidence().naive());
                assertEquals(memory.edge(actions, outcome).orElseThrow(), edge);
                long latest = IntStream.range(0, 200)
                        .mapToObj(memory::observation)
                        .filter(observation -> observation.actions().containsAll(actions))
                        .mapToLong(Observation::time)
                        .max()
                        .orElseThrow();
                assertEquals(latest, edge.evidence().updated());
            }
            assertEquals(2 * 6, memory.edges().size());
        }
    }

    @Test
    void covariatesAreAdjustedFor() {
        try (CausalMemory memory = filled(1, "flat", 2000, 5, 1, 0)) {
            CausalEdge edge = memory.edge(Set.of("good"), "reward").orElseThrow();
            assertTrue(edge.evidence().naive().interval(0.999).low() > 2, edge::toString);
            assertTrue(edge.estimate().interval(0.999).contains(2), edge::toString);
            assertEquals(
                    new AugmentedInversePropensityWeighting()
                            .estimate(memory.data(Set.of("good"), "reward"))
                            .effect(),
                    edge.estimate().effect(),
                    0.1);
            assertEquals(
                    List.of("z"),
                    memory.confounders(Set.of("good"), "reward", 0.01).stream()
                            .map(Confounders.Candidate::covariate)
                            .toList());
            List<CausalEdge> significant = memory.significant(0.001);
            assertTrue(significant.contains(edge));
            assertTrue(significant.stream().noneMatch(found -> found.causes().equals(List.of("action:slow"))));
        }
    }

    @Test
    void fitsAreOfTheFirstObservationsUpToASixteenth() {
        for (int n = 0; n < 5000; n++) {
            int fitted = EffectLedger.fitted(n);
            assertTrue(fitted <= n && n - fitted <= n / 16, "n = " + n + ", fitted = " + fitted);
        }
        assertEquals(31, EffectLedger.fitted(31));
        assertEquals(992, EffectLedger.fitted(1000));
    }

    @Test
    void theGraphHoldsTheEdges() {
        try (CausalMemory memory = filled(0, "flat", 60, 8, 1, 0)) {
            memory.link("errors", "reward");
            FrozenHypergraph graph = memory.graph();
            assertEquals(memory.edges().size(), graph.edges());
            for (CausalEdge edge : memory.edges()) {
                List<String> names = IntStream.of(graph.nodesOf(edge.ordinal()))
                        .mapToObj(node -> graph.nodeAnnotations().name(node).orElseThrow())
                        .toList();
                int tail = graph.tailSize(edge.ordinal());
                assertEquals(
                        edge.causes(), names.subList(0, tail).stream().sorted().toList());
                assertEquals(List.of(edge.effect()), names.subList(tail, names.size()));
            }
        }
    }

    @Test
    void linksJoinActionsToLaterOutcomes() {
        try (CausalMemory memory = filled(1, "flat", 1000, 9, 1, 0)) {
            memory.link("reward", "errors");
            memory.link("reward", "errors");
            CausalEdge link = memory.edges().getLast();
            assertEquals(List.of("outcome:reward"), link.causes());
            assertTrue(link.estimate().interval(0.999).contains(-0.5), link::toString);
            CausalChains chains = new CausalChains(memory.edges());
            CausalChains.Found found = chains.from(Set.of("action:good"), 2, 100, CausalChains.BY_SIZE);
            double direct = memory.edge(Set.of("good"), "errors")
                    .orElseThrow()
                    .standardised()
                    .orElseThrow()
                    .effect();
            CausalChains.Chain through = found.chains().stream()
                    .filter(chain -> chain.edges().size() == 2)
                    .findFirst()
                    .orElseThrow();
            // All of what the action does to the errors, it does through the reward.
            assertEquals(direct, through.effect().effect(), 4 * through.effect().standardError());
            assertThrows(IllegalArgumentException.class, () -> memory.link("reward", "reward"));
            assertThrows(IllegalArgumentException.class, () -> memory.link(" ", "reward"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"flat", "hnsw"})
    void recallGivesDistinctActionsWithTermsThatAddUp(String index) {
        try (CausalMemory memory = filled(0, index, 400, 11, 1, 0)) {
            float[] context = {0.9f, 0.2f, 0.1f};
            List<Recalled> found = memory.recall(RecallRequest.of(context, "reward", 4));
            assertEquals(4, found.size());
            assertEquals(4, found.stream().map(Recalled::actions).distinct().count());
            double last = Double.POSITIVE_INFINITY;
            for (Recalled recalled : found) {
                Utility utility = recalled.utility();
                double sum =
                        utility.similarity().weight() * utility.similarity().value()
                                + utility.uplift().weight() * utility.uplift().value()
                                + utility.latency().weight() * utility.latency().value();
                assertEquals(sum, utility.total());
                assertTrue(utility.total() <= last);
                last = utility.total();
                assertEquals(
                        recalled.actions(),
                        memory.observation(recalled.observation()).actions());
                assertEquals(
                        cosine(
                                context,
                                memory.observation(recalled.observation()).context()),
                        utility.similarity().value(),
                        1e-5);
                assertTrue(utility.latency().value() >= 0 && utility.latency().value() < 1);
                assertEquals(0.7, utility.similarity().weight());
                assertEquals(0.2, utility.uplift().weight());
                assertEquals(-0.1, utility.latency().weight());
            }
            assertTrue(found.getFirst().actions().contains("good"));
            assertTrue(memory.recall(RecallRequest.of(context, "reward", 99)).size() == 6);
        }
    }

    private static double cosine(float[] a, float[] b) {
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            ab += (double) a[i] * b[i];
            aa += (double) a[i] * a[i];
            bb += (double) b[i] * b[i];
        }
        return ab / Math.sqrt(aa * bb);
    }

    @Test
    void similarityAloneIsTheNearestContextOfEachSetOfActions() {
        try (CausalMemory memory = filled(0, "flat", 300, 13, 1, 0)) {
            float[] context = {0.1f, 0.9f, 0.3f};
            List<Recalled> found =
                    memory.recall(RecallRequest.of(context, "reward", 99).weights(UtilityWeights.SIMILARITY_ONLY));
            for (Recalled recalled : found) {
                double best = IntStream.range(0, 300)
                        .mapToObj(memory::observation)
                        .filter(observation -> observation.actions().equals(recalled.actions()))
                        .mapToDouble(observation -> cosine(context, observation.context()))
                        .max()
                        .orElseThrow();
                assertEquals(best, recalled.utility().total(), 1e-5);
            }
        }
    }

    @Property(tries = 20)
    void recallDoesNotDependOnTheUnitsOfTheOutcome(
            @ForAll @LongRange(min = 0, max = 500) long seed,
            @ForAll @DoubleRange(min = -1000, max = 1000) double shift,
            @ForAll @DoubleRange(min = 0.01, max = 1000) double scale,
            @ForAll boolean surely) {
        try (CausalMemory plain = filled(0, "flat", 80, seed, 1, 0);
                CausalMemory moved = filled(0, "flat", 80, seed, scale, shift)) {
            RecallRequest request = RecallRequest.of(new float[] {1, 1, 0}, "reward", 10);
            RecallRequest asked = surely ? request.surely(0.9) : request;
            List<Recalled> before = plain.recall(asked);
            List<Recalled> after = moved.recall(asked);
            assertEquals(
                    before.stream().map(Recalled::actions).toList(),
                    after.stream().map(Recalled::actions).toList());
            for (int i = 0; i < before.size(); i++) {
                assertEquals(
                        before.get(i).utility().total(), after.get(i).utility().total(), 1e-6);
            }
        }
    }

    /** A few lucky tries look better on average; many good ones are surely good. */
    @Test
    void theLowerBoundRanksWhatIsSureFirst() {
        try (CausalMemory memory = new CausalMemory(new CausalSchema(2), CONTEXT)) {
            float[] context = {1, 0};
            SplittableRandom random = new SplittableRandom(2);
            for (int i = 0; i < 300; i++) {
                memory.observe(Observation.of(context, Set.of("none"), "reward", random.nextGaussian()));
                memory.observe(Observation.of(context, Set.of("sure"), "reward", 1 + random.nextGaussian()));
            }
            for (double reward : new double[] {5, -2, 6, -3, 4}) {
                memory.observe(Observation.of(context, Set.of("lucky"), "reward", reward));
            }
            memory.observe(Observation.of(context, Set.of("once"), "reward", 100));
            RecallRequest request = RecallRequest.of(context, "reward", 4).weights(new UtilityWeights(0, 1, 0));
            assertEquals(Set.of("lucky"), memory.recall(request).getFirst().actions());
            List<Recalled> surely = memory.recall(request.surely(0.95));
            assertEquals(Set.of("sure"), surely.getFirst().actions());
            assertEquals(Set.of("once"), surely.getLast().actions());
            assertEquals(-1, surely.getLast().utility().uplift().value());
            assertFalse(surely.getLast().effect().known());
        }
    }

    /** What helps in one kind of context harms in the other: on average it does nothing. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void effectsOverSimilarContextsTellContextsApart(int covariates) {
        CausalSchema schema = new CausalSchema(2, covariates == 0 ? List.of() : List.of("z"), "flat");
        try (CausalMemory memory = new CausalMemory(schema, CONTEXT)) {
            SplittableRandom random = new SplittableRandom(15);
            for (int i = 0; i < 400; i++) {
                boolean first = random.nextBoolean();
                boolean a = random.nextBoolean();
                float[] context = {first ? 1 : random.nextFloat() / 4, first ? random.nextFloat() / 4 : 1};
                double reward = (first == a ? 1 : 0) + 0.3 * random.nextGaussian();
                Observation observation = Observation.of(context, Set.of(a ? "a" : "b"), "reward", reward);
                memory.observe(covariates == 0 ? observation : observation.covariates(random.nextGaussian()));
            }
            for (int kind = 0; kind < 2; kind++) {
                float[] context = {1 - kind, kind};
                RecallRequest request = RecallRequest.of(context, "reward", 2).weights(new UtilityWeights(0, 1, 0));
                EffectEstimate overall = memory.recall(request).getFirst().effect();
                assertTrue(overall.interval(0.999).contains(0), overall::toString);
                Recalled best = memory.recall(request.near(100).surely(0.95)).getFirst();
                assertEquals(Set.of(kind == 0 ? "a" : "b"), best.actions());
                assertTrue(best.effect().interval(0.999).contains(1), best::toString);
                assertEquals(
                        100,
                        best.effect().support().treated()
                                + best.effect().support().control());
            }
        }
    }

    @Test
    void similarContextsWithOneActionDoNotHideOthers() {
        try (CausalMemory memory = new CausalMemory(new CausalSchema(2), CONTEXT)) {
            memory.observe(Observation.of(new float[] {0, 1}, Set.of("rare"), "reward", 1));
            for (int i = 0; i < 500; i++) {
                memory.observe(Observation.of(new float[] {1, 0}, Set.of("common"), "reward", 1));
            }
            assertEquals(
                    2,
                    memory.recall(RecallRequest.of(new float[] {1, 0}, "reward", 2))
                            .size());
        }
    }

    @Test
    void whatIsMalformedIsRefusedAndChangesNothing() {
        try (CausalMemory memory = filled(1, "flat", 40, 21, 1, 0)) {
            List<CausalEdge> edges = memory.edges();
            FrozenHypergraph graph = memory.graph();
            Observation fine = Observation.of(new float[] {1, 2, 3}, Set.of("new"), "fresh", 1);
            assertThrows(IllegalArgumentException.class, () -> memory.observe(fine));
            Observation narrow = Observation.of(new float[] {1, 2}, Set.of("new"), "fresh", 1)
                    .covariates(1);
            assertThrows(IllegalArgumentException.class, () -> memory.observe(narrow));
            assertThrows(IllegalArgumentException.class, () -> fine.covariates(Double.NaN));
            assertThrows(IllegalArgumentException.class, () -> fine.outcome("x", Double.POSITIVE_INFINITY));
            assertThrows(IllegalArgumentException.class, () -> fine.outcome("", 1));
            assertThrows(IllegalArgumentException.class, () -> fine.latency(-1));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> Observation.of(new float[] {Float.NaN}, Set.of("new"), "fresh", 1));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new Observation(new float[] {1}, BLANK, Set.of(), Map.of(), 0, 0));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> memory.recall(RecallRequest.of(new float[] {1, 2, 3}, "fresh", 1)));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> memory.recall(RecallRequest.of(new float[] {1, 2}, "reward", 1)));
            assertThrows(IllegalArgumentException.class, () -> RecallRequest.of(new float[] {1}, "reward", 0));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> RecallRequest.of(new float[] {1}, "reward", 1).surely(1));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> RecallRequest.of(new float[] {1}, "reward", 1).near(-1));
            assertThrows(IllegalArgumentException.class, () -> new UtilityWeights(1, -1, 0));
            assertThrows(IllegalArgumentException.class, () -> new UtilityWeights(1, Double.NaN, 0));
            assertEquals(40, memory.size());
            assertEquals(edges, memory.edges());
            assertEquals(graph.edges(), memory.graph().edges());
            assertEquals(graph.nodes(), memory.graph().nodes());
        }
    }

    @Test
    void aSchemaIsChecked() {
        assertThrows(IllegalArgumentException.class, () -> new CausalSchema(0));
        assertThrows(IllegalArgumentException.class, () -> new CausalSchema(2, List.of("a", "a"), "flat"));
        assertThrows(IllegalArgumentException.class, () -> new CausalSchema(2, List.of(" "), "flat"));
        assertThrows(IllegalArgumentException.class, () -> new CausalSchema(2, List.of(), "flat:x"));
    }

    @Test
    void anEmptyMemoryRecallsNothing() {
        try (CausalMemory memory = new CausalMemory(new CausalSchema(2), CONTEXT)) {
            assertEquals(List.of(), memory.recall(RecallRequest.of(new float[] {1, 0}, "reward", 3)));
            memory.observe(Observation.of(new float[] {1, 0}, Set.of(), "reward", 3));
            assertEquals(List.of(), memory.recall(RecallRequest.of(new float[] {1, 0}, "reward", 3)));
            assertEquals(List.of(), memory.edges());
        }
    }
}
