package org.ruvector.api;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Named values as text: {@code m=16,efConstruction=200}. The command line, notebooks, config files and index headers all
 * pass parameters through this one type, and each plugin turns them into its own validated record. Immutable; the text
 * form is sorted by name, so that equal parameters print equally.
 */
public final class Parameters {

    private static final Parameters NONE = new Parameters(new TreeMap<>());

    private final SortedMap<String, String> values;

    private Parameters(SortedMap<String, String> values) {
        this.values = Collections.unmodifiableSortedMap(values);
    }

    /** No parameters. */
    public static Parameters none() {
        return NONE;
    }

    /** The given names and values; neither may contain a comma, and a name no equals sign. */
    public static Parameters of(Map<String, ?> values) {
        Parameters result = NONE;
        for (Map.Entry<String, ?> entry : values.entrySet()) {
            result = result.with(entry.getKey(), entry.getValue());
        }
        return result;
    }

    /**
     * Parses {@code name=value,name=value}; blanks around names and values are ignored, empty text is no parameters.
     *
     * @throws IllegalArgumentException if a piece has no equals sign, an empty name, or a name comes twice
     */
    public static Parameters parse(String text) {
        Parameters result = NONE;
        for (String piece : text.split(",", -1)) {
            if (piece.isBlank() && text.isBlank()) {
                continue;
            }
            int equals = piece.indexOf('=');
            if (equals < 1 || piece.substring(0, equals).isBlank()) {
                throw new IllegalArgumentException(
                        "'" + piece.strip() + "' in '" + text + "' is not of the form name=value");
            }
            String name = piece.substring(0, equals).strip();
            if (result.values.containsKey(name)) {
                throw new IllegalArgumentException("'" + name + "' is given twice in '" + text + "'");
            }
            result = result.with(name, piece.substring(equals + 1));
        }
        return result;
    }

    /**
     * These parameters with one more, or with one changed; blanks around the name and the value are dropped, as by
     * {@link #parse}, so that whatever was set prints to text that means the same.
     *
     * @throws IllegalArgumentException if the name is blank or holds an equals sign, or either holds a comma
     */
    public Parameters with(String name, Object value) {
        String key = name.strip();
        String text = String.valueOf(value).strip();
        if (key.isEmpty() || key.indexOf('=') >= 0 || key.indexOf(',') >= 0 || text.indexOf(',') >= 0) {
            throw new IllegalArgumentException("'" + key + "=" + text + "' cannot be a parameter: the name must not be "
                    + "empty nor contain '=', and neither side may contain ','");
        }
        SortedMap<String, String> copy = new TreeMap<>(values);
        copy.put(key, text);
        return new Parameters(copy);
    }

    /** These parameters and the others, which win where both have a name. */
    public Parameters with(Parameters others) {
        SortedMap<String, String> both = new TreeMap<>(values);
        both.putAll(others.values);
        return new Parameters(both);
    }

    /** The integer of that name, or the default if it is not given. */
    public int getInt(String name, int byDefault) {
        long value = getLong(name, byDefault);
        if (value != (int) value) {
            throw new IllegalArgumentException(name + "=" + value + " does not fit 32 bits");
        }
        return (int) value;
    }

    /** The whole number of that name, or the default if it is not given. */
    public long getLong(String name, long byDefault) {
        String value = values.get(name);
        if (value == null) {
            return byDefault;
        }
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + "=" + value + " is not a whole number", e);
        }
    }

    /** The number of that name, or the default if it is not given. */
    public double getDouble(String name, double byDefault) {
        String value = values.get(name);
        if (value == null) {
            return byDefault;
        }
        try {
            return Double.parseDouble(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + "=" + value + " is not a number", e);
        }
    }

    /** {@code true} or {@code false} of that name, or the default if it is not given. */
    public boolean getBoolean(String name, boolean byDefault) {
        String value = values.get(name);
        if (value == null) {
            return byDefault;
        }
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(name + "=" + value + " is neither true nor false");
        };
    }

    /** The text of that name, or the default if it is not given. */
    public String getText(String name, String byDefault) {
        return values.getOrDefault(name, byDefault);
    }

    /** Names and values, sorted by name, unmodifiable. */
    public SortedMap<String, String> asMap() {
        return values;
    }

    /**
     * Throws if a name other than the given ones is present, so that a misspelt parameter is never silently ignored.
     *
     * @throws IllegalArgumentException naming the unknown parameters and the known ones
     */
    public Parameters requireOnly(String... known) {
        if (!values.isEmpty()) {
            List<String> unknown = new ArrayList<>(values.keySet());
            unknown.removeAll(Arrays.asList(known));
            if (!unknown.isEmpty()) {
                throw new IllegalArgumentException("Unknown parameter" + (unknown.size() > 1 ? "s " : " ")
                        + String.join(", ", unknown) + "; "
                        + (known.length == 0 ? "there are none here" : "known are: " + String.join(", ", known)));
            }
        }
        return this;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Parameters other && values.equals(other.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    /** The text form that {@link #parse} reads. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        values.forEach((name, value) ->
                text.append(text.isEmpty() ? "" : ",").append(name).append('=').append(value));
        return text.toString();
    }
}
