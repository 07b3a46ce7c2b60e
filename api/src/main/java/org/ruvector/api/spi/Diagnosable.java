package org.ruvector.api.spi;

import org.ruvector.api.BuildContext;
import org.ruvector.api.Diagnosis;

/** An index that can be examined, and mended where that helps. */
public interface Diagnosable extends VectorIndex {

    /**
     * Examines the index.
     *
     * @param sample number of stored vectors to search for when recall is estimated; 0 leaves recall out
     * @param seed   chooses the sample
     */
    Diagnosis diagnose(int sample, long seed);

    /**
     * Mends what can be mended and returns how many places were.
     *
     * @throws java.util.concurrent.CancellationException if the context's progress said so
     */
    int repair(BuildContext context);
}
