package org.ruvector.bench.peer;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
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
    private final MethodHandle scan;
    private final MemorySegment ordinals;
    private final int count;

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
        this.ordinals = Arena.ofAuto().allocateFrom(INT, rows);
        this.count = rows.length;
        this.scan = library.handle(
                "shim_scan",
                FunctionDescriptor.of(
                        INT,
                        INT,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.ADDRESS,
                        ValueLayout.ADDRESS,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.ADDRESS,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.ADDRESS));
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
        int innerProduct = workload.metric() == Metric.INNER_PRODUCT ? 1 : 0;
        VectorRows base = workload.base();
        VectorRows queries = workload.queries();
        MemorySegment labels = Arena.ofAuto().allocate(INT, k);
        return (query, ids) -> {
            MemorySegment vector = queries.segment().asSlice(query * queries.stride(), queries.stride());
            try {
                int found = library.check((int) scan.invokeExact(
                        innerProduct,
                        (long) base.dimension(),
                        base.segment(),
                        ordinals,
                        (long) count,
                        vector,
                        (long) k,
                        labels));
                MemorySegment.copy(labels, INT, 0, ids, 0, found);
                return found;
            } catch (Throwable e) {
                throw HnswlibLibrary.rethrow(e);
            }
        };
    }

    @Override
    public void close() {}
}
