package org.ruvector.hypergraph.skills;

/**
 * When a sequence of actions becomes a skill.
 *
 * @param minSuccesses successful episodes that must contain it before it is a candidate, at least 2; default 3
 * @param maxSteps     most steps of a skill, 1 to 20; default 6
 * @param constraints  how far apart its steps may lie in an episode; default {@link SequenceConstraints#NONE}
 * @param level        share of false skills that is tolerated, above 0 and below 1; default 0.05
 */
public record SkillParameters(int minSuccesses, int maxSteps, SequenceConstraints constraints, double level) {

    /** The defaults. */
    public static final SkillParameters DEFAULT = new SkillParameters(3, 6, SequenceConstraints.NONE, 0.05);

    /** Refuses what is out of range. */
    public SkillParameters {
        if (minSuccesses < 2) {
            throw new IllegalArgumentException("A candidate needs " + minSuccesses
                    + " successes; it must be at least 2, or all parts of every success were candidates");
        }
        if (maxSteps < 1 || maxSteps > 20) {
            throw new IllegalArgumentException("A skill has at most " + maxSteps + " steps; it must be from 1 to 20");
        }
        if (constraints == null) {
            throw new IllegalArgumentException("There are no constraints; give SequenceConstraints.NONE");
        }
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("The level is " + level + "; it must be above 0 and below 1");
        }
    }
}
