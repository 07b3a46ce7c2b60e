package org.ruvector.hypergraph.skills;

/** Whether a skill is worth trying. */
public enum SkillStatus {
    /** It succeeds more often than what is done without it. */
    ACTIVE,
    /** It did, but lately succeeded no more often. It is watched, and comes back when it works again. */
    DEMOTED
}
