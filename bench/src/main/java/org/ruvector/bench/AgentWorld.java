package org.ruvector.bench;

import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.ruvector.hypergraph.causal.Observation;

/**
 * A simulated agent's world, whose truth is known. Tasks are of families, and a task's embedding lies near that of its family. For a
 * task the agent chooses one of six procedures; with {@code d}, the task's difficulty, uniform from −1 to 1, the reward is
 *
 * <pre>{@code
 * reward = −1.5·d + effect(procedure) + ε      ε normal, of deviation 1
 * }</pre>
 *
 * <p>Before anything is learnt the agent prefers some procedures for hard tasks and others for easy ones, so that a procedure's mean
 * reward tells more of the tasks that it was chosen for than of itself. Effects, latencies and preferences are drawn anew
 * for each seed. In a null world all effects are 0.
 */
final class AgentWorld {

    static final String REWARD = "reward";

    /** What can be done, right and wrong ways to fetch a profile among decoys. */
    static final List<Set<String>> PROCEDURES = List.of(
            Set.of("authenticate", "validate token", "fetch profile"),
            Set.of("authenticate", "fetch profile"),
            Set.of("fetch profile"),
            Set.of("read cache"),
            Set.of("read cache", "refresh page"),
            Set.of("ping", "write log"));

    static final int DIMENSION = 16;
    private static final int FAMILIES = 8;
    private static final double WEIGHT_OF_DIFFICULTY = -1.5;
    private static final double PREFERENCE = 2;

    /**
     * A task to be done.
     *
     * @param number     counted from 0
     * @param embedding  near that of its family
     * @param difficulty from −1 to 1, known before anything is done
     */
    record Task(int number, float[] embedding, double difficulty) {}

    private final long seed;
    private final SplittableRandom random;
    private final float[][] families = new float[FAMILIES][];
    private final double[] effects = new double[PROCEDURES.size()];
    private final double[] latencies = new double[PROCEDURES.size()];
    private final double[] preferences = new double[PROCEDURES.size()];
    private int tasks;

    /** A world; {@code null} ones have no effects. */
    AgentWorld(long seed, boolean isNull) {
        this.seed = seed;
        random = new SplittableRandom(seed);
        for (int f = 0; f < FAMILIES; f++) {
            families[f] = gaussian(1);
        }
        for (int p = 0; p < effects.length; p++) {
            double effect = random.nextGaussian();
            effects[p] = isNull ? 0 : effect;
            latencies[p] = random.nextDouble(50, 500);
            preferences[p] = PREFERENCE * random.nextGaussian();
        }
    }

    private float[] gaussian(double scale) {
        float[] vector = new float[DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] = (float) (scale * random.nextGaussian());
        }
        return vector;
    }

    Task next() {
        float[] embedding = gaussian(0.5);
        float[] family = families[random.nextInt(FAMILIES)];
        for (int i = 0; i < DIMENSION; i++) {
            embedding[i] += family[i];
        }
        return new Task(tasks++, embedding, random.nextDouble(-1, 1));
    }

    /** The procedure that an agent chooses who has learnt nothing. */
    int preferred(Task task) {
        int best = 0;
        double most = Double.NEGATIVE_INFINITY;
        for (int p = 0; p < preferences.length; p++) {
            // The largest with Gumbel's noise is a draw from the softmax.
            double value = preferences[p] * task.difficulty - Math.log(-Math.log(random.nextDouble(1e-12, 1)));
            if (value > most) {
                best = p;
                most = value;
            }
        }
        return best;
    }

    /** What a procedure earns for a task; asked again, the same. */
    double reward(Task task, int procedure) {
        SplittableRandom noise = new SplittableRandom(seed * 1_000_003 + task.number * 31L + procedure);
        return WEIGHT_OF_DIFFICULTY * task.difficulty
                + effects[procedure]
                + noise.split().nextGaussian();
    }

    /** Milliseconds that a procedure takes. */
    double latency(int procedure) {
        return latencies[procedure];
    }

    /** The procedure with the largest effect. */
    int best() {
        int best = 0;
        for (int p = 1; p < effects.length; p++) {
            best = effects[p] > effects[best] ? p : best;
        }
        return best;
    }

    /** A task, done in a way. */
    Observation observe(Task task, int procedure) {
        return Observation.of(task.embedding, PROCEDURES.get(procedure), REWARD, reward(task, procedure))
                .covariates(task.difficulty)
                .latency(latencies[procedure])
                .time(task.number);
    }
}
