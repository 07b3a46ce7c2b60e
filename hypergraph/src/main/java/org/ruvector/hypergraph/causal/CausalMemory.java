package org.ruvector.hypergraph.causal;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.ruvector.api.BuildContext;
import org.ruvector.api.ElementType;
import org.ruvector.api.Hit;
import org.ruvector.api.IndexFileException;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.PluginException;
import org.ruvector.api.Query;
import org.ruvector.api.SearchRequest;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.MutableIndex;
import org.ruvector.api.spi.VectorIndex;
import org.ruvector.hypergraph.FrozenHypergraph;
import org.ruvector.storage.RecordFile;

/**
 * What was done, in which context, and what came of it; with the effects that follow, and recall by what is useful.
 *
 * <p><b>Edges.</b> Each action that was ever taken, and each set of actions that were taken together, has a directed hyperedge to each
 * outcome seen with it. Its effect is the mean outcome where all of its actions were taken, less that where not all were: by
 * {@link DifferenceInMeans} where the schema has no covariates, and otherwise by the estimator given, which adjusts for them. It is one
 * average over all contexts; recall can also take one {@linkplain RecallRequest#near over similar contexts}. It is unknown with fewer
 * than 5 observations in an arm. Other actions taken at the same time are not adjusted for, unless a covariate tells of them.
 *
 * <p><b>Recall.</b> {@code U = α·similarity + β·uplift − γ·latency} for each distinct set of actions among the observations of the most similar
 * contexts. The terms do not depend on units: similarity is the cosine with the most similar context in which exactly these actions
 * were taken; uplift is {@code tanh(effect / s)} with {@code s} the standard deviation of the outcome over all observations (0 if unknown;
 * with {@linkplain RecallRequest#surely a confidence} the lower bound takes the effect's place, and unknown is −1); latency is
 * {@code l/(l + m)} with {@code l} the mean latency of exactly these actions and {@code m} that of all observations: ½ is average.
 *
 * <p><b>Costs.</b> An observation takes time linear in the number of edges to its outcomes, and one that makes a new edge, linear in
 * the number of observations. Nothing is forgotten. Estimators are run when asked for and kept; they are given the first
 * observations, their number rounded down to five binary digits: at most 1/16 of the newest is missing, and {@code n} observations one by one
 * cost O(log n) fits an edge. Without covariates estimates are always up to date and cost constant time.
 *
 * <p>Many may read while nobody writes; writers wait for readers, also for those that fit models. Illegal input is refused before anything
 * is changed.
 */
public final class CausalMemory implements AutoCloseable {

    private static final int VERSION = 1;
    private static final String PART = "causal memory";
    private static final int LEAST_CANDIDATES = 64;

    private final CausalSchema schema;
    private final MutableIndex index;
    private final EffectLedger ledger;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();

    /** A memory without observations that adjusts by {@link AugmentedInversePropensityWeighting} with its default models. */
    public CausalMemory(CausalSchema schema, BuildContext context) {
        this(schema, context, new AugmentedInversePropensityWeighting());
    }

    /**
     * A memory without observations.
     *
     * @param context   where the index is found, and what it may use
     * @param estimator adjusts for the covariates
     * @throws IllegalArgumentException if the index is none that can be changed
     */
    public CausalMemory(CausalSchema schema, BuildContext context, EffectEstimator estimator) {
        this.schema = Objects.requireNonNull(schema, "schema");
        ledger = new EffectLedger(schema.covariates().size(), Objects.requireNonNull(estimator, "estimator"));
        IndexSpec spec = schema.spec();
        VectorIndex built = context.plugins()
                .builder(spec, context)
                .build(VectorRows.empty(ElementType.FLOAT32, schema.dimension()));
        if (!(built instanceof MutableIndex mutable)) {
            built.close();
            throw new IllegalArgumentException("Index '" + spec.provider()
                    + "' cannot be changed; a memory needs one that can, such as flat or hnsw");
        }
        index = mutable;
    }

    /** What observations look like. */
    public CausalSchema schema() {
        return schema;
    }

    /** Number of observations. */
    public int size() {
        return reading(() -> ledger.observations().size());
    }

    /**
     * Takes note of an observation and returns its number, counted from 0.
     *
     * @throws IllegalArgumentException if it does not fit the schema
     */
    public long observe(Observation observation) {
        Query.Floats context = new Query.Floats(observation.context());
        schema.spec().require(context);
        int given = observation.covariates().length;
        if (given != schema.covariates().size()) {
            throw new IllegalArgumentException("The observation has " + given + " covariates; this memory has "
                    + schema.covariates().size() + ": " + schema.covariates());
        }
        return writing(() -> {
            long number = ledger.observations().size();
            index.add(number, context);
            ledger.observe(observation);
            return number;
        });
    }

