package org.ruvector.index.hnsw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ruvector.api.BuildContext;
import org.ruvector.api.Diagnosis;
import org.ruvector.api.ElementType;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.Metric;
import org.ruvector.api.OpenContext;
import org.ruvector.api.Plugins;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.Diagnosable;
import org.ruvector.api.spi.IndexProvider;
import org.ruvector.api.spi.MutableIndex;
import org.ruvector.api.spi.Persistable;
import org.ruvector.api.spi.SectionReader;
import org.ruvector.api.spi.VectorIndex;
import org.ruvector.storage.IndexFile;
import org.ruvector.testkit.RealData;

/** The doctor finds codes that belong to other vectors, also after a change and in an opened index. */
final class StaleCodesTest {
    private static final Plugins PLUGINS = Plugins.load();

    @TempDir
    private Path folder;

    private static Diagnosis.Finding codes(VectorIndex index) {
        return ((Diagnosable) index)
                .diagnose(300, 1).findings().stream()
                        .filter(finding -> finding.name().startsWith("stale codes"))
                        .findFirst()
                        .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hnsw-fused:m=20", "hnsw:quantizer=sq8,filter=binary"})
    void codesFollowVectorsAndLinksAndWhatDoesNotIsFound(String text) throws IOException {
        IndexSpec spec = IndexSpec.parse(text, Metric.EUCLIDEAN, ElementType.FLOAT32, 64);
        IndexProvider provider = text.startsWith("hnsw-fused") ? new HnswFusedIndexProvider() : new HnswIndexProvider();
        VectorRows rows = RealData.digits().base(ElementType.FLOAT32);
        Path file = folder.resolve("codes.ruvector");
        try (VectorIndex index =
                provider.builder(spec, BuildContext.of(PLUGINS)).build(rows.slice(0, 1000))) {
            IndexFile.save((Persistable) index, file);
        }
        try (VectorIndex opened = IndexFile.open(file, OpenContext.of(PLUGINS))) {
            for (int row = 1000; row < 1300; row++) {
                ((MutableIndex) opened).add(row, rows.query(row));
                ((MutableIndex) opened).remove(row - 1000);
            }
            assertEquals(0, codes(opened).value());
            assertTrue(codes(opened).healthy());
        }
        SectionReader damagedFile = IndexFile.read(file);
        // Stays in this process's memory.
        MemorySegment vectors = damagedFile.section("vectors");
        for (long at = 0; at < vectors.byteSize(); at += Float.BYTES) {
            vectors.set(VectorRows.FLOAT, at, 16 - vectors.get(VectorRows.FLOAT, at));
        }
        try (VectorIndex damaged = provider.open(damagedFile, OpenContext.of(PLUGINS))) {
            assertEquals(300, codes(damaged).value());
            assertFalse(codes(damaged).healthy());
        }
    }
}
