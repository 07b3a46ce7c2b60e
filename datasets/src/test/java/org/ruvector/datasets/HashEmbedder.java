package org.ruvector.datasets;

import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.ruvector.api.spi.TextEmbedder;
import org.ruvector.api.spi.TextEmbedderProvider;

/** Stands in for a text embedder: 8 numbers that follow from the text's hash. Counts what it does, and can break down. */
final class HashEmbedder implements TextEmbedderProvider {

    static final int DIMENSION = 8;

    final AtomicInteger texts = new AtomicInteger();
    final AtomicInteger models = new AtomicInteger();
    int breakAfter = Integer.MAX_VALUE;
    float length = 1;

    @Override
    public String name() {
        return "hash";
    }

    @Override
    public TextEmbedder create() {
        models.incrementAndGet();
        return new TextEmbedder() {
            @Override
            public int dimension() {
                return DIMENSION;
            }

            @Override
            public int maxTokens() {
                return 1;
            }

            @Override
            public float[] embed(String text) {
                return vector(text);
            }

            @Override
            public void embedAll(List<String> chunk, float[] out) {
                for (int i = 0; i < chunk.size(); i++) {
                    if (texts.incrementAndGet() > breakAfter) {
                        texts.decrementAndGet();
                        throw new IllegalStateException("the embedder broke down");
                    }
                    System.arraycopy(vector(chunk.get(i)), 0, out, i * DIMENSION, DIMENSION);
                }
            }

            @Override
            public void close() {
                models.decrementAndGet();
            }
        };
    }

    float[] vector(String text) {
        Random random = new Random(text.hashCode());
        float[] vector = new float[DIMENSION];
        double square = 0;
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] = (float) random.nextGaussian();
            square += vector[i] * vector[i];
        }
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] *= length / (float) Math.sqrt(square);
        }
        return vector;
    }
}
