package org.ruvector.embed.minilm;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.ruvector.api.spi.TextEmbedder;

/** What {@link MiniLmEmbedderProvider} creates and describes: tokenizer, model and pooling put together. */
final class MiniLmEmbedder implements TextEmbedder {

    private final WordPieceTokenizer tokenizer;
    private final MiniLmModel model;

    /** Shared by those who embed, exclusive for who closes: the native session must not go while it runs. */
    private final ReadWriteLock lifetime = new ReentrantReadWriteLock();

    private boolean closed;

    private MiniLmEmbedder(WordPieceTokenizer tokenizer, MiniLmModel model) {
        this.tokenizer = tokenizer;
        this.model = model;
    }

    static MiniLmEmbedder open() {
        WordPieceTokenizer tokenizer =
                new WordPieceTokenizer(MiniLmResources.vocabulary(), MiniLmEmbedderProvider.MAX_TOKENS);
        return new MiniLmEmbedder(tokenizer, MiniLmModel.open());
    }

    @Override
    public int dimension() {
        return MiniLmEmbedderProvider.DIMENSION;
    }

    @Override
    public int maxTokens() {
        return MiniLmEmbedderProvider.MAX_TOKENS;
    }

    @Override
    public float[] embed(String text) {
        Objects.requireNonNull(text, "text is null; pass a text, the empty one if there is nothing to say");
        float[] out = new float[dimension()];
        embedAll(List.of(text), out);
        return out;
    }

    @Override
    public void embedAll(List<String> texts, float[] out) {
        Objects.requireNonNull(texts, "texts is null; pass a list, the empty one if there is nothing to embed");
        Objects.requireNonNull(out, "out is null; pass an array of texts.size()·" + dimension() + " floats");
        String[] rows = texts.toArray(String[]::new);
        long needed = (long) rows.length * dimension();
        if (out.length < needed) {
            throw new IllegalArgumentException("out has " + out.length + " floats; " + rows.length + " texts need "
                    + needed + " (" + dimension() + " each)"
                    + (needed > Integer.MAX_VALUE ? ", more than an array holds: embed them in several calls" : ""));
        }
        int[][] tokens = new int[rows.length][];
        for (int row = 0; row < rows.length; row++) {
            if (rows[row] == null) {
                throw new NullPointerException(
                        "texts[" + row + "] is null; every element must be a text, it may be empty");
            }
            tokens[row] = tokenizer.encode(rows[row]);
        }
        lifetime.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("this embedder is closed; create another one with its provider");
            }
            embedByLength(rows, tokens, out);
        } finally {
            lifetime.readLock().unlock();
        }
    }

    /** Batches hold texts of one token count only, so that nothing is padded and no text can influence another. */
    private void embedByLength(String[] texts, int[][] tokens, float[] out) {
        long[] order = new long[tokens.length]; // token count, then row
        for (int row = 0; row < tokens.length; row++) {
            order[row] = (long) tokens[row].length << Integer.SIZE | row;
        }
        Arrays.sort(order);
        for (int from = 0; from < order.length; ) {
            int length = (int) (order[from] >>> Integer.SIZE);
            int limit = Math.min(order.length, from + MiniLmModel.batchSize(length));
            int to = from + 1;
            while (to < limit && order[to] >>> Integer.SIZE == length) {
                to++;
            }
            embedBatch(texts, tokens, Arrays.copyOfRange(order, from, to), out);
            from = to;
        }
    }

    private void embedBatch(String[] texts, int[][] tokens, long[] batch, float[] out) {
        int length = (int) (batch[0] >>> Integer.SIZE);
        long[] ids = new long[batch.length * length];
        for (int i = 0; i < batch.length; i++) {
            int[] row = tokens[(int) batch[i]];
            for (int t = 0; t < length; t++) {
                ids[i * length + t] = row[t];
            }
        }
        float[] hidden = model.run(ids, batch.length, length);
        for (int i = 0; i < batch.length; i++) {
            int row = (int) batch[i];
            if (!MeanPooling.pool(hidden, i * length, length, out, row)) {
                throw new IllegalStateException("the model gave a vector that is zero or not finite for texts[" + row
                        + "], '" + texts[row].substring(0, Math.min(80, texts[row].length()))
                        + "'; no vector can stand for it, so leave that text out and report it");
            }
        }
    }

    @Override
    public void close() {
        lifetime.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                model.close();
            }
        } finally {
            lifetime.writeLock().unlock();
        }
    }
}
