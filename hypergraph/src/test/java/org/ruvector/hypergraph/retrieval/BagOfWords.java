package org.ruvector.hypergraph.retrieval;

import java.util.List;
import java.util.Locale;
import org.ruvector.api.spi.TextEmbedder;

/** Counts words, so that the cosine of two texts is that of their words; enough of a meaning to test with. */
final class BagOfWords implements TextEmbedder {

    @Override
    public int dimension() {
        return 16_384;
    }

    @Override
    public int maxTokens() {
        return Integer.MAX_VALUE;
    }

    @Override
    public float[] embed(String text) {
        float[] vector = new float[dimension()];
        for (String word : text.toLowerCase(Locale.ROOT).replace("?", "").split(" ", -1)) {
            vector[Math.floorMod(word.hashCode(), vector.length)]++;
        }
        double squares = 0;
        for (float x : vector) {
            squares += x * x;
        }
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) (vector[i] / Math.sqrt(squares));
        }
        return vector;
    }

    @Override
    public void embedAll(List<String> texts, float[] out) {
        for (int i = 0; i < texts.size(); i++) {
            System.arraycopy(embed(texts.get(i)), 0, out, i * dimension(), dimension());
        }
    }

    @Override
    public void close() {}
}
