package org.ruvector.hypergraph.skills;

/**
 * A skill that was searched for.
 *
 * @param skill      as it was then
 * @param similarity from −1 to 1, larger is nearer
 */
public record SkillHit(Skill skill, double similarity) {}
