package org.ruvector.hypergraph.skills;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ruvector.hypergraph.causal.BenjaminiHochberg;

/** How skills grow out of episodes, as {@link SkillLibrary} says; without any lock. */
final class Consolidation {

    /** Candidates are proposed from so many of the latest successes. */
    private static final int RECENT = 256;

    private static final int MAX_CANDIDATES = 10_000;

    /** Two candidates are near-duplicates if so large a share of the episodes with one of them has both. */
    private static final double NEAR = 0.8;

    /** Nobody can wait until such a pair is told apart. */
    private static final double SAME = 0.95;

    final SkillParameters parameters;
    final List<Episode> episodes = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();
    private final List<int[][]> sequences = new ArrayList<>();
    private final BitSet successes = new BitSet();
    private final Deque<Integer> recent = new ArrayDeque<>();

    private final Map<String, Integer> actions = new HashMap<>();
    private final List<String> actionNames = new ArrayList<>();

    private final List<Candidate> candidates = new ArrayList<>();
    private final Set<List<Integer>> known = new HashSet<>();
    final List<LiveSkill> skills = new ArrayList<>();
    private int nextId = 1;

    Consolidation(SkillParameters parameters) {
        this.parameters = parameters;
    }

    int candidates() {
        return candidates.size();
    }

    void observe(Episode episode) {
        if (!ids.add(episode.id())) {
            throw new IllegalArgumentException(
                    "There is an episode '" + episode.id() + "' already; give each its own id, and observe it once");
        }
        int at = episodes.size();
        int[][] sequence = sequence(episode);
        episodes.add(episode);
        sequences.add(sequence);
        successes.set(at, episode.outcome().success());
        for (Candidate candidate : candidates) {
            parameters.constraints().find(candidate.pattern, sequence).ifPresent(positions -> {
                candidate.use(at, episode.outcome());
                if (candidate.skill != null) {
                    candidate.skill.watch(episode);
                    if (episode.outcome().success() && candidate.skill.learn(episode, positions)) {
                        candidate.skill.version(episode.id(), "its arguments varied in another way than before");
                    }
                }
            });
        }
        if (episode.outcome().success()) {
            recent.addLast(at);
            if (recent.size() > RECENT) {
                recent.removeFirst();
            }
            consolidate(episode);
            propose();
        }
    }

    private int[][] sequence(Episode episode) {
        return episode.steps().stream()
                .map(step -> new int[] {
                    actions.computeIfAbsent(step.name(), name -> {
                        actionNames.add(name);
                        return actionNames.size() - 1;
                    })
                })
                .toArray(int[][]::new);
    }

    /** Makes candidates of what is frequent among successes since the latest of them. */
    private void propose() {
        List<Integer> ordinals = List.copyOf(recent);
        List<int[][]> latest = ordinals.stream().map(sequences::get).toList();
        List<SequencePattern> frequent = new PrefixSpan(
                        parameters.minSuccesses(), parameters.maxSteps(), parameters.constraints())
                .mineLast(latest);
        List<SequencePattern> proposed = new ArrayList<>();
        for (SequencePattern pattern : frequent) {
            if (!known.contains(key(pattern)) && frequent.stream().noneMatch(other -> covers(other, pattern))) {
                proposed.add(pattern);
            }
        }
        proposed.sort(Comparator.comparingInt(SequencePattern::support)
                .thenComparingInt(SequencePattern::length)
                .reversed());
        for (SequencePattern pattern : proposed) {
            if (candidates.size() == MAX_CANDIDATES) {
                return;
            }
            known.add(key(pattern));
            List<String> provenance = Arrays.stream(pattern.sequences())
                    .mapToObj(s -> episodes.get(ordinals.get(s)).id())
                    .toList();
            Rate before = new Rate(successes.cardinality(), episodes.size());
            Candidate candidate = new Candidate(candidates.size(), pattern.elements(), before, provenance);
            for (int i = 0; i < sequences.size(); i++) {
                candidate.occurrences.set(i, positions(candidate, i).length > 0);
            }
            candidates.add(candidate);
        }
    }

    private static List<Integer> key(SequencePattern pattern) {
        return Arrays.stream(pattern.elements()).map(element -> element[0]).toList();
    }

    /** Whether a pattern occurs only as a part of another. */
    private static boolean covers(SequencePattern larger, SequencePattern pattern) {
        return larger.length() > pattern.length()
                && Arrays.equals(larger.sequences(), pattern.sequences())
                && SequenceConstraints.NONE
                        .find(pattern.elements(), larger.elements())
                        .isPresent();
    }

    int[] positions(Candidate candidate, int episode) {
        return parameters
                .constraints()
                .find(candidate.pattern, sequences.get(episode))
                .orElse(new int[0]);
    }

    private void consolidate(Episode last) {
        double[] logEvidence = new double[candidates.size()];
        double[] p = new double[candidates.size()];
        boolean any = false;
        for (int i = 0; i < p.length; i++) {
            Candidate candidate = candidates.get(i);
            logEvidence[i] = UniversalInference.logEvidence(candidate.with(), without(candidate));
            p[i] = Math.min(1, Math.exp(-logEvidence[i]) / (p.length * candidate.weight()));
            any |= p[i] <= parameters.level();
        }
        if (!any) {
            return;
        }
        double[] adjusted = BenjaminiHochberg.adjust(p);
        List<Candidate> significant = candidates.stream()
                .filter(candidate -> adjusted[candidate.ordinal] <= parameters.level())
                .sorted(Comparator.comparingDouble(candidate -> -logEvidence[candidate.ordinal]))
                .toList();
        for (Candidate candidate : significant) {
            if (candidate.skill == null && !isExplained(candidate)) {
                establish(candidate, last);
            }
        }
    }

