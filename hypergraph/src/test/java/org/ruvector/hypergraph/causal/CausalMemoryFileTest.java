package org.ruvector.hypergraph.causal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ruvector.api.IndexFileException;
import org.ruvector.api.PluginException;
import org.ruvector.storage.RecordFile;

/** Files of a memory, and many readers beside a writer. */
final class CausalMemoryFileTest {

    @TempDir
    Path folder;

    private static CausalMemory memory(int count) {
        CausalMemory memory = CausalMemoryTest.filled(1, "flat", count / 2, 31, 1, 0);
        memory.link("errors", "reward");
        SplittableRandom random = new SplittableRandom(32);
        for (int i = 0; i < count / 2; i++) {
            memory.observe(CausalMemoryTest.random(random, 1, 1, 0));
        }
        return memory;
    }

    @Test
    void aLoadedMemoryAnswersExactlyAsItDid() throws IOException {
        Path file = folder.resolve("memory");
        try (CausalMemory memory = memory(300)) {
            memory.save(file);
            try (CausalMemory loaded = CausalMemory.load(file, CausalMemoryTest.CONTEXT)) {
                assertEquals(memory.schema(), loaded.schema());
                assertEquals(memory.size(), loaded.size());
                for (int i = 0; i < memory.size(); i++) {
                    assertEquals(memory.observation(i), loaded.observation(i));
                }
                assertEquals(memory.edges(), loaded.edges());
                RecallRequest request = RecallRequest.of(new float[] {0.4f, 0.1f, 0.2f}, "reward", 9)
                        .surely(0.9);
                assertEquals(memory.recall(request), loaded.recall(request));
                Path again = folder.resolve("again");
                loaded.save(again);
                assertEquals(-1, Files.mismatch(file, again));
                SplittableRandom random = new SplittableRandom(33);
                Observation next = CausalMemoryTest.random(random, 1, 1, 0);
                assertEquals(memory.observe(next), loaded.observe(next));
                assertEquals(memory.edges(), loaded.edges());
            }
        }
    }

    @Test
    void aDamagedFileIsRefused() throws IOException {
        Path file = folder.resolve("memory");
        try (CausalMemory memory = memory(20)) {
            memory.save(file);
        }
        byte[] bytes = Files.readAllBytes(file);
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 200; i++) {
            byte[] damaged = bytes.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, damaged);
            assertThrows(IndexFileException.class, () -> CausalMemory.load(file, CausalMemoryTest.CONTEXT));
        }
    }

    /** What a checksum does not see: someone who wrote a well-formed file of nonsense. */
    @Test
    void nonsenseWithARightChecksumIsRefused() throws IOException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        try (CausalMemory memory = memory(20)) {
            memory.write(new DataOutputStream(whole));
        }
        byte[] bytes = whole.toByteArray();
        Path file = folder.resolve("nonsense");
        SplittableRandom random = new SplittableRandom(6);
        int refused = 0;
        for (int i = 0; i < 200; i++) {
            byte[] damaged = bytes.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            RecordFile.save(file, Map.of("causal memory", out -> out.write(damaged)));
            try {
                CausalMemory.load(file, CausalMemoryTest.CONTEXT).close();
            } catch (RuntimeException e) {
                refused++;
                assertTrue(
                        e instanceof IndexFileException || e instanceof PluginException,
                        "seed 6, damage " + i + ": " + e);
            }
        }
        // Most bits are those of numbers, and another number is still one.
        assertFalse(refused < 10, "refused only " + refused);
    }

    @Test
    void countsAndVersionsAreDistrusted() throws IOException {
        assertThrows(IllegalArgumentException.class, () -> read(out -> out.writeInt(2)));
        assertThrows(
                IOException.class,
                () -> read(out -> {
                    out.writeInt(1);
                    out.writeInt(3);
                    out.writeInt(Integer.MAX_VALUE);
                }));
        assertThrows(
                IOException.class,
                () -> read(out -> {
                    out.writeInt(1);
                    out.writeInt(3);
                    out.writeInt(0);
                    out.writeUTF("flat");
                    out.writeInt(0);
                    out.writeInt(Integer.MAX_VALUE);
                }));
        assertThrows(
                IllegalArgumentException.class,
                () -> read(out -> {
                    out.writeInt(1);
                    out.writeInt(3);
                    out.writeInt(0);
                    out.writeUTF("flat");
                    out.writeInt(1);
                    out.writeUTF("a");
                    out.writeUTF("b");
                    out.writeInt(5);
                    out.writeInt(0);
                }));
    }

    private static void read(RecordFile.PartWriter writer) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        writer.write(new DataOutputStream(bytes));
        CausalMemory.read(
                        new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())),
                        CausalMemoryTest.CONTEXT,
                        new DifferenceInMeans())
                .close();
    }

    @Test
    void manyReadBesideAWriter() throws Exception {
        try (CausalMemory memory = CausalMemoryTest.filled(1, "hnsw", 50, 41, 1, 0);
                ExecutorService threads = Executors.newFixedThreadPool(4)) {
            AtomicBoolean done = new AtomicBoolean();
            Callable<Void> reader = () -> {
                while (!done.get()) {
                    int size = memory.size();
                    for (Recalled recalled : memory.recall(RecallRequest.of(new float[] {1, 0, 0}, "reward", 5))) {
                        assertEquals(
                                recalled.actions(),
                                memory.observation(recalled.observation()).actions());
                    }
                    for (CausalEdge edge : memory.edges()) {
                        EffectEstimate.Support support = edge.evidence().naive().support();
                        assertFalse(support.treated() + support.control() < size, edge::toString);
                    }
                    assertFalse(memory.graph().edges() < 5);
                }
                return null;
            };
            List<Future<Void>> readers =
                    List.of(threads.submit(reader), threads.submit(reader), threads.submit(reader));
            Future<Void> writer = threads.submit(() -> {
                try {
                    SplittableRandom random = new SplittableRandom(42);
                    for (int i = 0; i < 250; i++) {
                        memory.observe(CausalMemoryTest.random(random, 1, 1, 0));
                    }
                    return null;
                } finally {
                    done.set(true);
                }
            });
            writer.get();
            for (Future<Void> each : readers) {
                each.get();
            }
            assertEquals(300, memory.size());
        }
    }

    @Test
    void aClosedMemoryRefuses() {
        CausalMemory memory = memory(10);
        memory.close();
        memory.close();
        assertThrows(
                IllegalStateException.class, () -> memory.recall(RecallRequest.of(new float[] {1, 0, 0}, "reward", 1)));
        Observation more =
                Observation.of(new float[] {1, 0, 0}, Set.of("x"), "reward", 1).covariates(1);
        assertThrows(IllegalStateException.class, () -> memory.observe(more));
        assertEquals(10, memory.size());
    }
}
