package org.ruvector.hypergraph.skills;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * A simulated family of tasks, to study what is learnt from episodes. It is known what works: an episode succeeds with the probability
 * {@code high} if its actions contain the planted sequence in order, with others between them or not, and with {@code low} otherwise. If both are
 * the same, nothing matters. Not thread-safe; the same seed gives the same episodes.
 */
public final class TaskWorld {

    /** What works in this world, in order. */
    public static final List<String> PLANTED = List.of("authenticate", "validate token", "fetch profile");

    /** Actions that never matter. */
    public static final List<String> DECOYS = List.of("list groups", "ping", "read cache", "refresh page", "write log");

    private static final List<String> ALL =
            Stream.concat(PLANTED.stream(), DECOYS.stream()).toList();
    private static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");

    private final SplittableRandom random;
    private double high;
    private final double low;
    private int episodes;

    /**
     * A world.
     *
     * @param seed of all that is drawn
     * @param high probability of success with the planted sequence, 0 to 1
     * @param low  probability of success without, 0 to 1
     */
    public TaskWorld(long seed, double high, double low) {
        random = new SplittableRandom(seed);
        this.high = requireProbability(high);
        this.low = requireProbability(low);
    }

    private static double requireProbability(double p) {
        if (!(p >= 0 && p <= 1)) {
            throw new IllegalArgumentException("The probability is " + p + "; it must be from 0 to 1");
        }
        return p;
    }

    /** Changes the probability of success with the planted sequence from now on. */
    public void setHigh(double probability) {
        high = requireProbability(probability);
    }

    /**
     * What an agent does who knows a little: in 35 % of cases the planted sequence, each step followed by a decoy with a probability of 40 %;
     * otherwise 3 to 7 actions of any kind in any order.
     */
    public List<String> explore() {
        List<String> actions = new ArrayList<>();
        if (random.nextInt(100) < 35) {
            for (String step : PLANTED) {
                actions.add(step);
                if (random.nextInt(100) < 40) {
                    actions.add(DECOYS.get(random.nextInt(DECOYS.size())));
                }
            }
        } else {
            int count = random.nextInt(3, 8);
            for (int i = 0; i < count; i++) {
                actions.add(ALL.get(random.nextInt(ALL.size())));
            }
        }
        return actions;
    }

    /** Does these actions. A success is worth 1, and each action takes 10 to 30 ms. */
    public Episode perform(List<String> actions) {
        int matched = 0;
        double latency = 0;
        List<Action> steps = new ArrayList<>();
        for (String action : actions) {
            if (matched < PLANTED.size() && action.equals(PLANTED.get(matched))) {
                matched++;
            }
            latency += 10 + 20 * random.nextDouble();
            steps.add(new Action(action, arguments(action)));
        }
        boolean success = random.nextDouble() < (matched == PLANTED.size() ? high : low);
        String id = "episode-" + episodes;
        Instant time = BEGINNING.plusSeconds(60L * episodes);
        episodes++;
        return new Episode(id, time, steps, new Outcome(success, success ? 1 : 0, latency), "show a user's profile");
    }

    private Map<String, String> arguments(String action) {
        return switch (action) {
            case "authenticate" -> Map.of("method", "password", "user", "user-" + random.nextInt(1_000));
            case "fetch profile" -> Map.of("format", "json");
            default -> Map.of();
        };
    }

    /** An episode of what {@link #explore} does. */
    public Episode next() {
        return perform(explore());
    }
}
