package org.ruvector.hypergraph.skills;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A step of an episode.
 *
 * @param name      what was done, not blank
 * @param arguments what it was done with, by name; names not blank; copied, and walked in the order of names
 */
public record Action(String name, Map<String, String> arguments) {

    /** Refuses a blank name. */
    public Action {
        if (name.isBlank()) {
            throw new IllegalArgumentException("An action has a blank name; name what was done");
        }
        TreeMap<String, String> sorted = new TreeMap<>();
        arguments.forEach((argument, value) -> {
            if (argument.isBlank() || value == null) {
                throw new IllegalArgumentException("Action '" + name + "' has the argument '" + argument
                        + "' with value " + value + "; it needs a name and a value");
            }
            sorted.put(argument, value);
        });
        arguments = Collections.unmodifiableMap(sorted);
    }

    /** An action without arguments. */
    public Action(String name) {
        this(name, Map.of());
    }
}
