package org.ruvector.bench.peer;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.ruvector.api.Metric;
import org.ruvector.api.Parameters;
import org.ruvector.api.VectorRows;
import org.ruvector.bench.BuiltIndex;
import org.ruvector.bench.Workload;

/** An exact scan of some rows in C++, with hnswlib's distance function, the next row prefetched. */
public final class HnswlibScan implements BuiltIndex {

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;

    private final HnswlibLibrary library;
    private final Workload workload;
    private final HnswlibDistance distance;
    private final MemorySegment ordinals;

    /**
     * Prepares the scan; it is ready at once.
     *
     * @param library  where the function is
     * @param workload Euclidean, cosine or inner product
     * @param rows     row numbers to scan
     */
    public HnswlibScan(HnswlibLibrary library, Workload workload, int[] rows) {
        this.library = library;
        this.workload = workload.unitForCosine();
        boolean innerProduct = this.workload.metric() == Metric.INNER_PRODUCT;
        this.distance = library.distance(innerProduct, workload.base().dimension());
        this.ordinals = Arena.ofAuto().allocateFrom(INT, rows);
    }

    @Override
    public String params() {
        return "";
    }

    @Override
    public long buildNanos() {
        return 0;
    }

    @Override
    public long bytes() {
        return workload.base().byteSize();
    }

    @Override
    public String kernel() {
        return library.kernel();
    }

    @Override
    public boolean accepts(Parameters point) {
        return point.asMap().isEmpty();
    }

    @Override
    public QuerySearcher searcher(Parameters point, int k) {
        VectorRows queries = workload.queries();
        MemorySegment nearest = Arena.ofAuto().allocate(INT, k);
        return (query, ids) -> {
            MemorySegment vector = queries.segment().asSlice(query * queries.stride(), queries.stride());
            int found = distance.scan(vector, workload.base(), ordinals, nearest);
            MemorySegment.copy(nearest, INT, 0, ids, 0, found);
            return found;
        };
    }

    @Override
    public void close() {}
}
