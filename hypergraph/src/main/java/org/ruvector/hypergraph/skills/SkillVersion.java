package org.ruvector.hypergraph.skills;

import java.util.List;

/**
 * How a skill came to be what it is.
 *
 * @param version from 1
 * @param episode id of the episode after which it changed
 * @param reason  why
 * @param actions its steps from then on; copied
 */
public record SkillVersion(int version, String episode, String reason, List<String> actions) {

    /** Copies. */
    public SkillVersion {
        actions = List.copyOf(actions);
    }
}
