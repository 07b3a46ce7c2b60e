package org.ruvector.index.learned.keys;

import java.util.Arrays;
import java.util.Locale;
import org.ruvector.api.Parameters;
import org.ruvector.index.learned.keys.RecursiveModelIndex.Stages;

/**
 * Builds key indexes by their names, for command lines and notebooks:
 *
 * <ul>
 *   <li>{@code binary-search}, {@code tree-map}
 *   <li>{@code pgm}, with {@code epsilon}, by default 64
 *   <li>{@code rmi}, with {@code root} (by default {@code linear-spline}), {@code leaf} ({@code linear}), {@code leaves} (one for 128 keys),
 *       {@code middle} ({@code linear}) and {@code middles} (0, which leaves two stages), {@code last} ({@code binary})
 * </ul>
 */
public final class KeyIndexes {

    private KeyIndexes() {}

    /**
     * Builds an index.
     *
     * @param form a name, and perhaps parameters: {@code rmi:root=cubic,leaves=65536}
     * @throws IllegalArgumentException if there is no such index, or a parameter is unknown or out of range
     */
    public static KeyIndex build(String form, SortedKeys keys) {
        String[] parts = form.split(":", 2);
        Parameters parameters = parts.length == 1 ? Parameters.none() : Parameters.parse(parts[1]);
        return switch (parts[0]) {
            case "binary-search" -> {
                parameters.requireOnly();
                yield new BinarySearch(keys);
            }
            case "tree-map" -> {
                parameters.requireOnly();
                yield new TreeMapIndex(keys);
            }
            case "pgm" -> {
                parameters.requireOnly("epsilon");
                yield PgmIndex.of(keys, parameters.getInt("epsilon", PgmIndex.DEFAULT_EPSILON));
            }
            case "rmi" -> RecursiveModelIndex.of(keys, stages(parameters, keys.size()));
            default ->
                throw new IllegalArgumentException(
                        "Unknown key index '" + parts[0] + "'; take binary-search, tree-map, pgm or rmi");
        };
    }

    private static Stages stages(Parameters parameters, int n) {
        parameters.requireOnly("root", "middle", "middles", "leaf", "leaves", "last");
        return new Stages(
                value(CdfModel.class, parameters, "root", "linear-spline"),
                value(CdfModel.class, parameters, "middle", "linear"),
                parameters.getInt("middles", 0),
                value(CdfModel.class, parameters, "leaf", "linear"),
                parameters.getInt("leaves", 1 + n / 128),
                value(LastMile.class, parameters, "last", "binary"));
    }

    private static <E extends Enum<E>> E value(Class<E> type, Parameters parameters, String name, String byDefault) {
        String text = parameters.getText(name, byDefault);
        for (E constant : type.getEnumConstants()) {
            if (text(constant).equals(text)) {
                return constant;
            }
        }
        throw new IllegalArgumentException(name + "=" + text + " is unknown; take one of "
                + Arrays.stream(type.getEnumConstants()).map(KeyIndexes::text).toList());
    }

    /** The name in the form of parameters: {@code linear-spline}. */
    static String text(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
