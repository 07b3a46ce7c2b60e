package org.ruvector.bench.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.hnsw.FlatVectorScorerUtil;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;
import org.apache.lucene.codecs.lucene104.Lucene104HnswScalarQuantizedVectorsFormat;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.AcceptDocs;
import org.apache.lucene.search.DocAndFloatFeatureBuffer;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopKnnCollector;
import org.apache.lucene.search.VectorScorer;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.util.Version;
import org.apache.lucene.util.quantization.QuantizedByteVectorValues.ScalarEncoding;
import org.ruvector.api.Parameters;
import org.ruvector.api.VectorRows;
import org.ruvector.bench.BuiltIndex;
import org.ruvector.bench.Contestant;
import org.ruvector.bench.UnavailableException;
import org.ruvector.bench.Workload;

/**
 * Apache Lucene's HNSW: one segment in a mapped directory, loaded into memory, searched at the level of the segment with a
 * collector of {@code ef} hits, which is what its queries do per segment. Building: rows are written without a graph, then
 * merged into one segment whose graph is built by the given number of merge workers; the time of both is counted.
 *
 * <p>With quantized {@link Vectors} the graph is built of codes and searched by them, and all {@code ef} hits are then re-ranked by
 * the floats, as {@code RescoreTopNQuery} does, though with the faster bulk scorer. So {@code ef} is the oversampled number of hits,
 * and the sweep chooses the factor. To re-rank only the best of them was a few percent faster at most, and with binary codes kept
 * recall below 0.99.
 */
public final class LucenePeer implements Contestant {

    private static final String FIELD = "vector";
    private static final String ID = "id";
    private static final Comparator<ScoreDoc> BY_DOCUMENT = Comparator.comparingInt(hit -> hit.doc);
    private static final Comparator<ScoreDoc> BEST_FIRST = (a, b) -> Float.compare(b.score, a.score);

    /** What the graph is built of and searched by. */
    public enum Vectors {
        /** The floats themselves. */
        FLOAT("lucene", null),
        /** Seven bits for each component. Four and eight were as fast, at 30,000 rows of both data sets within the noise. */
        SCALAR_QUANTIZED("lucene-sq", ScalarEncoding.SEVEN_BIT),
        /** Binary quantization ("BBQ"): one bit for each component, four in queries. */
        BINARY_QUANTIZED("lucene-bq", ScalarEncoding.SINGLE_BIT_QUERY_NIBBLE);

        private final String peer;
        private final ScalarEncoding encoding;

        Vectors(String peer, ScalarEncoding encoding) {
            this.peer = peer;
            this.encoding = encoding;
        }
    }

    private final HnswSettings settings;
    private final Vectors vectors;
    private final Path folder;

    /**
     * With a place for its files.
     *
     * @param settings of the graph; Lucene takes no seed
     * @param vectors  what the graph is built of and searched by
     * @param folder   an index is written into a fresh folder in here, and deleted when closed
     */
    public LucenePeer(HnswSettings settings, Vectors vectors, Path folder) {
        this.settings = settings;
        this.vectors = vectors;
        this.folder = folder;
    }

    @Override
    public String name() {
        return vectors.peer;
    }

    @Override
    public boolean peer() {
        return true;
    }

