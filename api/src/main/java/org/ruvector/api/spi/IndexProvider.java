package org.ruvector.api.spi;

import java.util.Set;
import org.ruvector.api.BuildContext;
import org.ruvector.api.ElementType;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.Metric;
import org.ruvector.api.OpenContext;

/** A kind of index, found by name. */
public non-sealed interface IndexProvider extends Provider {

    /** The metrics that its indexes can search by. */
    Set<Metric> metrics();

    /** The element types that its indexes can hold. */
    Set<ElementType> elementTypes();

    /**
     * A builder for one index. Parameters and the names of other plugins are checked here, before any work is done.
     *
     * @throws IllegalArgumentException if a parameter is unknown or out of range, saying what is allowed
     */
    IndexBuilder builder(IndexSpec spec, BuildContext context);

    /**
     * Opens a saved index without reading all of it. The index owns {@code file} from now on and closes it.
     *
     * @throws org.ruvector.api.IndexFileException if the file does not hold what this plugin wrote
     */
    VectorIndex open(SectionReader file, OpenContext context);
}
