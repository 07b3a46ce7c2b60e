package org.ruvector.index.ivf;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Set;
import java.util.stream.Collectors;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.spi.SectionReader;

/**
 * An index within the file of another, whose sections have a prefix. Its sections are copies: the file is the other's, which closes it when
 * its rows have moved into memory of their own, and a coarse index, which is small, lives on.
 */
record PrefixedReader(SectionReader file, String prefix, IndexSpec spec) implements SectionReader {
    private static final int ALIGNMENT = 4096;

    @Override
    public String source() {
        return file.source();
    }

    @Override
    public Set<String> sections() {
        return file.sections().stream()
                .filter(name -> name.startsWith(prefix))
                .map(name -> name.substring(prefix.length()))
                .collect(Collectors.toSet());
    }

    @Override
    public MemorySegment section(String name) {
        MemorySegment section = file.section(prefix + name);
        return Arena.ofAuto()
                .allocate(Math.max(1, section.byteSize()), ALIGNMENT)
                .asSlice(0, section.byteSize())
                .copyFrom(section);
    }

    @Override
    public void verify() {
        file.verify();
    }

    @Override
    public void close() {
        // The file is not ours.
    }
}
