// A C face for hnswlib, so that Java can call it in its own process. Compiled on the spot by HnswlibPeer.
// No exception crosses the border: a function that can fail returns -1 or null and shim_error() says why.

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <exception>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <hnswlib/hnswlib.h>

namespace {

thread_local std::string error;

struct Index {
    std::unique_ptr<hnswlib::SpaceInterface<float>> space;
    std::unique_ptr<hnswlib::HierarchicalNSW<float>> graph;
    size_t dim;
};

std::unique_ptr<hnswlib::SpaceInterface<float>> make_space(int inner_product, size_t dim) {
    if (inner_product) {
        return std::make_unique<hnswlib::InnerProductSpace>(dim);
    }
    return std::make_unique<hnswlib::L2Space>(dim);
}

template <class Work>
int guarded(Work work) {
    try {
        return work();
    } catch (const std::exception &e) {
        error = e.what();
        return -1;
    }
}

}  // namespace

extern "C" {

const char *shim_error() { return error.c_str(); }

// What hnswlib's distance functions run with: what it was compiled for and finds on this CPU.
const char *shim_simd() {
#if defined(USE_AVX512)
    if (AVX512Capable()) return "AVX512";
#endif
#if defined(USE_AVX)
    if (AVXCapable()) return "AVX";
#endif
    return "none";
}

// Does nothing; its time is the price of one call.
int shim_nothing(const float *, uint32_t *) { return 0; }

// A distance function and its parameter. Kept, because making one asks the CPU for its features, which takes tens of
// microseconds on a virtual machine.
void *shim_space(int inner_product, size_t dim) { return make_space(inner_product, dim).release(); }

void shim_free_space(void *space) { delete static_cast<hnswlib::SpaceInterface<float> *>(space); }

void *shim_create(int inner_product, size_t dim, size_t n, size_t m, size_t ef_construction, size_t seed) {
    try {
        auto index = std::make_unique<Index>();
        index->dim = dim;
        index->space = make_space(inner_product, dim);
        index->graph = std::make_unique<hnswlib::HierarchicalNSW<float>>(
                index->space.get(), n, m, ef_construction, seed);
        return index.release();
    } catch (const std::exception &e) {
        error = e.what();
        return nullptr;
    }
}

void shim_free(void *handle) { delete static_cast<Index *>(handle); }

// Adds rows 0 .. n-1 under their numbers, as hnswlib's own Python binding does: the first alone, then all threads.
int shim_build(void *handle, const float *rows, size_t n, int threads) {
    auto &index = *static_cast<Index *>(handle);
    return guarded([&] {
        if (n > 0) index.graph->addPoint(rows, 0);
        std::atomic<size_t> next{1};
        std::mutex guard;
        std::exception_ptr failure;
        auto work = [&] {
            try {
                for (size_t i; (i = next++) < n;) index.graph->addPoint(rows + i * index.dim, i);
            } catch (...) {
                std::lock_guard<std::mutex> lock(guard);
                failure = std::current_exception();
                next = n;
            }
        };
        std::vector<std::thread> pool;
        for (int t = 0; t < threads; t++) pool.emplace_back(work);
        for (auto &thread : pool) thread.join();
        if (failure) std::rethrow_exception(failure);
        return 0;
    });
}

void shim_set_ef(void *handle, size_t ef) { static_cast<Index *>(handle)->graph->setEf(ef); }

// Writes the labels of the k nearest, nearest first; returns how many.
int shim_search(void *handle, const float *query, size_t k, uint32_t *labels) {
    return guarded([&] {
        auto found = static_cast<Index *>(handle)->graph->searchKnn(query, k);
        int count = static_cast<int>(found.size());
        for (int i = count; i-- > 0; found.pop()) labels[i] = static_cast<uint32_t>(found.top().second);
        return count;
    });
}

// Lets searches answer only labels whose byte in `allowed` is not 0: all others are marked deleted.
int shim_filter(void *handle, const uint8_t *allowed, size_t n) {
    return guarded([&] {
        auto &graph = *static_cast<Index *>(handle)->graph;
        for (size_t label = 0; label < n; label++) {
            auto slot = graph.label_lookup_.at(label);
            if (graph.isMarkedDeleted(slot) == (allowed[label] != 0)) {
                if (allowed[label]) {
                    graph.unmarkDelete(label);
                } else {
                    graph.markDelete(label);
                }
            }
        }
        return 0;
    });
}

// Bytes of vectors, labels and links; its locks and its label map are left out, in its favour.
size_t shim_bytes(void *handle) {
    auto &graph = *static_cast<Index *>(handle)->graph;
    size_t bytes = graph.max_elements_ * (graph.size_data_per_element_ + sizeof(void *) + sizeof(int));
    for (size_t i = 0; i < graph.cur_element_count; i++) {
        bytes += graph.element_levels_[i] > 0 ? graph.size_links_per_element_ * graph.element_levels_[i] + 1 : 0;
    }
    return bytes;
}

// The k nearest among the given rows by an exact scan, nearest first; returns how many.
int shim_scan(void *space, size_t dim, const float *rows, const uint32_t *ordinals, size_t n,
              const float *query, size_t k, uint32_t *labels) {
    return guarded([&] {
        auto &metric = *static_cast<hnswlib::SpaceInterface<float> *>(space);
        auto distance = metric.get_dist_func();
        auto *param = metric.get_dist_func_param();
        std::vector<std::pair<float, uint32_t>> heap;
        heap.reserve(k + 1);
        for (size_t i = 0; i < n; i++) {
            if (i + 1 < n) _mm_prefetch(reinterpret_cast<const char *>(rows + ordinals[i + 1] * dim), _MM_HINT_T0);
            float d = distance(query, rows + ordinals[i] * dim, param);
            if (heap.size() < k || d < heap.front().first) {
                heap.emplace_back(d, ordinals[i]);
                std::push_heap(heap.begin(), heap.end());
                if (heap.size() > k) {
                    std::pop_heap(heap.begin(), heap.end());
                    heap.pop_back();
                }
            }
        }
        std::sort_heap(heap.begin(), heap.end());
        for (size_t i = 0; i < heap.size(); i++) labels[i] = heap[i].second;
        return static_cast<int>(heap.size());
    });
}

// hnswlib's distance function over n rows, the next row prefetched as its search does, for the comparison of kernels.
void shim_distances(void *space, size_t dim, const float *query, const float *rows,
                    const uint32_t *ordinals, size_t n, float *out) {
    auto &metric = *static_cast<hnswlib::SpaceInterface<float> *>(space);
    auto distance = metric.get_dist_func();
    auto *param = metric.get_dist_func_param();
    for (size_t i = 0; i < n; i++) {
        if (i + 1 < n) _mm_prefetch(reinterpret_cast<const char *>(rows + ordinals[i + 1] * dim), _MM_HINT_T0);
        out[i] = distance(query, rows + ordinals[i] * dim, param);
    }
}

}  // extern "C"
