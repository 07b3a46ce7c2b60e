package org.ruvector.index.flat;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ruvector.api.BuildContext;
import org.ruvector.api.ElementType;
import org.ruvector.api.Hit;
import org.ruvector.api.IndexFileException;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.MemoryReport;
import org.ruvector.api.Metric;
import org.ruvector.api.OpenContext;
import org.ruvector.api.Parameters;
import org.ruvector.api.Plugins;
import org.ruvector.api.Query;
import org.ruvector.api.SearchRequest;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.MutableIndex;
import org.ruvector.api.spi.Persistable;
import org.ruvector.api.spi.SectionReader;
import org.ruvector.api.spi.VectorIndex;
import org.ruvector.storage.IndexFile;
import org.ruvector.testkit.MemorySections;

/** Flat indexes in real files. */
final class FlatIndexFileTest {

    private static final IndexSpec SPEC =
            new IndexSpec("flat", Parameters.none(), Metric.EUCLIDEAN, ElementType.INT8, 2);

    private final Plugins plugins = Plugins.none().with(new FlatIndexProvider());
    private final OpenContext context = OpenContext.of(plugins);
    private final SearchRequest all = SearchRequest.of(Query.of(new byte[2]), 100);

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void save() throws IOException {
        file = folder.resolve("index");
        byte[] rows = {1, 1, 2, 2, 3, 3, 4, 4, 5, 5};
        try (VectorIndex index = plugins.builder(SPEC, BuildContext.of(plugins))
                .build(VectorRows.ofBytes(rows, 2), new long[] {10, -20, 30, -40, Long.MIN_VALUE})) {
            IndexFile.save((Persistable) index, file);
        }
    }

    @Test
    void anOpenedIndexIsMappedAndAnswersAtOnce() throws IOException {
        try (VectorIndex index = IndexFile.open(file, context)) {
            assertEquals(SPEC, index.spec());
            assertEquals(
                    List.of(
                            new Hit(10, 2),
                            new Hit(-20, 8),
                            new Hit(30, 18),
                            new Hit(-40, 32),
                            new Hit(Long.MIN_VALUE, 50)),
                    index.search(all).hits());
            assertEquals(
                    List.of(
                            new MemoryReport.Part("vectors", 10, true),
                            new MemoryReport.Part("ids", 40, true),
                            new MemoryReport.Part("id table", 64, false)),
                    index.memory().parts());
        }
    }

    @Test
    void changesOfAnOpenedIndexReachTheFileWhenItIsSavedOnly() throws IOException {
        byte[] before = Files.readAllBytes(file);
        List<Hit> changed;
        try (MutableIndex index = (MutableIndex) IndexFile.open(file, context)) {
            assertTrue(index.replace(30, Query.of(new byte[] {9, 9})));
            assertTrue(index.remove(10));
            index.add(7, Query.of(new byte[] {0, 1}));
            index.add(8, Query.of(new byte[] {0, 2}));
            changed = index.search(all).hits();
            assertEquals(
                    List.of(
                            new Hit(7, 1),
                            new Hit(8, 4),
                            new Hit(-20, 8),
                            new Hit(-40, 32),
                            new Hit(Long.MIN_VALUE, 50),
                            new Hit(30, 162)),
                    changed);
            assertArrayEquals(before, Files.readAllBytes(file));
            // Over the file that is mapped.
            IndexFile.save((Persistable) index, file);
            assertEquals(changed, index.search(all).hits());
        }
        try (SectionReader reader = IndexFile.read(file, "flat")) {
            reader.verify();
        }
        try (VectorIndex index = IndexFile.open(file, context)) {
            assertEquals(changed, index.search(all).hits());
        }
    }

    @Test
    void sectionsThatDoNotFitTogetherAreRefused() {
        String message = refused(new byte[3], new byte[16]);
        assertTrue(
                message.endsWith(
                        "section 'ids' has 16 bytes, 8 for each row, and section 'vectors' has 3, but should have"
                                + " 2 for each row"),
                message);
        refused(new byte[4], new byte[15]);
        refused(new byte[0], new byte[8]);
        refused(new byte[2], new byte[0]);
        message = refused(new byte[4], new byte[16]);
        assertTrue(message.endsWith("rows 0 and 1 both have the id 0"), message);
        try (VectorIndex index = open(new byte[0], new byte[0])) {
            assertEquals(List.of(), index.search(all).hits());
        }
    }

    private String refused(byte[] vectors, byte[] ids) {
        return assertThrows(IndexFileException.Corrupt.class, () -> open(vectors, ids))
                .getMessage();
    }

    private VectorIndex open(byte[] vectors, byte[] ids) {
        MemorySections sections = new MemorySections();
        sections.sections().put("vectors", vectors);
        sections.sections().put("ids", ids);
        return new FlatIndexProvider().open(sections.reader(SPEC), context);
    }
}
