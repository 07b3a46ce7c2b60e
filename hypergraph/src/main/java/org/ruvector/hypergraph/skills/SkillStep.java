package org.ruvector.hypergraph.skills;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A step of a skill.
 *
 * @param action     what to do
 * @param constants  arguments that had one value in all successful uses
 * @param parameters arguments that varied or were not always there, each with up to five values that were used; whoever follows the
 *                   skill chooses
 */
public record SkillStep(String action, Map<String, String> constants, Map<String, List<String>> parameters) {

    /** Copies; maps are walked in the order of names. */
    public SkillStep {
        constants = Collections.unmodifiableMap(new TreeMap<>(constants));
        TreeMap<String, List<String>> copy = new TreeMap<>();
        parameters.forEach((name, values) -> copy.put(name, List.copyOf(values)));
        parameters = Collections.unmodifiableMap(copy);
    }
}
