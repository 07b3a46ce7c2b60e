package org.ruvector.index.hnsw;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.ruvector.api.BuildContext;
import org.ruvector.api.Diagnosis;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.MemoryReport;
import org.ruvector.api.Query;
import org.ruvector.api.SearchRequest;
import org.ruvector.api.SearchResult;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.Diagnosable;
import org.ruvector.api.spi.KernelProvider;
import org.ruvector.api.spi.MutableIndex;
import org.ruvector.api.spi.Persistable;
import org.ruvector.api.spi.Searcher;
import org.ruvector.api.spi.SectionWriter;
import org.ruvector.storage.SlotTable;
import org.ruvector.storage.VectorLayout;

/** One graph, in memory or mapped from a file, that is searched and changed at once; how is told in {@link HnswNodes}. */
final class HnswIndex implements MutableIndex, Persistable, Diagnosable {
    private static final int LOCKS = 1 << 10;

    private final IndexSpec spec;
    private final HnswParams params;
    private final KernelProvider kernel;
    private final HnswNodes nodes;
    private final NodeCodes codes;

    private final Queue<HnswSearcher> idleSearchers = new ConcurrentLinkedQueue<>();

    HnswIndex(IndexSpec spec, HnswParams params, KernelProvider kernel, NodeCodes codes, HnswNodes nodes) {
        this.spec = spec;
        this.params = params;
        this.kernel = kernel;
        this.codes = codes;
        this.nodes = nodes;
    }

    static Lock[] newLocks() {
        Lock[] locks = new Lock[LOCKS];
        for (int i = 0; i < LOCKS; i++) {
            locks[i] = new ReentrantLock();
        }
        return locks;
    }

    static HnswIndex build(
            IndexSpec spec, HnswParams params, NodeCodes codes, BuildContext context, VectorRows rows, long[] ids) {
        spec.require(rows);
        if (ids.length != rows.count()) {
            throw new IllegalArgumentException(
                    rows.count() + " rows need as many ids, but " + ids.length + " were given");
        }
        rows.requireValid();
        SlotTable.requireDistinct(ids);
        Lock[] locks = newLocks();
        VectorLayout layout = new VectorLayout(spec, context.kernel());
        NodeStore store = new HnswBuild(params, layout, context, locks).build(rows, ids, codes);
        return new HnswIndex(spec, params, context.kernel(), codes, new HnswNodes(params, layout, codes, store, locks));
    }

    @Override
    public IndexSpec spec() {
        return spec;
    }

    @Override
    public int size() {
        return nodes.size();
    }

    @Override
    public String kernel() {
        return kernel.describe();
    }

    @Override
    public Searcher searcher() {
        return new HnswSearcher(spec, params, nodes);
    }

    @Override
    public SearchResult search(SearchRequest request) {
        HnswSearcher searcher = idleSearchers.poll();
        if (searcher == null) {
            searcher = new HnswSearcher(spec, params, nodes);
        }
        SearchResult result = searcher.search(request);
        idleSearchers.add(searcher);
        return result;
    }

    @Override
    public Optional<Query> vector(long id) {
        return Optional.ofNullable(nodes.vector(id));
    }

    @Override
    public MemoryReport memory() {
        List<MemoryReport.Part> parts = new ArrayList<>(nodes.store().memory());
        parts.add(new MemoryReport.Part("id table", nodes.tableBytes(), false));
        return new MemoryReport(parts);
    }

    @Override
    public void add(long id, Query vector) {
        spec.require(vector);
        nodes.put(id, vector, false);
    }

    @Override
    public boolean replace(long id, Query vector) {
        spec.require(vector);
        return nodes.put(id, vector, true);
    }

    @Override
    public boolean remove(long id) {
        return nodes.remove(id);
    }

    @Override
    public void save(SectionWriter file) throws IOException {
        nodes.<Void, IOException>alone((store, vacant) -> {
            HnswFile.save(file, store, vacant, nodes.layout().stride());
            codes.save(file);
            return null;
        });
    }

    @Override
    public Diagnosis diagnose(int sample, long seed) {
        return nodes.alone((store, vacant) -> HnswDoctor.diagnose(this, nodes, store, params, sample, seed));
    }

    @Override
    public int repair(BuildContext context) {
        return nodes.alone((store, vacant) -> {
            if (!context.progress().update("repair hnsw", 0, store.slots)) {
                throw new CancellationException("The repair was cancelled; the index is as it was");
            }
            int repaired = Reachability.repair(store, params, nodes.layout());
            context.progress().update("repair hnsw", store.slots, store.slots);
            return repaired;
        });
    }

    @Override
    public void close() {
        nodes.close();
    }
}
