package org.ruvector.testkit;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.ruvector.api.BuildContext;
import org.ruvector.api.Diagnosis;
import org.ruvector.api.Hit;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.MemoryReport;
import org.ruvector.api.Query;
import org.ruvector.api.SearchRequest;
import org.ruvector.api.SearchResult;
import org.ruvector.api.StopReason;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.BatchSearch;
import org.ruvector.api.spi.Diagnosable;
import org.ruvector.api.spi.KernelProvider;
import org.ruvector.api.spi.MutableIndex;
import org.ruvector.api.spi.Persistable;
import org.ruvector.api.spi.Searcher;
import org.ruvector.api.spi.SectionReader;
import org.ruvector.api.spi.SectionWriter;

/** The smallest index that can do everything, and, on request, each thing wrong. */
final class BruteForceIndex implements MutableIndex, Persistable, BatchSearch, Diagnosable {

    /** A vector in the two forms that are needed. */
    private record Stored(Query query, VectorRows row) {}

    private final IndexSpec spec;
    private final KernelProvider kernels;
    private final Set<Fault> faults;
    private final SectionReader file;
    private final Map<Long, Stored> vectors;
    private volatile boolean closed;
    private final AtomicLong added = new AtomicLong();
    private SearchRequest last;

    BruteForceIndex(IndexSpec spec, KernelProvider kernels, Set<Fault> faults, SectionReader file) {
        this.spec = spec;
        this.kernels = kernels;
        this.faults = faults;
        this.file = file;
        this.vectors = has(Fault.IS_NOT_THREAD_SAFE) ? new HashMap<>() : new ConcurrentSkipListMap<>();
    }

    boolean has(Fault fault) {
        return faults.contains(fault);
    }

    void put(long id, Query query, VectorRows row) {
        vectors.put(id, new Stored(query, row));
        added.incrementAndGet();
    }

    private void requireOpen() {
        if (closed && !has(Fault.ANSWERS_AFTER_CLOSE)) {
            throw new IllegalStateException("The index is closed");
        }
    }

    private Stored stored(Query vector) {
        VectorRows row = Corpus.pack(List.of(vector), vector.type(), vector.dimension());
        return new Stored(has(Fault.KEEPS_THE_QUERY) ? vector : row.query(0), row);
    }

    @Override
    public SearchResult search(SearchRequest request) {
        return searcher().search(request);
    }

    @Override
    public Searcher searcher() {
        return this::answer;
    }

    private SearchResult answer(SearchRequest request) {
        long start = System.nanoTime();
        requireOpen();
        if (!has(Fault.ACCEPTS_ANOTHER_SHAPE)) {
            spec.require(request.query());
        }
        if (!has(Fault.ACCEPTS_ANY_PARAMETER)) {
            request.parameters().requireOnly();
        }
        if (has(Fault.ALLOCATES_K)) {
            // A heap of k entries, as a careless author would make it.
            Collections.addAll(new ArrayList<>(), new Object[request.k()]);
        }
        SearchRequest asked =
                has(Fault.REMEMBERS_THE_LAST_REQUEST) && last != null ? request.filter(last.filter()) : request;
        last = request;
        boolean scanAll = !has(Fault.TRUSTS_THE_CARDINALITY) || asked.filter().cardinality() != 1;
        List<Hit> hits = new ArrayList<>();
        long scanned = 0;
        boolean stopped = false;
        for (Map.Entry<Long, Stored> entry : vectors.entrySet()) {
            long id = entry.getKey();
            boolean matches = has(Fault.IGNORES_THE_FILTER)
                    || has(Fault.FILTERS_AFTER_CUTTING_TO_K)
                    || asked.filter().matches(id);
            if (!matches || (!scanAll && hits.size() == 1)) {
                continue;
            }
            scanned++;
            float distance = distance(request.query(), entry.getValue());
            boolean near = has(Fault.EXCLUDES_THE_CUT_OFF) ? distance < asked.cutoff() : distance <= asked.cutoff();
            if (near || has(Fault.IGNORES_THE_CUT_OFF) || asked.cutoff() == Float.POSITIVE_INFINITY) {
                hits.add(new Hit(id, has(Fault.GIVES_WRONG_DISTANCES) ? distance + 0.5f : distance));
            }
            if (!stopped && scanned % 100 == 0 && scanned < vectors.size() && stops(asked, scanned)) {
                stopped = true;
                if (has(Fault.ASKS_THE_POLICY_AGAIN)) {
                    stops(asked, scanned);
                }
                break;
            }
        }
        cut(hits, asked);
        StopReason stop = stopped && !has(Fault.STOPS_WITHOUT_SAYING_SO) ? StopReason.POLICY : StopReason.EXHAUSTED;
        boolean counts = !has(Fault.COUNTS_NOTHING);
        SearchResult.Stats stats = new SearchResult.Stats(
                counts ? scanned : 0, counts ? scanned : 0, 0, stop, "scan", System.nanoTime() - start);
        return new SearchResult(hits, stats);
    }

    private boolean stops(SearchRequest asked, long scanned) {
        if (asked.effort().stopPolicy() == null) {
            return false;
        }
        return asked.effort().stopPolicy().stop(scanned, scanned, Float.POSITIVE_INFINITY, 0)
                && !has(Fault.IGNORES_THE_STOP_POLICY);
    }

