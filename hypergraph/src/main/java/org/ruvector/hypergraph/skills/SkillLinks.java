package org.ruvector.hypergraph.skills;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;
import org.ruvector.hypergraph.skills.SkillLink.Kind;

/** Derives the links between the skills of a library. */
final class SkillLinks {

    private final Consolidation consolidation;
    private final List<SkillLink> links = new ArrayList<>();

    private SkillLinks(Consolidation consolidation) {
        this.consolidation = consolidation;
    }

    static List<SkillLink> of(Consolidation consolidation) {
        SkillLinks derivation = new SkillLinks(consolidation);
        for (LiveSkill a : consolidation.skills) {
            for (LiveSkill b : consolidation.skills) {
                if (a != b) {
                    derivation.link(a, b);
                }
            }
        }
        return List.copyOf(derivation.links);
    }

    private void link(LiveSkill a, LiveSkill b) {
        List<String> stepsOfA = consolidation.names(a.candidate);
        List<String> stepsOfB = consolidation.names(b.candidate);
        boolean nested = a.candidate.contains(b.candidate) || b.candidate.contains(a.candidate);
        if (a.candidate.contains(b.candidate)) {
            links.add(new SkillLink(a.id, b.id, Kind.REFINEMENT));
        }
        if (consolidation.skills.stream()
                .map(c -> consolidation.names(c.candidate))
                .anyMatch(stepsOfC ->
                        stepsOfA.equals(joined(stepsOfB, stepsOfC)) || stepsOfA.equals(joined(stepsOfC, stepsOfB)))) {
            links.add(new SkillLink(a.id, b.id, Kind.COMPOSITION));
        }
        if (a.id < b.id && !nested && stepsOfA.getLast().equals(stepsOfB.getLast())) {
            links.add(new SkillLink(a.id, b.id, Kind.ALTERNATIVE));
        }
        if (!nested && precedes(b.candidate, a.candidate)) {
            links.add(new SkillLink(a.id, b.id, Kind.PREREQUISITE));
        }
    }

    private static List<String> joined(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    private boolean precedes(Candidate before, Candidate after) {
        BitSet both = (BitSet) before.occurrences.clone();
        both.and(after.occurrences);
        int inOrder = (int) both.stream()
                .filter(episode -> {
                    int[] first = consolidation.positions(before, episode);
                    int[] second = consolidation.positions(after, episode);
                    return first[first.length - 1] < second[0];
                })
                .count();
        return new Rate(inOrder, both.cardinality()).lower() > 0.5;
    }
}
