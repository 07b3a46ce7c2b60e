package org.ruvector.hypergraph.causal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.ruvector.hypergraph.FrozenHypergraph;
import org.ruvector.hypergraph.MutableHypergraph;

/** The observations of a memory and what follows from them, without any lock: {@link CausalMemory} has it. */
final class EffectLedger {

    /** An effect with fewer observations in an arm is unknown: a few equal outcomes in a row have no spread, and look sure. */
    static final int LEAST_SUPPORT = 5;

    private final int covariates;
    private final EffectEstimator estimator;
    private final List<Observation> observations = new ArrayList<>();
    private final MutableHypergraph graph = new MutableHypergraph();
    private final List<Edge> edges = new ArrayList<>();
    private final Map<String, Map<Set<String>, ActionEdge>> byOutcome = new HashMap<>();
    private final List<Link> links = new ArrayList<>();
    private final Map<String, Moments> outcomes = new HashMap<>();
    private final Map<Set<String>, Moments> latencyOf = new HashMap<>();
    private final Moments latency = new Moments();
    // Filled while many read; two that fill in the same at once fill in equal things.
    private final Map<Integer, Cached> cache = new ConcurrentHashMap<>();

    private record Cached(int rows, EffectEstimate naive, EffectEstimate adjusted) {}

    private sealed interface Edge {}

    private static final class ActionEdge implements Edge {
        private final int ordinal;
        private final Set<String> actions;
        private final String outcome;
        private final Moments with = new Moments();
        private final Moments without = new Moments();
        private long updated = Long.MIN_VALUE;

        ActionEdge(int ordinal, Set<String> actions, String outcome) {
            this.ordinal = ordinal;
            this.actions = actions;
            this.outcome = outcome;
        }

        void add(Observation observation) {
            Double value = observation.outcomes().get(outcome);
            if (value == null) {
                return;
            }
            if (observation.actions().containsAll(actions)) {
                with.add(value);
                updated = Math.max(updated, observation.time());
            } else {
                without.add(value);
            }
        }
    }

    private static final class Link implements Edge {
        private final int ordinal;
        private final String cause;
        private final String effect;
        private final int after;
        private long updated = Long.MIN_VALUE;

        Link(int ordinal, String cause, String effect, int after) {
            this.ordinal = ordinal;
            this.cause = cause;
            this.effect = effect;
            this.after = after;
        }

        void add(Observation observation) {
            if (has(observation)) {
                updated = Math.max(updated, observation.time());
            }
        }

        boolean has(Observation observation) {
            return observation.outcomes().containsKey(cause)
                    && observation.outcomes().containsKey(effect);
        }
    }

    /** A link as files keep it: made after that many observations, so that edges come back in their order. */
    record Made(String cause, String effect, int after) {}

    EffectLedger(int covariates, EffectEstimator estimator) {
        this.covariates = covariates;
        this.estimator = estimator;
    }

    void observe(Observation observation) {
        for (Map.Entry<String, Double> outcome : observation.outcomes().entrySet()) {
            String name = outcome.getKey();
            Map<Set<String>, ActionEdge> known = byOutcome.computeIfAbsent(name, key -> new LinkedHashMap<>());
            causes(observation.actions()).forEach(causes -> {
                if (!known.containsKey(causes)) {
                    known.put(causes, edge(causes, name));
                }
            });
            known.values().forEach(edge -> edge.add(observation));
            outcomes.computeIfAbsent(name, key -> new Moments()).add(outcome.getValue());
        }
        links.forEach(link -> link.add(observation));
        latency.add(observation.latency());
        if (!observation.actions().isEmpty()) {
            latencyOf
                    .computeIfAbsent(observation.actions(), key -> new Moments())
                    .add(observation.latency());
        }
        observations.add(observation);
    }

    /** Each action by itself, and all of them together. */
    private static Stream<Set<String>> causes(Set<String> actions) {
        Stream<Set<String>> single = actions.stream().map(Set::of);
        return actions.size() < 2 ? single : Stream.concat(single, Stream.of(actions));
    }

    private ActionEdge edge(Set<String> actions, String outcome) {
        int[] tail = actions.stream()
                .mapToInt(action -> graph.node("action:" + action))
                .toArray();
        ActionEdge edge = new ActionEdge(
                graph.addDirectedEdge(tail, new int[] {graph.node("outcome:" + outcome)}), actions, outcome);
        edges.add(edge);
        observations.forEach(edge::add);
        return edge;
    }

    /** Does nothing if there is such a link. */
    void link(String cause, String effect) {
        if (links.stream().anyMatch(link -> link.cause.equals(cause) && link.effect.equals(effect))) {
            return;
        }
        int ordinal = graph.addDirectedEdge(
                new int[] {graph.node("outcome:" + cause)}, new int[] {graph.node("outcome:" + effect)});
        Link link = new Link(ordinal, cause, effect, observations.size());
        observations.forEach(link::add);
        links.add(link);
        edges.add(link);
    }

    List<Made> links() {
        return links.stream()
                .map(link -> new Made(link.cause, link.effect, link.after))
                .toList();
    }

    List<Observation> observations() {
        return observations;
    }

    FrozenHypergraph graph() {
        return graph.freeze();
    }

