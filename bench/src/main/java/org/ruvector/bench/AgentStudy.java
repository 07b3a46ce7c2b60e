package org.ruvector.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ruvector.api.BuildContext;
import org.ruvector.hypergraph.causal.CausalMemory;
import org.ruvector.hypergraph.causal.CausalSchema;
import org.ruvector.hypergraph.causal.EffectEstimate;
import org.ruvector.hypergraph.causal.PairedExperiment;
import org.ruvector.hypergraph.causal.RecallRequest;
import org.ruvector.hypergraph.causal.UtilityWeights;
import org.ruvector.hypergraph.skills.Skill;
import org.ruvector.hypergraph.skills.SkillLibrary;
import org.ruvector.hypergraph.skills.TaskWorld;

/**
 * Whether an agent who recalls by utility earns more than one who recalls by similarity alone, in {@link AgentWorld}, and does
 * not where nothing matters; and whether a planted skill, and only it, grows out of episodes of {@link TaskWorld}. No times: the
 * figures are the same on every machine.
 */
public final class AgentStudy {

    /** Weights that are tried in the place of each default one. */
    private static final double[] SWEEP = {0, 0.05, 0.1, 0.2, 0.4, 0.7, 1, 2};

    private static final String SIMILARITY = "similarity alone";
    private static final double CONFIDENCE = 0.95;

    /** Probabilities of success with and without the planted sequence. */
    private static final double HIGH = 0.85;

    private static final double LOW = 0.35;
    private static final double NULL = 0.5;

    /**
     * How much to simulate.
     *
     * @param worlds   seeds of worlds, 1, 2 and so on; at least 2
     * @param learnt   tasks that the agent has done before
     * @param asked    tasks that it then recalls for
     * @param episodes episodes that skills grow out of
     */
    public record Size(int worlds, int learnt, int asked, int episodes) {

        /** Refuses what is too small. */
        public Size {
            if (worlds < 2 || learnt < 1 || asked < 1 || episodes < 1) {
                throw new IllegalArgumentException("worlds is " + worlds + ", learnt " + learnt + ", asked " + asked
                        + " and episodes " + episodes + "; worlds must be at least 2, the others at least 1");
            }
        }
    }

    /** What an agent earned on average, and how long it took. */
    private record Earned(double reward, double latency) {}

    /** Chooses a procedure. */
    private interface Policy {
        int procedure(AgentWorld world, AgentWorld.Task task);
    }

    /** Takes the actions that a memory recalls first. */
    private record Recall(UtilityWeights weights, double sureness) {

        int procedure(CausalMemory memory, AgentWorld.Task task) {
            RecallRequest asked =
                    RecallRequest.of(task.embedding(), AgentWorld.REWARD, 1).weights(weights);
            RecallRequest request = sureness > 0 ? asked.surely(sureness) : asked;
            return AgentWorld.PROCEDURES.indexOf(
                    memory.recall(request).getFirst().actions());
        }
    }

    private final Size size;
    private final BuildContext context;
    private final List<Map<String, Object>> records = new ArrayList<>();

    private AgentStudy(Size size, BuildContext context) {
        this.size = size;
        this.context = context;
    }

    /**
     * Simulates.
     *
     * @param context where the index of contexts is found
     * @param command the command line, for the provenance
     * @return {@code provenance}, {@code records}, {@code skills}, the {@code table} as text and as {@code markdown}
     */
    public static Map<String, Object> run(Size size, BuildContext context, List<String> command) {
        AgentStudy study = new AgentStudy(size, context);
        TextTable policies = new TextTable("world", "recall by", "reward", "more than " + SIMILARITY, "95 %", "ms");
        study.recall(false, policies);
        study.recall(true, policies);
        TextTable skills = new TextTable("world", "worlds", "planted skill only", "another skill too", "no skill");
        List<Map<String, Object>> grown = List.of(study.skills(HIGH, LOW, skills), study.skills(NULL, NULL, skills));
        Provenance provenance = Provenance.ofMachine(command)
                .with("worlds", size.worlds)
                .with("tasksLearnt", size.learnt)
                .with("tasksAsked", size.asked)
                .with("episodes", size.episodes);
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("provenance", provenance.facts());
        summary.put("records", study.records);
        summary.put("skills", grown);
        summary.put("table", policies.plain() + "\n" + skills.plain());

        summary.put("markdown", policies.markdown() + "\n" + skills.markdown() + "\n" + provenance.markdown());
        return summary;
    }