    /** The observation of that number. */
    public Observation observation(long number) {
        return reading(() -> ledger.observations().get(Math.toIntExact(number)));
    }

    /**
     * Says that one outcome brings about another: an edge whose effect is the {@linkplain PartialRegression slope} of the one
     * over the other, with covariates held fixed. Which of two outcomes comes first, the data cannot say. Saying it again does
     * nothing.
     *
     * @throws IllegalArgumentException if both are the same, or a name is blank or too long
     */
    public void link(String cause, String effect) {
        CausalSchema.requireName("outcome", cause);
        CausalSchema.requireName("outcome", effect);
        if (cause.equals(effect)) {
            throw new IllegalArgumentException("Outcome '" + cause + "' cannot be its own cause");
        }
        writing(() -> {
            ledger.link(cause, effect);
            return null;
        });
    }

    /** The edge from actions, by themselves or together, to an outcome, if they were ever seen with it. */
    public Optional<CausalEdge> edge(Set<String> actions, String outcome) {
        return reading(() -> ledger.find(actions, outcome));
    }

    /** All edges in the order in which they were made, those of {@link #link} among them. */
    public List<CausalEdge> edges() {
        return reading(ledger::edges);
    }

    /**
     * The edges of known effect whose p-value, adjusted by {@link BenjaminiHochberg} over all of them, is at most a rate.
     *
     * @param rate the false-discovery rate, above 0 and below 1
     */
    public List<CausalEdge> significant(double rate) {
        EffectEstimate.requireLevel(rate);
        List<CausalEdge> known =
                edges().stream().filter(edge -> edge.estimate().known()).toList();
        double[] adjusted = BenjaminiHochberg.adjust(
                known.stream().mapToDouble(edge -> edge.estimate().pValue()).toArray());
        List<CausalEdge> found = new ArrayList<>();
        for (int i = 0; i < adjusted.length; i++) {
            if (adjusted[i] <= rate) {
                found.add(known.get(i));
            }
        }
        return List.copyOf(found);
    }

    /** All observations of an outcome, as estimators take them; treated are those in which all of the actions were taken. */
    public TreatmentData data(Set<String> actions, String outcome) {
        return reading(() -> ledger.data(actions, outcome, ledger.observations()));
    }

    /**
     * The covariates that may confound the effect of actions on an outcome.
     *
     * @param rate as of {@link Confounders#of}
     */
    public List<Confounders.Candidate> confounders(Set<String> actions, String outcome, double rate) {
        return Confounders.of(data(actions, outcome), schema.covariates(), rate);
    }

    /** A copy of the hypergraph; its nodes are named {@code action:…} and {@code outcome:…}, its edges those of {@link #edges}. */
    public FrozenHypergraph graph() {
        return reading(ledger::graph);
    }

    /**
     * Recalls what is useful: distinct sets of actions, the highest utility first, equal ones by the smaller observation. Asks the index for
     * the {@code max(64, 8k)} most similar observations, and for twice as many until {@code k} sets are among them, or all there are.
     *
     * @return at most {@code k}; empty while nothing was done yet
     * @throws IllegalArgumentException if the context has another dimension, or the outcome was never observed, though others were
     */
    public List<Recalled> recall(RecallRequest request) {
        schema.spec().require(request.query());
        return reading(() -> {
            int size = ledger.observations().size();
            if (size > 0 && !ledger.outcomes().contains(request.outcome())) {
                throw new IllegalArgumentException("There is no outcome '" + request.outcome() + "'; observed were "
                        + ledger.outcomes().stream().sorted().toList());
            }
            int wanted = Math.min(request.k(), ledger.actionSets());
            Map<Set<String>, Hit> nearest = new LinkedHashMap<>();
            for (long ask = Math.max(LEAST_CANDIDATES, 8L * wanted); nearest.size() < wanted; ask *= 2) {
                int most = (int) Math.min(ask, size);
                for (Hit hit :
                        index.search(SearchRequest.of(request.query(), most)).hits()) {
                    Set<String> actions =
                            ledger.observations().get((int) hit.id()).actions();
                    if (!actions.isEmpty()) {
                        nearest.putIfAbsent(actions, hit);
                    }
                }
                if (most == size) {
                    break;
                }
            }
            List<Recalled> found = new ArrayList<>();
            List<Observation> near = request.neighbours() == 0 || size == 0 ? List.of() : near(request, size);
            nearest.forEach((actions, hit) -> {
                EffectEstimate effect = request.neighbours() == 0
                        ? ledger.effect(actions, request.outcome())
                        : ledger.effect(actions, request.outcome(), near);
                found.add(judge(request, actions, hit, effect));
            });
            found.sort(Comparator.comparingDouble(
                            (Recalled recalled) -> -recalled.utility().total())
                    .thenComparingLong(Recalled::observation));
            return List.copyOf(found.subList(0, Math.min(request.k(), found.size())));
        });
    }