    /** The outcomes that were ever observed. */
    Set<String> outcomes() {
        return outcomes.keySet();
    }

    /** Number of distinct sets of actions that were taken. */
    int actionSets() {
        return latencyOf.size();
    }

    double deviation(String outcome) {
        Moments moments = outcomes.get(outcome);
        return moments == null ? 0 : moments.deviation();
    }

    double meanLatency() {
        return latency.mean();
    }

    /** Of observations in which exactly these actions were taken. */
    double meanLatency(Set<String> actions) {
        return latencyOf.get(actions).mean();
    }

    List<CausalEdge> edges() {
        return edges.stream()
                .map(edge -> switch (edge) {
                    case ActionEdge action -> describe(action);
                    case Link link -> describe(link);
                })
                .toList();
    }

    Optional<CausalEdge> find(Set<String> actions, String outcome) {
        return Optional.ofNullable(byOutcome.getOrDefault(outcome, Map.of()).get(actions))
                .map(this::describe);
    }

    EffectEstimate effect(Set<String> actions, String outcome) {
        ActionEdge edge = byOutcome.getOrDefault(outcome, Map.of()).get(actions);
        return edge == null ? EffectEstimate.unknown(0, 0) : adjusted(edge);
    }

    /** Over some observations. */
    EffectEstimate effect(Set<String> actions, String outcome, List<Observation> over) {
        TreatmentData data = data(actions, outcome, over);
        if (Math.min(data.treatedRows(), data.controlRows()) < LEAST_SUPPORT) {
            return EffectEstimate.unknown(data.treatedRows(), data.controlRows());
        }
        return covariates == 0 ? new DifferenceInMeans().estimate(data) : estimator.estimate(data);
    }

    private CausalEdge describe(ActionEdge edge) {
        return new CausalEdge(
                edge.ordinal,
                edge.actions.stream().map(action -> "action:" + action).sorted().toList(),
                "outcome:" + edge.outcome,
                new CausalEdge.Evidence(
                        DifferenceInMeans.of(edge.with, edge.without),
                        adjusted(edge),
                        unit(1, deviation(edge.outcome)),
                        edge.updated));
    }

    private CausalEdge describe(Link link) {
        Cached slopes = slopes(link);
        return new CausalEdge(
                link.ordinal,
                List.of("outcome:" + link.cause),
                "outcome:" + link.effect,
                new CausalEdge.Evidence(
                        slopes.naive,
                        slopes.adjusted,
                        unit(deviation(link.cause), deviation(link.effect)),
                        link.updated));
    }

    private static double unit(double cause, double effect) {
        double unit = cause / effect;
        return unit > 0 && Double.isFinite(unit) ? unit : Double.NaN;
    }

    private EffectEstimate adjusted(ActionEdge edge) {
        if (Math.min(edge.with.count(), edge.without.count()) < LEAST_SUPPORT) {
            return EffectEstimate.unknown(edge.with.count(), edge.without.count());
        }
        if (covariates == 0) {
            return DifferenceInMeans.of(edge.with, edge.without);
        }
        int rows = fitted(observations.size());
        Cached cached = cache.get(edge.ordinal);
        if (cached == null || cached.rows != rows) {
            EffectEstimate estimate = effect(edge.actions, edge.outcome, observations.subList(0, rows));
            cached = new Cached(rows, estimate, estimate);
            cache.put(edge.ordinal, cached);
        }
        return cached.adjusted;
    }

    /**
     * How many of the first observations models are fitted to: the number rounded down to five binary digits. So {@code n}
     * observations one by one cost a number of fits that is logarithmic in {@code n}, and estimates still depend on nothing but the observations.
     */
    static int fitted(int size) {
        return size & -Math.max(1, Integer.highestOneBit(size) >> 4);
    }

    TreatmentData data(Set<String> actions, String outcome, List<Observation> over) {
        List<Observation> some = over.stream()
                .filter(observation -> observation.outcomes().containsKey(outcome))
                .toList();
        boolean[] treated = new boolean[some.size()];
        for (int i = 0; i < treated.length; i++) {
            treated[i] = some.get(i).actions().containsAll(actions);
        }
        return new TreatmentData(covariates(some), treated, values(some, outcome));
    }

    private Cached slopes(Link link) {
        int rows = fitted(observations.size());
        Cached cached = cache.get(link.ordinal);
        if (cached == null || cached.rows != rows) {
            List<Observation> some =
                    observations.subList(0, rows).stream().filter(link::has).toList();
            double[] cause = values(some, link.cause);
            double[] effect = values(some, link.effect);
            EffectEstimate naive = PartialRegression.slope(new double[cause.length][0], cause, effect);
            cached = new Cached(
                    rows, naive, covariates == 0 ? naive : PartialRegression.slope(covariates(some), cause, effect));
            cache.put(link.ordinal, cached);
        }
        return cached;
    }

    private static double[][] covariates(List<Observation> of) {
        return of.stream().map(Observation::covariates).toArray(double[][]::new);
    }

    private static double[] values(List<Observation> of, String outcome) {
        return of.stream()
                .mapToDouble(observation -> observation.outcomes().get(outcome))
                .toArray();
    }
}
