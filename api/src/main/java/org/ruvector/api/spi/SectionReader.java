package org.ruvector.api.spi;

import java.lang.foreign.MemorySegment;
import java.util.Set;
import org.ruvector.api.IndexSpec;

/**
 * The named sections of a saved index, mapped from its file. Header and section table were checked when the file was
 * opened; the sections' contents were not, so whoever reads them must check what would hurt.
 */
public interface SectionReader extends AutoCloseable {

    /** What index the file holds. */
    IndexSpec spec();

    /** The file, as error messages name it. */
    String source();

    /** The names of the sections. */
    Set<String> sections();

    /**
     * One section, little-endian, its start aligned to 4,096 bytes. Writes to it stay in this process's memory and never
     * reach the file.
     *
     * @throws org.ruvector.api.IndexFileException.Corrupt if there is no such section
     */
    MemorySegment section(String name);

    /**
     * Reads every section and compares its checksum.
     *
     * @throws org.ruvector.api.IndexFileException.Corrupt naming the first damaged section
     */
    void verify();

    /** Unmaps the file. The sections must not be touched afterwards. */
    @Override
    void close();
}