    private List<Observation> near(RecallRequest request, int size) {
        SearchRequest search = SearchRequest.of(request.query(), Math.min(request.neighbours(), size));
        return index.search(search).hits().stream()
                .map(hit -> ledger.observations().get((int) hit.id()))
                .toList();
    }

    private Recalled judge(RecallRequest request, Set<String> actions, Hit nearest, EffectEstimate effect) {
        UtilityWeights weights = request.weights();
        double own = ledger.meanLatency(actions);
        Utility utility = new Utility(
                new Utility.Term(weights.similarity(), Math.clamp(1.0 - nearest.distance(), -1, 1)),
                new Utility.Term(
                        weights.uplift(), uplift(effect, ledger.deviation(request.outcome()), request.sureness())),
                new Utility.Term(-weights.latency(), own == 0 ? 0 : own / (own + ledger.meanLatency())));
        return new Recalled(actions, nearest.id(), utility, effect);
    }

    private static double uplift(EffectEstimate effect, double deviation, double sureness) {
        if (!effect.known() || !(deviation > 0)) {
            return sureness == 0 ? 0 : -1;
        }
        return Math.tanh((sureness == 0 ? effect.effect() : effect.lowerBound(sureness)) / deviation);
    }

    /** Saves the memory to a file of its own; estimators and models are not saved. */
    public void save(Path file) throws IOException {
        RecordFile.save(file, Map.of(PART, this::write));
    }

    /**
     * Loads a memory that {@link #save} saved, with the default estimator.
     *
     * @throws IndexFileException if the file cannot be used
     * @throws PluginException    if its index is not there
     */
    public static CausalMemory load(Path file, BuildContext context) throws IOException {
        return load(file, context, new AugmentedInversePropensityWeighting());
    }

    /**
     * Loads a memory that {@link #save} saved. With the estimator that it had, it answers as it did.
     *
     * @throws IndexFileException if the file cannot be used
     * @throws PluginException    if its index is not there
     */
    public static CausalMemory load(Path file, BuildContext context, EffectEstimator estimator) throws IOException {
        return RecordFile.read(file).part(PART, in -> read(in, context, estimator));
    }

    /** Writes the memory as a part of a larger file. */
    public void write(DataOutput out) throws IOException {
        Lock held = lock.readLock();
        held.lock();
        try {
            out.writeInt(VERSION);
            CausalRecords.write(out, schema);
            List<EffectLedger.Made> links = ledger.links();
            out.writeInt(links.size());
            for (EffectLedger.Made link : links) {
                CausalRecords.write(out, link);
            }
            out.writeInt(ledger.observations().size());
            for (Observation observation : ledger.observations()) {
                CausalRecords.write(out, observation);
            }
        } finally {
            held.unlock();
        }
    }

    /**
     * Reads what {@link #write} wrote. Takes the time of observing everything again.
     *
     * @throws IllegalArgumentException if it makes no sense
     */
    public static CausalMemory read(DataInput in, BuildContext context, EffectEstimator estimator) throws IOException {
        int version = in.readInt();
        if (version != VERSION) {
            throw new IllegalArgumentException(
                    "The memory has version " + version + "; this program reads version " + VERSION);
        }
        CausalMemory memory = new CausalMemory(CausalRecords.readSchema(in), context, estimator);
        try {
            memory.replay(in);
            return memory;
        } catch (Throwable e) {
            memory.close();
            throw e;
        }
    }

    private void replay(DataInput in) throws IOException {
        List<EffectLedger.Made> links = new ArrayList<>();
        for (int left = CausalRecords.readCount(in); left > 0; left--) {
            links.add(CausalRecords.readLink(in));
        }
        int next = 0;
        int count = CausalRecords.readCount(in);
        for (int i = 0; i <= count; i++) {
            for (; next < links.size() && links.get(next).after() == i; next++) {
                link(links.get(next).cause(), links.get(next).effect());
            }
            if (i < count) {
                observe(CausalRecords.readObservation(in, schema));
            }
        }
        if (next < links.size()) {
            throw new IllegalArgumentException("Link " + next + " was made after "
                    + links.get(next).after() + " of " + count + " observations, or before an earlier link");
        }
    }

    /** Frees the index; whatever needs it throws {@link IllegalStateException} afterwards. */
    @Override
    public void close() {
        writing(() -> {
            index.close();
            return null;
        });
    }

    private <T> T reading(Supplier<T> reader) {
        Lock held = lock.readLock();
        held.lock();
        try {
            return reader.get();
        } finally {
            held.unlock();
        }
    }

    private <T> T writing(Supplier<T> writer) {
        Lock held = lock.writeLock();
        held.lock();
        try {
            return writer.get();
        } finally {
            held.unlock();
        }
    }
}
