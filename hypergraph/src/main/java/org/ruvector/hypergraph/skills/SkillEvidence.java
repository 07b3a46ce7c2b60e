package org.ruvector.hypergraph.skills;

/**
 * What later episodes say of a skill: those seen after its steps became a candidate. Those before proposed the steps because
 * they succeeded, and prove nothing.
 *
 * @param with              successes among later episodes that contain the steps
 * @param without           successes among the other later episodes: the base rate
 * @param meanReward        of later episodes that contain them; NaN if there is none
 * @param meanLatencyMillis likewise
 */
public record SkillEvidence(Rate with, Rate without, double meanReward, double meanLatencyMillis) {}
