package org.ruvector.hypergraph;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * What is known about the nodes of a hypergraph, or about its hyperedges, by ordinal: a name, attributes, an embedding,
 * each optional. Memory is taken only for what is there. Read under the rules of the hypergraph that it belongs to.
 *
 * <p>Attributes are values as in JSON: text, {@link Boolean}, {@link Long}, finite {@link Double}, and lists and maps
 * of them, up to 64 within each other; other integers and floats are widened. They are copied when set, and
 * unmodifiable when read.
 */
public final class Annotations {

    /** How deep lists and maps may lie within each other, so that no reader of them overflows its stack. */
    static final int MAX_DEPTH = 64;

    private final Map<Integer, String> names;
    private final Map<String, Integer> ordinals;
    private final Map<Integer, Map<String, Object>> attributes;
    private final Map<Integer, float[]> embeddings;
    // Of all embeddings, where there are any.
    private int dimension;

    Annotations() {
        names = new HashMap<>();
        ordinals = new HashMap<>();
        attributes = new HashMap<>();
        embeddings = new HashMap<>();
    }

    private Annotations(Annotations from) {
        names = new HashMap<>(from.names);
        ordinals = new HashMap<>(from.ordinals);
        attributes = new HashMap<>(from.attributes);
        embeddings = new HashMap<>(from.embeddings);
        dimension = from.dimension;
    }

    /** A copy that later changes do not reach; values are immutable and shared. */
    Annotations copy() {
        return new Annotations(this);
    }

    /** The same without what is known of some ordinals; not to be changed. */
    Annotations without(BitSet ordinals) {
        if (ordinals.isEmpty()) {
            return this;
        }
        Annotations rest = copy();
        ordinals.stream().forEach(rest::remove);
        return rest;
    }

    /** The name given to an ordinal. */
    public Optional<String> name(int ordinal) {
        return Optional.ofNullable(names.get(ordinal));
    }

    /** What has this name. */
    public OptionalInt find(String name) {
        Integer ordinal = ordinals.get(name);
        return ordinal == null ? OptionalInt.empty() : OptionalInt.of(ordinal);
    }

    /**
     * The attributes of an ordinal, by name, in the order in which they were set; unmodifiable, empty if there are
     * none.
     */
    public Map<String, Object> attributes(int ordinal) {
        return attributes.getOrDefault(ordinal, Map.of());
    }

    /** The embedding of an ordinal; the caller owns the array. */
    public Optional<float[]> embedding(int ordinal) {
        return Optional.ofNullable(embeddings.get(ordinal)).map(float[]::clone);
    }

    /** The ordinals that have an embedding, ascending; the caller owns the array. */
    public int[] embedded() {
        return ordinals(embeddings);
    }

    /** The ordinals that have a name, ascending. */
    int[] named() {
        return ordinals(names);
    }

    /** The ordinals that have attributes, ascending. */
    int[] attributed() {
        return ordinals(attributes);
    }

    private static int[] ordinals(Map<Integer, ?> of) {
        return of.keySet().stream().mapToInt(Integer::intValue).sorted().toArray();
    }

    void name(int ordinal, String name) {
        Objects.requireNonNull(name, "name");
        Integer other = ordinals.get(name);
        if (other != null && other != ordinal) {
            throw new IllegalArgumentException(
                    "The name '" + name + "' belongs to " + other + " already; names are distinct");
        }
        String before = names.put(ordinal, name);
        if (before != null) {
            ordinals.remove(before);
        }
        ordinals.put(name, ordinal);
    }

    void attribute(int ordinal, String name, Object value) {
        Objects.requireNonNull(name, "name");
        Object checked = checked(name, value, MAX_DEPTH);
        Map<String, Object> changed = new LinkedHashMap<>(attributes(ordinal));
        changed.put(name, checked);
        attributes.put(ordinal, Collections.unmodifiableMap(changed));
    }

