package org.ruvector.index.ivf;

import java.lang.foreign.MemorySegment;
import java.util.stream.IntStream;
import org.ruvector.api.Query;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.NeighbourhoodCodec;
import org.ruvector.api.spi.NeighbourhoodCodec.NeighbourhoodScorer;
import org.ruvector.storage.CodeTiers;

/** A page is a block of a {@link NeighbourhoodCodec} with the centroid as reference, scored as one. */
record BlockCodes(CodeTiers tiers, NeighbourhoodCodec codec) implements ListCodes {

    @Override
    public long pageBytes() {
        return codec.blockBytes();
    }

    @Override
    public void encode(float[] centroid, VectorRows rows, int from, int to, MemorySegment codes) {
        for (int slot = from; slot < to; ) {
            int first = slot / Pages.WIDTH * Pages.WIDTH;
            int end = Math.min(to, first + Pages.WIDTH);
            int[] page = IntStream.range(first, first + Pages.WIDTH).toArray();
            MemorySegment block = codes.asSlice(first / Pages.WIDTH * pageBytes(), pageBytes());
            codec.encode(centroid, rows, page, slot - first, end - first, block);
            slot = end;
        }
    }

    @Override
    public PageScorer scorer(Query query, Centroids centroids, MemorySegment codes) {
        return new Estimates(codec.scorer(query), codes, pageBytes());
    }

    static final class Estimates implements PageScorer {
        private final NeighbourhoodScorer scorer;
        private final MemorySegment codes;
        private final long pageBytes;
        private float reference;

        private Estimates(NeighbourhoodScorer scorer, MemorySegment codes, long pageBytes) {
            this.scorer = scorer;
            this.codes = codes;
            this.pageBytes = pageBytes;
        }

        NeighbourhoodScorer scorer() {
            return scorer;
        }

        @Override
        public void begin(int list, float distance) {
            reference = distance;
        }

        @Override
        public int score(int page, int n, float bound, float[] out) {
            return scorer.score(codes, page * pageBytes, reference, bound, out) & Pages.places(n);
        }
    }
}
