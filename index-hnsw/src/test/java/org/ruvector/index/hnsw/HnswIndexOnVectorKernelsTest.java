package org.ruvector.index.hnsw;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.ruvector.api.Plugins;
import org.ruvector.api.spi.IndexProvider;
import org.ruvector.api.spi.Persistable;
import org.ruvector.api.spi.VectorIndex;
import org.ruvector.testkit.MemorySections;
import org.ruvector.testkit.RealData;
import org.ruvector.testkit.RecallContract;
import org.ruvector.testkit.SearchContract;

/** What depends on distances once more, on the fastest kernels that are found. */
final class HnswIndexOnVectorKernelsTest implements SearchContract, RecallContract {

    @Override
    public IndexProvider provider() {
        return new HnswIndexProvider();
    }

    @Override
    public double recallFloor() {
        return 0.95;
    }

    @Override
    public Plugins plugins() {
        return Plugins.load();
    }

    /** By then the kernels of the first build were interpreted, those of the last one compiled. */
    @Test
    void buildsOnOneThreadAreTheSameToTheBit() throws IOException {
        Map<String, byte[]> first = null;
        for (int i = 0; i < 3; i++) {
            MemorySections file = new MemorySections();
            try (VectorIndex index = build(RealData.digits(), mainSpace(), context())) {
                ((Persistable) index).save(file);
            }
            first = first == null ? file.sections() : first;
            assertEquals(first.keySet(), file.sections().keySet());
            for (String name : first.keySet()) {
                assertArrayEquals(first.get(name), file.sections().get(name), name);
            }
        }
    }
}
