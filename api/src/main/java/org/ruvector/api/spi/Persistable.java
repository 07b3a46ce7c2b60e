package org.ruvector.api.spi;

import java.io.IOException;

/** An index that can be written to a file and opened again. */
public interface Persistable extends VectorIndex {

    /** Writes everything into sections; searches go on meanwhile, changes wait. */
    void save(SectionWriter file) throws IOException;
}