    /** Sets all attributes in place of those there were. */
    void attributes(int ordinal, Map<String, ?> all) {
        Map<String, Object> checked = checked(all);
        if (checked.isEmpty()) {
            attributes.remove(ordinal);
        } else {
            attributes.put(ordinal, checked);
        }
    }

    /** Keeps a copy of the embedding. */
    void embedding(int ordinal, float[] embedding) {
        float[] vector = embedding.clone();
        if (vector.length == 0) {
            throw new IllegalArgumentException("An embedding has at least one coordinate, this one has none");
        }
        for (int i = 0; i < vector.length; i++) {
            if (!Float.isFinite(vector[i])) {
                throw new IllegalArgumentException("Coordinate " + i + " of the embedding is " + vector[i]
                        + "; coordinates must be finite numbers");
            }
        }
        int others = embeddings.size() - (embeddings.containsKey(ordinal) ? 1 : 0);
        if (others > 0 && vector.length != dimension) {
            throw new IllegalArgumentException("The embedding has " + vector.length + " coordinates, the others have "
                    + dimension + "; use one model for all");
        }
        dimension = vector.length;
        embeddings.put(ordinal, vector);
    }

    void remove(int ordinal) {
        String name = names.remove(ordinal);
        if (name != null) {
            ordinals.remove(name);
        }
        attributes.remove(ordinal);
        embeddings.remove(ordinal);
    }

    /** A checked, unmodifiable copy of attributes. */
    static Map<String, Object> checked(Map<String, ?> attributes) {
        Map<String, Object> copy = new LinkedHashMap<>();
        attributes.forEach(
                (name, value) -> copy.put(Objects.requireNonNull(name, "name"), checked(name, value, MAX_DEPTH)));
        return Collections.unmodifiableMap(copy);
    }

    private static Object checked(String name, Object value, int depth) {
        if (depth < 0) {
            throw new IllegalArgumentException("Attribute '" + name + "' has lists and maps within each other over "
                    + MAX_DEPTH + " deep; make it flatter");
        }
        return switch (value) {
            case null ->
                throw new IllegalArgumentException("Attribute '" + name + "' is or holds null; leave it out instead");
            case String text -> text;
            case Boolean truth -> truth;
            case Long number -> number;
            case Integer number -> number.longValue();
            case Double number when Double.isFinite(number) -> number;
            case Float number when Float.isFinite(number) -> number.doubleValue();
            case List<?> list ->
                list.stream().map(element -> checked(name, element, depth - 1)).toList();
            case Map<?, ?> map -> {
                Map<String, Object> copy = new LinkedHashMap<>();
                map.forEach((key, element) -> {
                    if (!(key instanceof String text)) {
                        throw new IllegalArgumentException(
                                "Attribute '" + name + "' holds a map with the key " + key + "; keys are texts");
                    }
                    copy.put(text, checked(name, element, depth - 1));
                });
                yield Collections.unmodifiableMap(copy);
            }
            default ->
                throw new IllegalArgumentException("Attribute '" + name + "' is " + value + " of "
                        + value.getClass().getName()
                        + "; allowed are texts, booleans, integers, finite numbers, and lists and maps of them");
        };
    }

    /** Whether both hold the same for the same ordinals. */
    @Override
    public boolean equals(Object o) {
        return o instanceof Annotations other
                && names.equals(other.names)
                && attributes.equals(other.attributes)
                && embeddings.keySet().equals(other.embeddings.keySet())
                && embeddings.entrySet().stream()
                        .allMatch(e -> Arrays.equals(e.getValue(), other.embeddings.get(e.getKey())));
    }

    @Override
    public int hashCode() {
        return Objects.hash(names, attributes, embeddings.keySet());
    }

    @Override
    public String toString() {
        return new TreeMap<>(names) + " " + new TreeMap<>(attributes) + ", " + embeddings.size() + " embeddings";
    }
}
