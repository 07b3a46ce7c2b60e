package org.ruvector.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ruvector.api.BuildContext;
import org.ruvector.api.Metric;
import org.ruvector.api.Parameters;
import org.ruvector.api.PluginException;
import org.ruvector.api.Plugins;
import org.ruvector.api.Query;
import org.ruvector.api.VectorRows;

class EmbeddedTextsTest {

    private static final int ALL = 2_000;
    private static final int QUERIES = 100;

    private static final EmbeddedTexts SET = new EmbeddedTexts(
            "texts",
            "hash",
            () -> IntStream.range(0, ALL).mapToObj(i -> "text " + i).toList(),
            QUERIES);

    @TempDir
    Path folder;

    private final HashEmbedder embedder = new HashEmbedder();
    private final BruteForceFlat flat = new BruteForceFlat();
    private final BuildContext context =
            BuildContext.of(Plugins.none().with(flat).with(embedder));

    private Dataset load(String options, BuildContext with) throws IOException {
        return SET.load(folder, Parameters.parse(options), with);
    }

    private void assertRight(Dataset set, int limit) {
        assertEquals(limit, set.base().rows().count());
        assertEquals(QUERIES, set.queries().rows().count());
        for (Split split : List.of(set.base(), set.queries())) {
            for (int i = 0; i < split.texts().size(); i++) {
                assertArrayEquals(
                        embedder.vector(split.texts().get(i)),
                        ((Query.Floats) split.rows().query(i)).vector());
            }
        }
    }

    @Test
    void splitsTheSameWayEveryTimeAndLosesNoText() throws IOException {
        Dataset set = load("", context);
        assertRight(set, ALL - QUERIES);
        assertEquals("texts", set.name());
        assertEquals(Metric.COSINE, set.metric());
        assertEquals(100, set.groundTruth().k());
        Set<String> all = Stream.concat(set.base().texts().stream(), set.queries().texts().stream())
                .collect(Collectors.toSet());
        assertEquals(ALL, all.size());
        assertEquals("42", set.provenance().facts().get("seed"));
        // The order is part of what the set is: these must never change.
        assertEquals(
                List.of("text 1821", "text 703", "text 1307"),
                set.queries().texts().subList(0, 3));
    }

    @Test
    void aSmallerBaseIsTheBeginningOfTheLargerWithTheSameQueries() throws IOException {
        Dataset small = load("limit=300", context);
        assertRight(small, 300);
        assertEquals(512, embedder.texts.get()); // 400 texts, rounded up to a whole chunk
        Dataset full = load("", context);
        assertEquals(ALL, embedder.texts.get());
        assertEquals(small.base().texts(), full.base().texts().subList(0, 300));
        assertEquals(small.queries().texts(), full.queries().texts());
        assertNotEquals(small.provenance().checksum(), full.provenance().checksum());
        assertEquals(
                small.provenance().checksum(),
                load("limit=300", context).provenance().checksum());
        assertEquals(ALL, embedder.texts.get());
    }

    @Test
    void neitherLoadsAModelNorComputesNeighboursASecondTime() throws IOException {
        Dataset first = load("limit=300", context);
        int batches = flat.batches;
        Dataset second = load("limit=300", BuildContext.of(Plugins.none()));
        assertEquals(first.groundTruth(), second.groundTruth());
        assertEquals(first.provenance(), second.provenance());
        assertEquals(batches, flat.batches);
    }

    @Test
    void goesOnWhereABrokenRunStopped() throws IOException {
        embedder.breakAfter = 1_000;
        assertEquals(
                "the embedder broke down",
                assertThrows(IllegalStateException.class, () -> load("", context))
                        .getMessage());
        embedder.breakAfter = Integer.MAX_VALUE;
        List<Long> reports = Collections.synchronizedList(new ArrayList<>());
        Dataset set = load("", context.progress((stage, done, total) -> {
            if (stage.equals("embed texts")) {
                reports.add(done);
                assertEquals(ALL, total);
            }
            return true;
        }));
        assertRight(set, ALL - QUERIES);
        assertEquals(List.of(512L, 1024L, 1536L, 2000L), reports);
        assertEquals(1_000 + ALL - 512, embedder.texts.get()); // one chunk was kept, the second begun in vain
        assertEquals(0, embedder.models.get());
    }

    @Test
    void goesOnAfterACancellation() throws IOException {
        assertEquals(
                "embedding was cancelled after 512 of 2000 texts; what is done is kept",
                assertThrows(
                                CancellationException.class,
                                () -> load("", context.progress((stage, done, total) -> done < 512)))
                        .getMessage());
        assertEquals(512, embedder.texts.get());
        assertRight(load("", context), ALL - QUERIES);
        assertEquals(ALL, embedder.texts.get());
    }

