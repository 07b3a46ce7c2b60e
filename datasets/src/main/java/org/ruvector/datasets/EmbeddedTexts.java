package org.ruvector.datasets;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.ruvector.api.BuildContext;
import org.ruvector.api.Metric;
import org.ruvector.api.Parameters;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.TextEmbedder;

/**
 * Texts as the unit-length vectors of a text embedder, compared by cosine; see {@link Datasets}. Texts are taken in the
 * order of {@code hash(SEED, ordinal)}: first the queries, then the base, so that a smaller base is the beginning of a
 * larger one and everything embedded for it is used again.
 *
 * @param name     of the set
 * @param embedder name of the plugin
 * @param texts    all texts, always the same ones in the same order
 * @param queries  how many are held out as queries
 */
record EmbeddedTexts(String name, String embedder, Supplier<List<String>> texts, int queries) implements NamedSet {

    /** Glosses of WordNet by all-MiniLM-L6-v2. */
    static final EmbeddedTexts WORDNET_MINILM =
            new EmbeddedTexts("wordnet-minilm", "minilm", WordNetGlosses::read, 1_000);

    /** Decides which texts are held out, and the order of the rest. */
    static final long SEED = 42;

    /** A second's work or two, and enough for the embedder to put texts of like length together. */
    private static final int CHUNK = 512;

    @Override
    public Dataset load(Path folder, Parameters options, BuildContext context) throws IOException {
        List<String> ordered = ordered(texts.get());
        int most = ordered.size() - queries;
        int limit = options.requireOnly("limit").getInt("limit", most);
        if (limit < 1 || limit > most) {
            throw new IllegalArgumentException(
                    "limit=" + limit + " is out of range; " + name + " has from 1 to " + most + " base vectors");
        }
        int count = queries + limit;
        String textChecksum =
                Checksum.sha256(MemorySegment.ofArray(String.join("\n", ordered).getBytes(StandardCharsets.UTF_8)));
        VectorRows rows = embedded(folder, ordered, count, "embedder=" + embedder + " texts=" + textChecksum, context);
        VectorRows base = rows.slice(queries, count);
        VectorRows held = rows.slice(0, queries);
        Map<String, String> facts = Map.of(
                "embedder",
                embedder,
                "seed",
                Long.toString(SEED),
                "split",
                queries + " queries, then " + limit + " of " + most + " base rows, in the order of hash(seed, ordinal)",
                "texts-sha256",
                textChecksum);
        Provenance provenance = Provenance.of(name, Metric.COSINE, base, held, facts);
        return new Dataset(
                provenance,
                new Split(base, new int[0], ordered.subList(queries, count)),
                new Split(held, new int[0], ordered.subList(0, queries)),
                new TruthCache(folder).get(provenance, base, held, context));
    }

    private static List<String> ordered(List<String> texts) {
        return IntStream.range(0, texts.size())
                .boxed()
                .sorted(Comparator.<Integer>comparingLong(i -> hash(SEED, i)).thenComparingInt(i -> i))
                .map(texts::get)
                .toList();
    }

    /** The finalizer of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014) at step {@code ordinal + 1} from the seed. */
    static long hash(long seed, int ordinal) {
        long z = seed + (ordinal + 1) * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** The vectors of the first {@code count} texts, from the cache as far as they are there. */
    private VectorRows embedded(Path folder, List<String> ordered, int count, String key, BuildContext context)
            throws IOException {
        // Asked before the model is loaded, which takes seconds and may be impossible where the cache was copied to.
        int known = EmbeddingFile.dimension(folder, key);
        if (known > 0) {
            EmbeddingFile.Shape shape = new EmbeddingFile.Shape(key, ordered.size(), known, CHUNK);
            if (missing(folder, shape, count).length == 0) {
                return EmbeddingFile.map(folder, shape, count);
            }
        }
        try (TextEmbedder model = context.plugins().embedder(embedder).create()) {
            EmbeddingFile.Shape shape = new EmbeddingFile.Shape(key, ordered.size(), model.dimension(), CHUNK);
            try (EmbeddingFile file = EmbeddingFile.openForWriting(folder, shape)) {
                // Asked again under the lock: another program may have got on meanwhile.
                int[] missing = missing(folder, shape, count);
                long total = Math.min((long) Math.ceilDiv(count, CHUNK) * CHUNK, ordered.size());
                AtomicLong done = new AtomicLong(
                        total - IntStream.of(missing).mapToLong(shape::rowsOf).sum());
                report(context, done.get(), total);
                Parallel.run(context.workers(), missing.length, i -> {
                    int first = missing[i] * CHUNK;
                    int n = shape.rowsOf(missing[i]);
                    file.put(missing[i], embed(model, ordered.subList(first, first + n)));
                    report(context, done.addAndGet(n), total);
                });
            }
            return EmbeddingFile.map(folder, shape, count);
        }
    }

    private static int[] missing(Path folder, EmbeddingFile.Shape shape, int count) throws IOException {
        boolean[] made = EmbeddingFile.made(folder, shape, Math.ceilDiv(count, shape.chunk()));
        return IntStream.range(0, made.length).filter(i -> !made[i]).toArray();
    }

    private float[] embed(TextEmbedder model, List<String> chunk) {
        float[] vectors = new float[chunk.size() * model.dimension()];
        model.embedAll(chunk, vectors);
        for (int i = 0; i < chunk.size(); i++) {
            double square = 0;
            for (int j = i * model.dimension(); j < (i + 1) * model.dimension(); j++) {
                square += (double) vectors[j] * vectors[j];
            }
            if (!(Math.abs(square - 1) < 1e-3)) {
                throw new IllegalStateException("The embedder '" + embedder + "' gave a vector of length "
                        + Math.sqrt(square) + " instead of 1 for '" + chunk.get(i) + "'");
            }
        }
        return vectors;
    }

    private void report(BuildContext context, long done, long total) {
        if (!context.progress().update("embed " + name, done, total)) {
            throw new CancellationException(
                    "embedding was cancelled after " + done + " of " + total + " texts; what is done is kept");
        }
    }
}
