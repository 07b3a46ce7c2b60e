package org.ruvector.embed.minilm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.ruvector.api.spi.TextEmbedder;

class MiniLmEmbedderTest {

    private static final int N = MiniLmEmbedderProvider.DIMENSION;

    private static TextEmbedder embedder;

    @BeforeAll
    static void open() {
        embedder = new MiniLmEmbedderProvider().create();
    }

    @AfterAll
    static void close() {
        embedder.close();
    }

    @Test
    void hasTheModelsShape() {
        assertEquals(384, embedder.dimension());
        assertEquals(256, embedder.maxTokens());
    }

    @Test
    void givesTheVectorsOfTheReference() throws IOException {
        for (Goldens.Line line : Goldens.read("vectors.tsv")) {
            float[] expected = new float[N];
            for (int d = 0; d < N; d++) {
                expected[d] = Float.parseFloat(line.values().get(d));
            }
            // The reference's file has six decimals; the rest is room for other vector instructions.
            assertArrayEquals(expected, embedder.embed(line.text()), 1e-5f, line.text());
        }
    }

    @Test
    void vectorsHaveLengthOne() {
        for (String text : List.of(
                "", " ", "a", "\uD83D", "a dog barks", "\u4E2D\u6587", "word ".repeat(2_000), "x".repeat(10_000))) {
            float[] vector = embedder.embed(text);
            assertEquals(1, Math.sqrt(dot(vector, vector)), 1e-6, () -> text.substring(0, Math.min(9, text.length())));
        }
    }

    @Test
    void meaningIsNear() {
        float[] dog = embedder.embed("a dog");
        assertTrue(dot(dog, embedder.embed("a puppy")) > dot(dog, embedder.embed("tax law")) + 0.2);
        float[] query = embedder.embed("Who repairs cars?");
        assertTrue(dot(query, embedder.embed("mechanic: someone who fixes automobiles"))
                > dot(query, embedder.embed("carp: a freshwater fish")));
    }

    @Test
    void onlyTheFirst256TokensCount() {
        String full = "dog ".repeat(254);
        assertArrayEquals(embedder.embed(full), embedder.embed(full + "tax law"));
        assertTrue(!Arrays.equals(embedder.embed("dog ".repeat(253)), embedder.embed(full)));
    }

    @Test
    void aVectorDependsOnItsTextAlone() throws IOException {
        List<String> texts = texts();
        float[] together = all(texts);
        for (int i = 0; i < texts.size(); i++) {
            assertArrayEquals(
                    embedder.embed(texts.get(i)), Arrays.copyOfRange(together, i * N, (i + 1) * N), texts.get(i));
        }
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            order.add(i);
        }
        Collections.shuffle(order, new Random(3));
        float[] shuffled = all(order.stream().map(texts::get).toList());
        for (int i = 0; i < order.size(); i++) {
            int from = order.get(i) * N;
            assertArrayEquals(
                    Arrays.copyOfRange(together, from, from + N), Arrays.copyOfRange(shuffled, i * N, (i + 1) * N));
        }
    }

    @Test
    void anotherEmbedderGivesTheSameBits() throws IOException {
        List<String> texts = texts().subList(0, 64);
        try (TextEmbedder other = new MiniLmEmbedderProvider().create()) {
            float[] out = new float[texts.size() * N];
            other.embedAll(texts, out);
            assertArrayEquals(all(texts), out);
        }
    }

    @Test
    void threadsMayShareIt() throws Exception {
        List<String> texts = texts().subList(100, 200);
        float[] expected = all(texts);
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<float[]>> results = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                results.add(threads.submit(() -> all(texts)));
            }
            for (Future<float[]> result : results) {
                assertArrayEquals(expected, result.get());
            }
        }
    }

    @Test
    void writesItsRowsAndNothingElse() {
        float[] out = new float[3 * N];
        Arrays.fill(out, 7);
        embedder.embedAll(List.of(), out);
        assertEquals(7, out[0]);
        embedder.embedAll(List.of("a dog", "a puppy"), out);
        assertArrayEquals(embedder.embed("a puppy"), Arrays.copyOfRange(out, N, 2 * N));
        for (int i = 2 * N; i < out.length; i++) {
            assertEquals(7, out[i]);
        }
    }

    @Test
    void refusesNullAndTooSmallAnArray() {
        assertEquals(
                "text is null; pass a text, the empty one if there is nothing to say",
                assertThrows(NullPointerException.class, () -> embedder.embed(null))
                        .getMessage());
        float[] out = new float[2 * N];
        assertEquals(
                "texts[1] is null; every element must be a text, it may be empty",
                assertThrows(NullPointerException.class, () -> embedder.embedAll(Arrays.asList("a", null), out))
                        .getMessage());
        assertThrows(NullPointerException.class, () -> embedder.embedAll(null, out));
        assertThrows(NullPointerException.class, () -> embedder.embedAll(List.of("a"), null));
        assertEquals(
                "out has 768 floats; 3 texts need 1152 (384 each)",
                assertThrows(IllegalArgumentException.class, () -> embedder.embedAll(List.of("a", "b", "c"), out))
                        .getMessage());
        assertArrayEquals(new float[2 * N], out);
    }

    @Test
    void closedIsClosed() {
        TextEmbedder other = new MiniLmEmbedderProvider().create();
        other.close();
        assertDoesNotThrow(other::close);
        assertEquals(
                "this embedder is closed; create another one with its provider",
                assertThrows(IllegalStateException.class, () -> other.embed("a"))
                        .getMessage());
    }

    @Test
    void closeWaitsForRunningCalls() throws Exception {
        List<String> texts = texts().subList(0, 100);
        TextEmbedder other = new MiniLmEmbedderProvider().create();
        CountDownLatch running = new CountDownLatch(1);
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            Future<Integer> calls = thread.submit(() -> {
                float[] out = new float[texts.size() * N];
                for (int call = 0; ; call++) {
                    try {
                        other.embedAll(texts, out);
                    } catch (IllegalStateException closed) {
                        return call;
                    }
                    running.countDown();
                }
            });
            running.await();
            other.close();
            assertTrue(calls.get() >= 1);
        }
    }

    /** Every fourth text of the tokenizer's file: 223 of all kinds and lengths. */
    private static List<String> texts() throws IOException {
        List<Goldens.Line> lines = Goldens.read("tokens.tsv");
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < lines.size(); i += 4) {
            texts.add(lines.get(i).text());
        }
        return texts;
    }

    private static float[] all(List<String> texts) {
        float[] out = new float[texts.size() * N];
        embedder.embedAll(texts, out);
        return out;
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int d = 0; d < N; d++) {
            sum += (double) a[d] * b[d];
        }
        return sum;
    }
}
