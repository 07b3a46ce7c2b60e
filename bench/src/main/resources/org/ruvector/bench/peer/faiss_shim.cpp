// A C face for the inverted files of FAISS, so that Java can call it in its own process. Compiled on the spot for FaissPeer.
// No exception crosses the border: a function that can fail returns -1 or null and shim_error() says why.

#include <cstdint>
#include <exception>
#include <memory>
#include <string>
#include <vector>

#include <omp.h>

#include <faiss/Index.h>
#include <faiss/IndexFlat.h>
#include <faiss/IndexIVFFlat.h>
#include <faiss/IndexIVFPQFastScan.h>
#include <faiss/IndexRefine.h>
#include <faiss/utils/utils.h>

namespace {

thread_local std::string error;
// What a search writes into; each thread has its own, so that an index may be searched by many.
thread_local std::vector<float> distances;
thread_local std::vector<faiss::Index::idx_t> found_labels;

struct Index {
    std::unique_ptr<faiss::Index> coarse;
    std::unique_ptr<faiss::IndexIVF> lists;
    // Ranks the candidates of coded lists again by their vectors; null for lists of vectors.
    std::unique_ptr<faiss::IndexRefineFlat> refined;

    faiss::Index &outer() { return refined ? static_cast<faiss::Index &>(*refined) : *lists; }
};

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

// Version and what the library was compiled for.
const char *shim_version() {
    static const std::string text = std::string(std::to_string(FAISS_VERSION_MAJOR) + "." +
                                                std::to_string(FAISS_VERSION_MINOR) + "." +
                                                std::to_string(FAISS_VERSION_PATCH)) +
                                    ", compiled for " + faiss::get_compile_options();
    return text.c_str();
}

// Lists of vectors if m is 0, else of product codes of m times four bits, refined by vectors.
void *shim_create(int inner_product, int64_t dim, int64_t nlist, int64_t m, int by_residual) {
    try {
        auto metric = inner_product ? faiss::METRIC_INNER_PRODUCT : faiss::METRIC_L2;
        auto index = std::make_unique<Index>();
        index->coarse = std::make_unique<faiss::IndexFlat>(dim, metric);
        if (m == 0) {
            index->lists = std::make_unique<faiss::IndexIVFFlat>(index->coarse.get(), dim, nlist, metric);
        } else {
            auto coded = std::make_unique<faiss::IndexIVFPQFastScan>(index->coarse.get(), dim, nlist, m, 4, metric);
            coded->by_residual = by_residual != 0;
            index->lists = std::move(coded);
            index->refined = std::make_unique<faiss::IndexRefineFlat>(index->lists.get());
        }
        return index.release();
    } catch (const std::exception &e) {
        error = e.what();
        return nullptr;
    }
}

void shim_free(void *handle) { delete static_cast<Index *>(handle); }

int shim_build(void *handle, const float *rows, int64_t n, int threads, int seed) {
    auto &index = *static_cast<Index *>(handle);
    return guarded([&] {
        omp_set_num_threads(threads);
        index.lists->cp.seed = seed;
        index.outer().train(n, rows);
        index.outer().add(n, rows);
        omp_set_num_threads(1);
        return 0;
    });
}

void shim_set(void *handle, int64_t nprobe, float k_factor) {
    auto &index = *static_cast<Index *>(handle);
    index.lists->nprobe = nprobe;
    if (index.refined) index.refined->k_factor = k_factor;
}

// Writes the labels of the k nearest, nearest first; returns how many.
int shim_search(void *handle, const float *query, int64_t k, uint32_t *labels) {
    auto &index = *static_cast<Index *>(handle);
    return guarded([&] {
        omp_set_num_threads(1);
        distances.resize(k);
        found_labels.resize(k);
        index.outer().search(1, query, k, distances.data(), found_labels.data());
        int found = 0;
        for (int64_t i = 0; i < k; i++) {
            if (found_labels[i] >= 0) labels[found++] = static_cast<uint32_t>(found_labels[i]);
        }
        return found;
    });
}

// Bytes of vectors, codes, ids and centroids.
int64_t shim_bytes(void *handle) {
    auto &index = *static_cast<Index *>(handle);
    auto &lists = *index.lists->invlists;
    int64_t bytes = index.coarse->ntotal * index.coarse->d * sizeof(float);
    for (size_t list = 0; list < lists.nlist; list++) {
        bytes += lists.list_size(list) * sizeof(faiss::Index::idx_t);
    }
    if (index.refined) {
        auto &coded = static_cast<faiss::IndexIVFPQFastScan &>(*index.lists);
        bytes += index.lists->ntotal * ((coded.M2 + 1) / 2 + static_cast<int64_t>(index.lists->d * sizeof(float)));
    } else {
        bytes += index.lists->ntotal * static_cast<int64_t>(index.lists->code_size);
    }
    return bytes;
}

}  // extern "C"