    @Override
    public BuiltIndex build(Workload workload, int threads) {
        // Lucene hides its vectorization provider, but the scorer that it hands out tells which one it is.
        String scorer =
                FlatVectorScorerUtil.getLucene99FlatVectorsScorer().getClass().getSimpleName();
        if (!scorer.contains("MemorySegment")) {
            throw new UnavailableException(
                    "Lucene runs without SIMD, with its " + scorer + ", so comparing with it would be"
                            + " unfair: start Java with --add-modules jdk.incubator.vector");
        }
        try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
            return new Segment(workload.unitForCosine(), threads, workers);
        } catch (IOException e) {
            throw new UncheckedIOException("Lucene could not write its index into " + folder, e);
        }
    }

    private final class Segment implements BuiltIndex {
        private final Path path;
        private final MMapDirectory directory;
        private final DirectoryReader reader;
        private final LeafReader leaf;
        private final int[] rows;
        private final float[][] queries;
        private final long buildNanos;

        Segment(Workload workload, int threads, ExecutorService workers) throws IOException {
            VectorRows base = workload.base();
            VectorSimilarityFunction similarity = switch (workload.metric()) {
                case EUCLIDEAN -> VectorSimilarityFunction.EUCLIDEAN;
                case INNER_PRODUCT -> VectorSimilarityFunction.MAXIMUM_INNER_PRODUCT;
                default ->
                    throw new IllegalArgumentException(
                            "Lucene has no " + workload.metric().text() + " distance");
            };
            Files.createDirectories(folder);
            path = Files.createTempDirectory(folder, "lucene");
            directory = new MMapDirectory(path);
            directory.setPreload(MMapDirectory.ALL_FILES);
            long start = System.nanoTime();
            try (IndexWriter writer = new IndexWriter(directory, config(threads, workers, Integer.MAX_VALUE))) {
                for (int row = 0; row < base.count(); row++) {
                    Document document = new Document();
                    document.add(new NumericDocValuesField(ID, row));
                    document.add(new KnnFloatVectorField(FIELD, Workload.row(base, row), similarity));
                    writer.addDocument(document);
                    if (row == base.count() / 2) {
                        writer.flush();
                    }
                }
            }
            try (IndexWriter writer = new IndexWriter(directory, config(threads, workers, 0))) {
                writer.forceMerge(1);
            }
            buildNanos = System.nanoTime() - start;
            reader = DirectoryReader.open(directory);
            if (reader.leaves().size() != 1) {
                throw new IllegalStateException(
                        "Lucene made " + reader.leaves().size() + " segments where one was asked for");
            }
            leaf = reader.leaves().getFirst().reader();
            rows = new int[leaf.maxDoc()];
            NumericDocValues ids = leaf.getNumericDocValues(ID);
            for (int doc = ids.nextDoc(); doc != NumericDocValues.NO_MORE_DOCS; doc = ids.nextDoc()) {
                rows[doc] = (int) ids.longValue();
            }
            queries = new float[workload.queries().count()][];
            for (int i = 0; i < queries.length; i++) {
                queries[i] = Workload.row(workload.queries(), i);
            }
        }

        private IndexWriterConfig config(int threads, ExecutorService workers, int graphFrom) {
            int m = settings.m();
            int beam = settings.efConstruction();
            ExecutorService merging = threads > 1 ? workers : null;
            KnnVectorsFormat format = vectors.encoding == null
                    ? new Lucene99HnswVectorsFormat(m, beam, threads, merging, graphFrom)
                    : new Lucene104HnswScalarQuantizedVectorsFormat(
                            vectors.encoding, m, beam, threads, merging, graphFrom);
            return new IndexWriterConfig()
                    .setUseCompoundFile(false)
                    .setRAMBufferSizeMB(1_900)
                    .setCodec(new Lucene104Codec() {
                        @Override
                        public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
                            return format;
                        }
                    });
        }

        @Override
        public String params() {
            return settings.text() + (vectors.encoding == null ? "" : ",encoding=" + vectors.encoding);
        }

        @Override
        public long buildNanos() {
            return buildNanos;
        }

        @Override
        public long bytes() {
            try {
                long bytes = 0;
                for (String file : directory.listAll()) {
                    bytes += directory.fileLength(file);
                }
                return bytes;
            } catch (IOException e) {
                throw new UncheckedIOException("Lucene's files in " + path + " could not be measured", e);
            }
        }

        @Override
        public String kernel() {
            return "Panama (Lucene " + Version.LATEST + ")";
        }

        @Override
        public boolean accepts(Parameters point) {
            return HnswSettings.onlyEf(point);
        }

        @Override
        public QuerySearcher searcher(Parameters point, int k) {
            int ef = HnswSettings.ef(point, k);
            AcceptDocs all = AcceptDocs.fromLiveDocs(null, leaf.maxDoc());
            return (query, ids) -> {
                ScoreDoc[] found;
                try {
                    TopKnnCollector collector = new TopKnnCollector(ef, Integer.MAX_VALUE);
                    leaf.searchNearestVectors(FIELD, queries[query], collector, all);
                    found = collector.topDocs().scoreDocs;
                    if (vectors.encoding != null) {
                        rerank(found, queries[query]);
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException("Lucene failed to search", e);
                }
                int n = Math.min(k, found.length);
                for (int i = 0; i < n; i++) {
                    ids[i] = rows[found[i].doc];
                }
                return n;
            };
        }

        /** Puts hits into the order of their exact scores, which Lucene computes by rising document. */
        private void rerank(ScoreDoc[] found, float[] query) throws IOException {
            Arrays.sort(found, BY_DOCUMENT);
            VectorScorer.Bulk exact =
                    leaf.getFloatVectorValues(FIELD).rescorer(query).bulk(new Documents(found));
            DocAndFloatFeatureBuffer scores = new DocAndFloatFeatureBuffer();
            int scored = 0;
            for (exact.nextDocsAndScores(DocIdSetIterator.NO_MORE_DOCS, null, scores);
                    scores.size > 0;
                    exact.nextDocsAndScores(DocIdSetIterator.NO_MORE_DOCS, null, scores)) {
                for (int i = 0; i < scores.size; i++) {
                    found[scored++].score = scores.features[i];
                }
            }
            Arrays.sort(found, BEST_FIRST);
        }

        @Override
        public void close() {
            try {
                reader.close();
                for (String file : directory.listAll()) {
                    directory.deleteFile(file);
                }
                directory.close();
                Files.deleteIfExists(path);
            } catch (IOException e) {
                throw new UncheckedIOException("Lucene's files in " + path + " could not be deleted", e);
            }
        }
    }
    /** Hits by rising document. */
    private static final class Documents extends DocIdSetIterator {
        private final ScoreDoc[] hits;
        private int at = -1;

        Documents(ScoreDoc[] hits) {
            this.hits = hits;
        }

        @Override
        public int docID() {
            if (at < 0) {
                return -1;
            }
            return at < hits.length ? hits[at].doc : NO_MORE_DOCS;
        }

        @Override
        public int nextDoc() {
            at++;
            return docID();
        }

        @Override
        public int advance(int target) throws IOException {
            return slowAdvance(target);
        }

        @Override
        public long cost() {
            return hits.length;
        }
    }
}
