package org.ruvector.hypergraph.skills;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A skill that is watched.
 *
 * <p>A CUSUM (E. S. Page, "Continuous inspection schemes", Biometrika 1954) weighs after each use whether the rate of success is still at
 * least the lower end of Wilson's interval at the time it became a skill, or has become the base rate of that time. As long as
 * it is the former, a demotion comes on average no more often than once in 1,000 uses (G. Lorden, Annals of Mathematical Statistics 1971).
 * A demoted skill is watched in the same way for the opposite.
 */
final class LiveSkill {

    private static final double ALARM = Math.log(1_000);
    private static final int EXAMPLES = 3;

    final int id;
    Candidate candidate;
    private List<StepArguments> steps = List.of();
    private final Deque<Episode> examples = new ArrayDeque<>();
    private final List<SkillVersion> history = new ArrayList<>();
    private SkillStatus status = SkillStatus.ACTIVE;
    private String reason = "";

    private double working;
    private double failing;
    private double alarm;
    private int trials;
    private int hits;

    LiveSkill(int id) {
        this.id = id;
    }

    /** Takes these steps, and forgets all of its former ones but their history. */
    void become(Candidate newSteps, List<String> actions, Rate with, Rate without) {
        candidate = newSteps;
        newSteps.skill = this;
        steps = actions.stream().map(StepArguments::new).toList();
        examples.clear();
        // A skill is found when it looks good, better than it is: the lower end of its interval avoids false alarms.
        failing = smoothed(without);
        working = Math.max(with.lower(), (smoothed(with) + failing) / 2);
        setStatus(
                SkillStatus.ACTIVE,
                String.format(
                        Locale.ROOT,
                        "%d of %d later episodes with it succeeded, %d of %d without",
                        with.successes(),
                        with.trials(),
                        without.successes(),
                        without.trials()));
    }

    /** Half a success and half a failure more, so that it is neither 0 nor 1. */
    private static double smoothed(Rate rate) {
        return (rate.successes() + 0.5) / (rate.trials() + 1);
    }

    void version(String episode, String why) {
        List<String> actions = steps.stream().map(step -> step.action).toList();
        history.add(new SkillVersion(history.size() + 1, episode, why, actions));
    }

    /**
     * Learns arguments from a successful use.
     *
     * @return whether constants or parameters changed
     */
    boolean learn(Episode episode, int[] positions) {
        boolean changed = false;
        for (int i = 0; i < positions.length; i++) {
            changed |= steps.get(i).add(episode.steps().get(positions[i]).arguments());
        }
        if (examples.size() == EXAMPLES) {
            examples.removeFirst();
        }
        examples.addLast(episode);
        return changed;
    }

    /** Weighs one use more. */
    void watch(Episode episode) {
        boolean success = episode.outcome().success();
        double towardsFailing = success ? Math.log(failing / working) : Math.log((1 - failing) / (1 - working));
        alarm = Math.max(0, alarm + (status == SkillStatus.ACTIVE ? towardsFailing : -towardsFailing));
        trials = alarm == 0 ? 0 : trials + 1;
        hits = alarm == 0 ? 0 : hits + (success ? 1 : 0);
        if (alarm >= ALARM) {
            SkillStatus other = status == SkillStatus.ACTIVE ? SkillStatus.DEMOTED : SkillStatus.ACTIVE;
            setStatus(
                    other,
                    String.format(
                            Locale.ROOT,
                            "%d of the last %d uses succeeded, up to episode '%s'; at least %.0f %% did when it became a"
                                    + " skill, %.0f %% without it",
                            hits,
                            trials,
                            episode.id(),
                            100 * working,
                            100 * failing));
        }
    }

    private void setStatus(SkillStatus newStatus, String why) {
        status = newStatus;
        reason = why;
        alarm = 0;
        trials = 0;
        hits = 0;
    }

    Skill snapshot(SkillEvidence evidence) {
        return new Skill(
                id,
                steps.stream().map(StepArguments::step).toList(),
                evidence,
                candidate.provenance,
                List.copyOf(examples),
                new SkillState(status, reason, history));
    }

    /** What one step was done with in the successful uses. */
    private static final class StepArguments {

        private static final int VALUES = 5;

        private final String action;
        private int seen;
        private final Map<String, Integer> present = new TreeMap<>();
        private final Map<String, Set<String>> values = new TreeMap<>();

        StepArguments(String action) {
            this.action = action;
        }

        boolean add(Map<String, String> arguments) {
            SkillStep before = step();
            seen++;
            arguments.forEach((name, value) -> {
                present.merge(name, 1, Integer::sum);
                Set<String> known = values.computeIfAbsent(name, unseen -> new LinkedHashSet<>());
                if (known.size() < VALUES) {
                    known.add(value);
                }
            });
            SkillStep after = step();
            return seen > 1
                    && !(before.constants().equals(after.constants())
                            && before.parameters()
                                    .keySet()
                                    .equals(after.parameters().keySet()));
        }

        SkillStep step() {
            Map<String, String> constants = new TreeMap<>();
            Map<String, List<String>> parameters = new TreeMap<>();
            values.forEach((name, known) -> {
                if (known.size() == 1 && present.get(name) == seen) {
                    constants.put(name, known.iterator().next());
                } else {
                    parameters.put(name, List.copyOf(known));
                }
            });
            return new SkillStep(action, constants, parameters);
        }
    }
}
