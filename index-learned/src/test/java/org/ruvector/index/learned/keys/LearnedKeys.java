package org.ruvector.index.learned.keys;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.ruvector.index.learned.keys.RecursiveModelIndex.Stages;

/** The learned indexes on keys, in all their forms. */
final class LearnedKeys {

    private LearnedKeys() {}

    /** How each is built; more leaves for more keys. */
    static List<Function<SortedKeys, KeyIndex>> forms() {
        Stream<Function<SortedKeys, KeyIndex>> pgm =
                Stream.of(1, 8, 64).map(epsilon -> keys -> PgmIndex.of(keys, epsilon));
        Stream<Function<SortedKeys, KeyIndex>> roots = Stream.of(CdfModel.values())
                .map(root -> keys -> RecursiveModelIndex.of(keys, Stages.of(root, leaves(keys))));
        Stream<Function<SortedKeys, KeyIndex>> leaves = Stream.of(CdfModel.values())
                .filter(leaf -> leaf != CdfModel.NEURAL)
                .map(leaf -> keys -> RecursiveModelIndex.of(
                        keys,
                        new Stages(
                                CdfModel.LINEAR_SPLINE,
                                CdfModel.LINEAR,
                                0,
                                leaf,
                                leaves(keys),
                                LastMile.INTERPOLATED)));
        Stream<Function<SortedKeys, KeyIndex>> three = Stream.of(LastMile.values())
                .map(last -> keys -> RecursiveModelIndex.of(
                        keys,
                        new Stages(
                                CdfModel.CUBIC,
                                CdfModel.LINEAR,
                                1 + leaves(keys) / 16,
                                CdfModel.LINEAR_SPLINE,
                                leaves(keys),
                                last)));
        return Stream.of(pgm, roots, leaves, three).flatMap(Function.identity()).toList();
    }

    private static int leaves(SortedKeys keys) {
        return 1 + keys.size() / 128;
    }
}