    /** All ways to recall, by name. */
    private static Map<String, Recall> ways() {
        UtilityWeights usual = UtilityWeights.DEFAULT;
        Map<String, Recall> ways = new LinkedHashMap<>();
        ways.put(SIMILARITY, new Recall(UtilityWeights.SIMILARITY_ONLY, 0));
        ways.put("utility", new Recall(usual, 0));
        ways.put("utility, surely", new Recall(usual, CONFIDENCE));
        for (double w : SWEEP) {
            ways.put("α=" + w, new Recall(new UtilityWeights(w, usual.uplift(), usual.latency()), 0));
        }
        for (double w : SWEEP) {
            ways.put("β=" + w, new Recall(new UtilityWeights(usual.similarity(), w, usual.latency()), 0));
        }
        for (double w : SWEEP) {
            ways.put("γ=" + w, new Recall(new UtilityWeights(usual.similarity(), usual.uplift(), w), 0));
        }
        return ways;
    }

    private void recall(boolean isNull, TextTable table) {
        Map<String, List<Earned>> earned = new LinkedHashMap<>();
        for (long seed = 1; seed <= size.worlds; seed++) {
            AgentWorld world = new AgentWorld(seed, isNull);
            CausalMemory memory =
                    new CausalMemory(new CausalSchema(AgentWorld.DIMENSION, List.of("difficulty"), "flat"), context);
            for (int i = 0; i < size.learnt; i++) {
                AgentWorld.Task task = world.next();
                memory.observe(world.observe(task, world.preferred(task)));
            }
            List<AgentWorld.Task> tasks = new ArrayList<>();
            for (int i = 0; i < size.asked; i++) {
                tasks.add(world.next());
            }
            ways().forEach((name, way) -> add(earned, name, world, tasks, (w, task) -> way.procedure(memory, task)));
            add(earned, "as before", world, tasks, AgentWorld::preferred);
            add(earned, "the truth", world, tasks, (w, task) -> w.best());
        }
        double[] similarity = rewards(earned.get(SIMILARITY));
        earned.forEach((name, all) -> {
            double[] rewards = rewards(all);
            EffectEstimate more = PairedExperiment.estimate(rewards, similarity);
            EffectEstimate.Interval interval = more.interval(CONFIDENCE);
            double latency = all.stream().mapToDouble(Earned::latency).average().orElseThrow();
            double reward = all.stream().mapToDouble(Earned::reward).average().orElseThrow();
            Map<String, Object> record = new LinkedHashMap<>();
            record.put("world", worldName(isNull));
            record.put("recallBy", name);
            record.put("reward", reward);
            record.put("more", more.effect());
            record.put("low", interval.low());
            record.put("high", interval.high());
            record.put("latency", latency);
            records.add(record);
            table.add(
                    worldName(isNull),
                    name,
                    number(reward),
                    number(more.effect()),
                    number(interval.low()) + " … " + number(interval.high()),
                    String.format(Locale.ROOT, "%.0f", latency));
        });
    }

    private static void add(
            Map<String, List<Earned>> earned,
            String name,
            AgentWorld world,
            List<AgentWorld.Task> tasks,
            Policy policy) {
        double reward = 0;
        double latency = 0;
        for (AgentWorld.Task task : tasks) {
            int procedure = policy.procedure(world, task);
            reward += world.reward(task, procedure);
            latency += world.latency(procedure);
        }
        earned.computeIfAbsent(name, n -> new ArrayList<>())
                .add(new Earned(reward / tasks.size(), latency / tasks.size()));
    }

    private static double[] rewards(List<Earned> earned) {
        return earned.stream().mapToDouble(Earned::reward).toArray();
    }

    static String worldName(boolean isNull) {
        return isNull ? "nothing matters" : "effects";
    }

    private Map<String, Object> skills(double high, double low, TextTable table) {
        int planted = 0;
        int others = 0;
        int none = 0;
        for (long seed = 1; seed <= size.worlds; seed++) {
            TaskWorld world = new TaskWorld(seed, high, low);
            SkillLibrary library = new SkillLibrary();
            for (int i = 0; i < size.episodes; i++) {
                library.observe(world.next());
            }
            List<List<String>> skills =
                    library.skills().stream().map(Skill::actions).toList();
            if (skills.isEmpty()) {
                none++;
            } else if (high > low && skills.equals(List.of(TaskWorld.PLANTED))) {
                planted++;
            } else {
                others++;
            }
        }
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("world", worldName(high == low));
        record.put("successWith", high);
        record.put("successWithout", low);
        record.put("worlds", size.worlds);
        record.put("plantedOnly", planted);
        record.put("others", others);
        record.put("none", none);
        table.add(
                worldName(high == low),
                String.valueOf(size.worlds),
                String.valueOf(planted),
                String.valueOf(others),
                String.valueOf(none));
        return record;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