    private boolean isExplained(Candidate candidate) {
        if (candidate.explanation != null && explains(candidate.explanation, candidate)) {
            return true;
        }
        candidate.explanation = null;
        for (Candidate other : candidates) {
            if (other != candidate && explains(other, candidate)) {
                candidate.explanation = other;
                return true;
            }
        }
        return false;
    }

    /** Whether nothing shows that a candidate matters besides another. */
    private boolean explains(Candidate other, Candidate candidate) {
        int both = common(other.occurrences, candidate.occurrences);
        int either = other.occurrences.cardinality() + candidate.occurrences.cardinality() - both;
        if (both >= SAME * either) {
            return isPreferred(other, candidate);
        }
        if (both >= NEAR * either && score(candidate) - score(other) >= -Math.log(parameters.level())) {
            return false;
        }
        double needed = -Math.log(parameters.level() * candidate.weight());
        return logEvidenceGiven(other, candidate) < needed;
    }

    /** The one of two near-duplicates to keep. It is a total order of all candidates, so that there is always one to keep. */
    private boolean isPreferred(Candidate one, Candidate other) {
        double difference = score(one) - score(other);
        if (Math.abs(difference) > 1e-9) {
            return difference > 0;
        }
        int longer = Integer.compare(one.pattern.length, other.pattern.length);
        return longer > 0 || (longer == 0 && one.ordinal < other.ordinal);
    }

    /** How well a candidate divides successes from failures; a skill stays unless another does so clearly better. */
    private double score(Candidate candidate) {
        Rate with = rate(candidate.occurrences);
        Rate all = new Rate(successes.cardinality(), episodes.size());
        return UniversalInference.logLikelihood(with)
                + UniversalInference.logLikelihood(minus(all, with))
                - (candidate.skill == null ? 0 : Math.log(parameters.level()));
    }

    /** Evidence that a candidate succeeds more often, among episodes with another one and among those without it. */
    private double logEvidenceGiven(Candidate other, Candidate candidate) {
        BitSet own = later(candidate.occurrences, candidate);
        BitSet given = later(other.occurrences, candidate);
        BitSet both = (BitSet) own.clone();
        both.and(given);
        Rate withBoth = rate(both);
        Rate ownOnly = minus(rate(own), withBoth);
        Rate givenOnly = minus(rate(given), withBoth);
        Rate neither = minus(minus(minus(since(candidate), withBoth), ownOnly), givenOnly);
        return UniversalInference.logEvidence(withBoth, givenOnly) + UniversalInference.logEvidence(ownOnly, neither);
    }

    private static BitSet later(BitSet occurrences, Candidate candidate) {
        BitSet later = (BitSet) occurrences.clone();
        later.clear(0, candidate.since);
        return later;
    }

    private Rate rate(BitSet among) {
        return new Rate(common(among, successes), among.cardinality());
    }

    private static int common(BitSet a, BitSet b) {
        BitSet both = (BitSet) a.clone();
        both.and(b);
        return both.cardinality();
    }

    private static Rate minus(Rate all, Rate part) {
        return new Rate(all.successes() - part.successes(), all.trials() - part.trials());
    }

    /** Successes among all episodes since a candidate was proposed. */
    private Rate since(Candidate candidate) {
        return new Rate(successes.cardinality() - candidate.successesBefore, episodes.size() - candidate.since);
    }

    private Rate without(Candidate candidate) {
        return minus(since(candidate), candidate.with());
    }

    /** Makes a skill of a candidate, or a new version of the skill that it explains. */
    private void establish(Candidate candidate, Episode last) {
        List<LiveSkill> explained = skills.stream()
                .filter(skill -> explains(candidate, skill.candidate))
                .toList();
        LiveSkill skill = explained.isEmpty() ? new LiveSkill(nextId++) : explained.getFirst();
        StringBuilder reason = new StringBuilder("more successes than without it, and nothing else explains them");
        for (LiveSkill former : explained) {
            reason.append("; it explains those of skill ")
                    .append(former.id)
                    .append(", which was '")
                    .append(String.join(" > ", names(former.candidate)))
                    .append('\'');
            former.candidate.skill = null;
        }
        skills.removeAll(explained);
        skill.become(candidate, names(candidate), candidate.with(), without(candidate));
        for (int i = successes.nextSetBit(0); i >= 0; i = successes.nextSetBit(i + 1)) {
            if (candidate.occurrences.get(i)) {
                skill.learn(episodes.get(i), positions(candidate, i));
            }
        }
        skill.version(last.id(), reason.toString());
        skills.add(skill);
        skills.sort(Comparator.comparingInt(s -> s.id));
    }

    List<String> names(Candidate candidate) {
        return Arrays.stream(candidate.pattern)
                .map(element -> actionNames.get(element[0]))
                .toList();
    }

    Skill snapshot(LiveSkill skill) {
        Candidate candidate = skill.candidate;
        return skill.snapshot(new SkillEvidence(
                candidate.with(),
                without(candidate),
                candidate.rewards / candidate.uses,
                candidate.latencies / candidate.uses));
    }
}
