package org.ruvector.api.spi;

import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** Takes the named sections of an index that is being saved. Sections appear in the file in the order written. */
public interface SectionWriter {

    /**
     * Writes one section.
     *
     * @param name  unique in the file, matching {@code [a-z][a-z0-9-]*}
     * @param parts written one after another; may be empty, native or on the heap
     */
    void section(String name, MemorySegment... parts) throws IOException;
}
