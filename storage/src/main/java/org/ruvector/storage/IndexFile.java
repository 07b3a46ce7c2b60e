package org.ruvector.storage;

import java.io.IOException;
import java.nio.file.Path;
import org.ruvector.api.IndexFileException;
import org.ruvector.api.OpenContext;
import org.ruvector.api.PluginException;
import org.ruvector.api.spi.IndexProvider;
import org.ruvector.api.spi.Persistable;
import org.ruvector.api.spi.SectionReader;
import org.ruvector.api.spi.VectorIndex;

/**
 * Indexes as files: one file, little-endian, with a header that says which plugin wrote it and named sections with a
 * CRC-32C each. The byte layout is in {@code docs/file-format.md}. Thread-safe.
 *
 * <p>What is wrong with a file is told by the kind of {@link IndexFileException}; a missing or unreadable file is an
 * {@link IOException}. A file that is mapped must not be shortened or overwritten in place; {@link #save} never does.
 */
public final class IndexFile {

    private IndexFile() {}

    /**
     * Saves an index. The file appears whole or not at all: it is written under a temporary name in the same folder, forced
     * to the disk, then renamed. Whoever has the old file open keeps it.
     *
     * @param target the file to create or to replace
     * @throws IOException if writing fails; what was at {@code target} is then as before, and nothing else is left behind
     */
    public static void save(Persistable index, Path target) throws IOException {
        ReplacedFile.write(target, channel -> {
            FileSectionWriter sections = new FileSectionWriter(channel, index.spec());
            index.save(sections);
            sections.finish();
        });
    }

    /**
     * Opens a saved index with the plugin that its header names, without reading all of it. A file that this process may
     * write is mapped; another is read into memory.
     *
     * @throws IndexFileException if the file cannot be used
     * @throws PluginException    if the plugin is not among the context's or cannot run here
     */
    public static VectorIndex open(Path file, OpenContext context) throws IOException {
        SectionReader sections = read(file);
        try {
            return provider(sections, context).open(sections, context);
        } catch (Throwable e) {
            sections.close();
            throw e;
        }
    }

    /**
     * Maps a file after checking all of it but the sections' contents, for a look inside or to
     * {@link SectionReader#verify()} it. The caller closes the reader.
     *
     * @throws IndexFileException if the file cannot be used
     */
    public static SectionReader read(Path file) throws IOException {
        return MappedSections.open(file);
    }

    /**
     * Does what {@link #read(Path)} does for a file of a certain plugin.
     *
     * @throws IndexFileException.WrongProvider if another plugin wrote the file
     */
    public static SectionReader read(Path file, String expectedProvider) throws IOException {
        SectionReader sections = read(file);
        String provider = sections.spec().provider();
        if (!provider.equals(expectedProvider)) {
            sections.close();
            throw new IndexFileException.WrongProvider(
                    file + " holds an index of the plugin '" + provider + "', not of '" + expectedProvider + "'");
        }
        return sections;
    }

    private static IndexProvider provider(SectionReader sections, OpenContext context) {
        try {
            return context.plugins().index(sections.spec().provider());
        } catch (PluginException e) {
            PluginException named = new PluginException(sections.source() + " cannot be opened: " + e.getMessage());
            named.initCause(e);
            throw named;
        }
    }
}
