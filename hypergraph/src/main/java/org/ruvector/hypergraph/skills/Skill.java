package org.ruvector.hypergraph.skills;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A sequence of actions that succeeds more often than what is done without it. A snapshot: it does not change when the library
 * learns.
 *
 * @param id         stays through all versions
 * @param steps      in order; other actions may come between them
 * @param evidence   what later episodes say
 * @param provenance ids of the successful episodes that made its steps a candidate
 * @param examples   its latest successful uses, up to three, the latest last
 * @param state      status and versions
 */
public record Skill(
        int id,
        List<SkillStep> steps,
        SkillEvidence evidence,
        List<String> provenance,
        List<Episode> examples,
        SkillState state) {

    /** Copies. */
    public Skill {
        steps = List.copyOf(steps);
        provenance = List.copyOf(provenance);
        examples = List.copyOf(examples);
    }

    /** The names of its actions in order. */
    public List<String> actions() {
        return steps.stream().map(SkillStep::action).toList();
    }

    /** Its actions joined by {@code " > "}. */
    public String name() {
        return String.join(" > ", actions());
    }

    /** From 1; one more whenever its steps, constants or parameters change. */
    public int version() {
        return state.history().size();
    }

    /** One sentence for people: steps, parameters, successes and base rate. */
    public String description() {
        String parameters = steps.stream()
                .flatMap(step -> step.parameters().keySet().stream())
                .distinct()
                .collect(Collectors.joining(", "));
        Rate with = evidence.with();
        Rate without = evidence.without();
        return String.format(
                Locale.ROOT,
                "%s%s: succeeded in %d of %d episodes (%.0f to %.0f %%), without it in %d of %d (%.0f to %.0f %%)",
                name(),
                parameters.isEmpty() ? "" : " with " + parameters,
                with.successes(),
                with.trials(),
                100 * with.lower(),
                100 * with.upper(),
                without.successes(),
                without.trials(),
                100 * without.lower(),
                100 * without.upper());
    }
}
