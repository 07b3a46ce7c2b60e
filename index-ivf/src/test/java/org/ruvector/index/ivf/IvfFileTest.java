package org.ruvector.index.ivf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ruvector.api.BuildContext;
import org.ruvector.api.Diagnosis;
import org.ruvector.api.ElementType;
import org.ruvector.api.IndexFileException;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.MemoryReport;
import org.ruvector.api.Metric;
import org.ruvector.api.OpenContext;
import org.ruvector.api.Plugins;
import org.ruvector.api.Query;
import org.ruvector.api.SearchRequest;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.Diagnosable;
import org.ruvector.api.spi.MutableIndex;
import org.ruvector.api.spi.Persistable;
import org.ruvector.api.spi.SectionReader;
import org.ruvector.api.spi.VectorIndex;
import org.ruvector.storage.IndexFile;
import org.ruvector.testkit.MemorySections;
import org.ruvector.testkit.RealData;

/** Inverted files in real files, and what a damaged one may say. */
final class IvfFileTest {
    private static final Plugins PLUGINS = Plugins.load();
    private static final VectorRows DIGITS = RealData.digits().base(ElementType.FLOAT32);

    @TempDir
    Path folder;

    private static VectorIndex build(String text) {
        IndexSpec spec = IndexSpec.parse(text, Metric.EUCLIDEAN, ElementType.FLOAT32, 64);
        return PLUGINS.builder(spec, BuildContext.of(PLUGINS)).build(DIGITS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ivf-flat:nlist=50",
                "ivf-flat:nlist=50,coarse=hnsw,coarse.m=6",
                "ivf:nlist=80",
                "ivf:nlist=50,quantizer=sq8"
            })
    void anOpenedIndexIsMappedAndTheSame(String text) throws IOException {
        Path file = folder.resolve("index");
        Query query = RealData.digits().queries(ElementType.FLOAT32).query(1);
        SearchRequest request = SearchRequest.of(query, 10);
        try (VectorIndex index = build(text)) {
            IndexFile.save((Persistable) index, file);
            try (SectionReader reader = IndexFile.read(file)) {
                reader.verify();
                assertEquals(
                        text.contains("hnsw"), reader.sections().stream().anyMatch(name -> name.startsWith("coarse-")));
            }
            try (MutableIndex opened = (MutableIndex) IndexFile.open(file, OpenContext.of(PLUGINS))) {
                assertEquals(index.spec(), opened.spec());
                assertEquals(
                        index.search(request).hits(), opened.search(request).hits());
                assertEquals(
                        index.search(request).stats().exactDistances(),
                        opened.search(request).stats().exactDistances());
                for (MemoryReport.Part part : opened.memory().parts()) {
                    boolean large = part.name().equals("vectors")
                            || part.name().equals("ids")
                            || part.name().equals("codes");
                    assertEquals(large, part.mapped(), part::toString);
                }
                // Over the file that is mapped, and on.
                opened.add(5000, query);
                IndexFile.save((Persistable) opened, file);
                for (int i = 6000; i < 9000; i++) {
                    opened.add(i, query);
                }
                assertEquals(0, opened.search(request).hits().getFirst().distance());
            }
            try (VectorIndex opened = IndexFile.open(file, OpenContext.of(PLUGINS))) {
                assertEquals(DIGITS.count() + 1, opened.size());
                assertEquals(5000, opened.search(request).hits().getFirst().id());
            }
        }
    }

    private static MemorySections saved(String text) throws IOException {
        try (VectorIndex index = build(text)) {
            MemorySections sections = new MemorySections();
            ((Persistable) index).save(sections);
            return sections;
        }
    }

    private static VectorIndex open(MemorySections sections, String text) {
        IndexSpec spec = IndexSpec.parse(text, Metric.EUCLIDEAN, ElementType.FLOAT32, 64);
        return PLUGINS.index(spec.provider()).open(sections.reader(spec), OpenContext.of(PLUGINS));
    }

    private static void requireRefused(String message, String section, Consumer<ByteBuffer> damage) throws IOException {
        MemorySections sections = saved("ivf-flat:nlist=8");
        damage.accept(ByteBuffer.wrap(sections.sections().get(section)).order(ByteOrder.LITTLE_ENDIAN));
        String found = assertThrows(IndexFileException.Corrupt.class, () -> open(sections, "ivf-flat:nlist=8"))
                .getMessage();
        assertTrue(found.matches("memory is damaged: " + message), found);
    }

    @Test
    void damageThatWouldHurtIsRefused() throws IOException {
        requireRefused("list 3 has -5 rows", "sizes", ints -> ints.putInt(12, -5));
        requireRefused(
                "section 'ids' has \\d+ bytes, but \\d+ pages of 256 are in use",
                "sizes",
                ints -> ints.putInt(12, Integer.MAX_VALUE));
        requireRefused("section 'pages' has \\d+ bytes, but should have \\d+", "sizes", ints -> ints.putInt(12, 1));
        requireRefused("list 0 has page -1 of \\d+, which is none or another's", "pages", ints -> ints.putInt(0, -1));
        requireRefused(
                "list 0 has page 1000000 of \\d+, which is none or another's",
                "pages",
                ints -> ints.putInt(0, 1_000_000));
        requireRefused("list 0 has page 0 of \\d+, which is none or another's", "pages", ints -> ints.putInt(4, 0));
        requireRefused("slots 0 and 1 both have the id \\d+", "ids", ids -> ids.putLong(8, ids.getLong(0)));
        requireRefused("Row 0 holds NaN at position 2; .*", "centroids", floats -> floats.putFloat(8, Float.NaN));
    }

    /** The centroids of two lists are exchanged: whoever looks for their rows looks in the wrong list. */
    @Test
    void misplacedRowsAreNoticedAndMoved() throws IOException {
        MemorySections sections = saved("ivf:nlist=8");
        byte[] centroids = sections.sections().get("centroids");
        byte[] first = java.util.Arrays.copyOf(centroids, 256);
        System.arraycopy(centroids, 256, centroids, 0, 256);
        System.arraycopy(first, 0, centroids, 256, 256);
        String text = "ivf:nlist=8,quantizer=rabitq,quantizer.bits=2";
        try (VectorIndex opened = open(sections, text)) {
            Diagnosable patient = (Diagnosable) opened;
            assertFalse(patient.diagnose(0, 1).healthy());
            BuildContext context = BuildContext.of(PLUGINS);
            assertTrue(patient.repair(context) > 100);
            assertEquals(0, patient.repair(context));
            Diagnosis healed = patient.diagnose(100, 1);
            assertTrue(healed.healthy(), healed::toString);
            assertEquals(DIGITS.count(), opened.size());
        }
    }

    @Test
    void listsOfAnotherQuantizerAreRefused() throws IOException {
        MemorySections sections = saved("ivf:nlist=8");
        assertThrows(IndexFileException.class, () -> open(sections, "ivf:nlist=8,quantizer=sq8"));
        assertThrows(IndexFileException.class, () -> open(sections, "ivf:nlist=8"), "no quantizer is named");
        byte[] bytes = sections.sections().get("vectors").clone();
        open(sections, "ivf-flat:nlist=8").close();
        assertArrayEquals(bytes, sections.sections().get("vectors"));
    }
}
