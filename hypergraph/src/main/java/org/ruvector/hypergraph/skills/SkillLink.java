package org.ruvector.hypergraph.skills;

/**
 * How two skills belong together.
 *
 * @param from id of a skill
 * @param to   id of another
 * @param kind what the one is to the other
 */
public record SkillLink(int from, int to, Kind kind) {

    /** Kinds of links; {@code A} is where it comes from, {@code B} where it goes. */
    public enum Kind {
        /**
         * {@code B} comes before {@code A}: among the episodes with both, {@code B} ends before {@code A} begins in more than half, by the
         * lower end of Wilson's 95 % interval. Neither contains the other. Each pair is judged on its own.
         */
        PREREQUISITE,
        /** Both end with the same action, and neither contains the other; {@code A} has the smaller id. */
        ALTERNATIVE,
        /** The steps of {@code A} contain those of {@code B} in the same order, and more. */
        REFINEMENT,
        /** The steps of {@code A} are those of {@code B} and those of a third skill, one after the other, in either order. */
        COMPOSITION
    }
}