    @Test
    void goesOnAfterBeingKilledInTheMiddleOfALine() throws IOException {
        load("limit=900", context); // two chunks
        Path journal = folder.resolve("embeddings.journal");
        byte[] bytes = Files.readAllBytes(journal);
        Files.write(journal, Arrays.copyOf(bytes, bytes.length - 5));
        assertRight(load("", context), ALL - QUERIES);
        assertEquals(1_024 + 512 + (ALL - 1_024), embedder.texts.get()); // one chunk twice
        embedder.texts.set(0);
        assertRight(load("", context), ALL - QUERIES);
        assertEquals(0, embedder.texts.get());
    }

    @Test
    void embedsDamagedChunksAgain() throws IOException {
        String checksum = load("", context).provenance().checksum();
        try (RandomAccessFile file =
                new RandomAccessFile(folder.resolve("embeddings.npy").toFile(), "rw")) {
            file.seek(128 + 4L * HashEmbedder.DIMENSION * 700);
            file.write(77);
        }
        embedder.texts.set(0);
        assertEquals(checksum, load("", context).provenance().checksum());
        assertEquals(512, embedder.texts.get());
    }

    @Test
    void beginsAnewForOtherTexts() throws IOException {
        load("limit=300", context);
        EmbeddedTexts other = new EmbeddedTexts(
                "texts",
                "hash",
                () -> IntStream.range(0, ALL).mapToObj(i -> "other " + i).toList(),
                QUERIES);
        assertRight(other.load(folder, Parameters.parse("limit=300"), context), 300);
        assertEquals(1_024, embedder.texts.get());
    }

    @Test
    void embedsOnAllWorkersWithTheSameResult() throws IOException {
        String alone = load("", context).provenance().checksum();
        for (Path file : List.of(folder.resolve("embeddings.npy"), folder.resolve("embeddings.journal"))) {
            Files.delete(file);
        }
        try (ExecutorService executor = Executors.newFixedThreadPool(3)) {
            assertEquals(alone, load("", context.on(executor, 3)).provenance().checksum());
            assertEquals(2 * ALL, embedder.texts.get());
            Files.delete(folder.resolve("embeddings.journal"));
            embedder.breakAfter = embedder.texts.get() + 700;
            assertThrows(IllegalStateException.class, () -> load("", context.on(executor, 3)));
        }
        assertEquals(0, embedder.models.get());
    }

    @Test
    void letsOnlyOneProgramEmbedAtATime() throws IOException {
        try (FileChannel other = FileChannel.open(
                        folder.resolve("embeddings.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var held = other.lock()) {
            assertTrue(held.isValid());
            assertEquals(
                    folder + ": somebody else is embedding into this folder; wait until that is done",
                    assertThrows(DatasetException.class, () -> load("", context))
                            .getMessage());
        }
        assertRight(load("limit=10", context), 10);
    }

    @Test
    void keepsAFileThatNumPyCanOpen() throws IOException {
        load("limit=10", context);
        VectorRows all = Npy.read(folder.resolve("embeddings.npy"), Arena.ofAuto(), UnsignedBytes.TO_FLOAT32);
        assertEquals(ALL, all.count());
        assertEquals(HashEmbedder.DIMENSION, all.dimension());
    }

    @Test
    void computesDamagedOrForeignNeighboursAgain() throws IOException {
        Dataset set = load("limit=300", context);
        List<String> truths = TestRows.names(folder).stream()
                .filter(name -> name.startsWith("truth"))
                .toList();
        assertEquals(3, truths.size());
        for (String name : truths) {
            byte[] bytes = Files.readAllBytes(folder.resolve(name));
            bytes[bytes.length - 3] ^= 1;
            Files.write(folder.resolve(name), bytes);
            int batches = flat.batches;
            assertEquals(set.groundTruth(), load("limit=300", context).groundTruth());
            assertEquals(batches + 1, flat.batches, name);
        }
    }

    @Test
    void refusesBadOptionsAndEmbedders() throws IOException {
        assertEquals(
                "limit=1901 is out of range; texts has from 1 to 1900 base vectors",
                assertThrows(IllegalArgumentException.class, () -> load("limit=1901", context))
                        .getMessage());
        assertEquals(
                "limit=0 is out of range; texts has from 1 to 1900 base vectors",
                assertThrows(IllegalArgumentException.class, () -> load("limit=0", context))
                        .getMessage());
        assertEquals(
                "Unknown parameter limits; known are: limit",
                assertThrows(IllegalArgumentException.class, () -> load("limits=9", context))
                        .getMessage());
        assertEquals(
                "There is no embedder named 'hash'; none is on the module path",
                assertThrows(PluginException.class, () -> load("", BuildContext.of(Plugins.none())))
                        .getMessage());
        embedder.length = 0.5f;
        String message = assertThrows(IllegalStateException.class, () -> load("", context))
                .getMessage();
        assertTrue(message.startsWith("The embedder 'hash' gave a vector of length 0."), message);
        assertFalse(Files.readString(folder.resolve("embeddings.journal"), StandardCharsets.UTF_8)
                        .lines()
                        .count()
                > 1);
    }
}
