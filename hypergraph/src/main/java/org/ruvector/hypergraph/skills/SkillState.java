package org.ruvector.hypergraph.skills;

import java.util.List;

/**
 * What became of a skill.
 *
 * @param status  whether it is worth trying
 * @param reason  why it has that status
 * @param history all versions, the current one last; copied
 */
public record SkillState(SkillStatus status, String reason, List<SkillVersion> history) {

    /** Copies. */
    public SkillState {
        history = List.copyOf(history);
    }
}