    private void cut(List<Hit> hits, SearchRequest asked) {
        hits.sort(null);
        if (has(Fault.BREAKS_TIES_BY_LARGER_ID)) {
            hits.sort((a, b) -> a.distance() == b.distance() ? Long.compare(b.id(), a.id()) : a.compareTo(b));
        }
        if (has(Fault.MISSES_THE_NEAREST) && hits.size() > 1) {
            hits.removeFirst();
        }
        int k = has(Fault.GIVES_MORE_THAN_K) ? Math.max(asked.k(), asked.k() + 1) : asked.k();
        if (hits.size() > k) {
            hits.subList(k, hits.size()).clear();
        }
        if (has(Fault.FILTERS_AFTER_CUTTING_TO_K)) {
            hits.removeIf(hit -> !asked.filter().matches(hit.id()));
        }
        if (has(Fault.LOSES_THE_LAST_HIT) && !hits.isEmpty()) {
            hits.removeLast();
        }
        if (has(Fault.ANSWERS_AN_ID_TWICE) && hits.size() > 1) {
            hits.set(1, hits.getFirst());
        }
        if (has(Fault.ANSWERS_UNSORTED)) {
            Collections.reverse(hits);
        }
    }

    private float distance(Query query, Stored stored) {
        MemorySegment row = stored.row().segment();
        return switch (query) {
            case Query.Floats(float[] vector) -> kernels.floats(spec.metric()).distance(vector, row, 0);
            case Query.Bytes(byte[] vector) -> kernels.bytes(spec.metric()).distance(vector, row, 0);
            case Query.Bits(long[] words, int dimension) -> kernels.bits().distance(words, row, 0);
        };
    }

    @Override
    public List<SearchResult> searchAll(List<SearchRequest> requests, Executor executor, int parallelism) {
        if (parallelism < 1) {
            throw new IllegalArgumentException("parallelism is " + parallelism + "; it must be at least 1");
        }
        List<SearchResult> results =
                new ArrayList<>(requests.stream().map(this::search).toList());
        if (has(Fault.ANSWERS_THE_BATCH_IN_REVERSE)) {
            Collections.reverse(results);
        }
        return results;
    }

    @Override
    public void add(long id, Query vector) {
        requireOpen();
        spec.require(vector);
        Stored stored = stored(vector);
        if (has(Fault.ADD_REPLACES)) {
            vectors.put(id, stored);
        } else if (vectors.putIfAbsent(id, stored) != null) {
            throw new IllegalArgumentException("Id " + id + " is present already");
        }
        added.incrementAndGet();
    }

    @Override
    public boolean remove(long id) {
        requireOpen();
        return has(Fault.FORGETS_TO_REMOVE) ? vectors.containsKey(id) : vectors.remove(id) != null;
    }

    @Override
    public boolean replace(long id, Query vector) {
        requireOpen();
        spec.require(vector);
        boolean gone = has(Fault.REPLACE_REMOVES_FIRST) && vectors.remove(id) != null;
        boolean present = vectors.put(id, stored(vector)) != null || gone;
        return present && !has(Fault.REPLACE_ANSWERS_FALSE);
    }

    @Override
    public void save(SectionWriter out) throws IOException {
        int left = vectors.size() - (has(Fault.SAVES_ALL_BUT_ONE) ? 1 : 0);
        long[] ids = vectors.keySet().stream()
                .mapToLong(Long::longValue)
                .limit(Math.max(left, 0))
                .toArray();
        out.section("ids", MemorySegment.ofArray(ids));
        MemorySegment[] rows = new MemorySegment[ids.length];
        for (int i = 0; i < ids.length; i++) {
            VectorRows row = vectors.get(ids[i]).row();
            rows[i] = row.segment().asSlice(0, row.stride());
        }
        out.section("vectors", rows);
    }

    @Override
    public Diagnosis diagnose(int sample, long seed) {
        Diagnosis.Finding finding =
                new Diagnosis.Finding("vectors", vectors.size(), !has(Fault.IS_ILL), "A list cannot be damaged.");
        return new Diagnosis(List.of(finding), List.of());
    }

    @Override
    public int repair(BuildContext context) {
        return 0;
    }

    @Override
    public IndexSpec spec() {
        return spec;
    }

    @Override
    public int size() {
        return vectors.size();
    }

    @Override
    public String kernel() {
        return kernels.describe();
    }

    @Override
    public Optional<Query> vector(long id) {
        return Optional.ofNullable(vectors.get(id)).map(Stored::query);
    }

    @Override
    public MemoryReport memory() {
        long rows = has(Fault.GROWS_WITH_EVERY_ADD) ? added.get() : vectors.size();
        long noise = has(Fault.HAS_A_RANDOM_MEMORY) ? System.nanoTime() : 0;
        long bytes = rows * (spec.type().rowBytes(spec.dimension()) + ValueLayout.JAVA_LONG.byteSize()) + noise;
        return new MemoryReport(List.of(new MemoryReport.Part("vectors", bytes, false)));
    }

    @Override
    public void close() {
        if (closed && has(Fault.CLOSES_ONLY_ONCE)) {
            throw new IllegalStateException("The index is closed already");
        }
        closed = true;
        if (file != null && !has(Fault.KEEPS_THE_FILE_OPEN)) {
            file.close();
        }
    }
}
