package org.ruvector.datasets;

import java.io.IOException;
import java.nio.file.Path;
import org.ruvector.api.BuildContext;
import org.ruvector.api.Parameters;

/** A data set that can be had by name. To add one: implement this, and name it in {@link Datasets}. */
sealed interface NamedSet permits Digits, EmbeddedTexts, FashionMnist {

    /** Neighbours per query in the ground truth, as in ann-benchmarks. */
    int NEIGHBOURS = 100;

    /** The name, matching {@code [a-z][a-z0-9-]*}. */
    String name();

    /**
     * Prepares the set, or takes what was prepared earlier.
     *
     * @param folder this set's own folder, which exists
     */
    Dataset load(Path folder, Parameters options, BuildContext context) throws IOException;
}
