package org.ruvector.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.ruvector.api.BuildContext;
import org.ruvector.api.Metric;
import org.ruvector.api.VectorRows;
import org.ruvector.datasets.Dataset;
import org.ruvector.datasets.GroundTruth;
import org.ruvector.datasets.PrincipalComponents;
import org.ruvector.datasets.Provenance;
import org.ruvector.datasets.Split;
import org.ruvector.datasets.VectorFiles;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which vectors to index, which queries to ask, and where the exact answers are: anybody's files, or a named data set. */
final class DataOptions {

    @Mixin
    private BaseOptions base;

    @Option(names = "--query", paramLabel = "FILE", description = "Vectors to search for; the same formats as --base.")
    private Path query;

    @Option(
            names = "--truth",
            paramLabel = "FILE",
            description = "Exact neighbours of each query: .ivecs, .npy or .hdf5#table. Computed if not given.")
    private Path truth;

    @Option(names = "--queries", paramLabel = "N", description = "Only the first N queries.")
    private Integer queries;

    @Option(
            names = "--components",
            paramLabel = "N",
            description = "Only the first N principal components of the vectors: real data of fewer dimensions.")
    private Integer components;

    DataOptions() {}

    /**
     * The data, with at least {@code k} exact neighbours per query (or all, if there are fewer vectors).
     *
     * @param ruvector where data sets are found and kept
     * @param context  plugins, and who is told; its workers are not used, but all cores
     * @param k        neighbours wanted
     */
    Trial load(Ruvector ruvector, BuildContext context, int k) throws IOException {
        check(k);
        int cores = Runtime.getRuntime().availableProcessors();
        try (ExecutorService pool = Executors.newFixedThreadPool(cores)) {
            BuildContext parallel = context.on(pool, cores);
            Dataset whole = base.dataset != null ? named(ruvector, parallel, k) : files(parallel, k);
            return new Trial(components == null ? whole : reduced(whole, parallel, k));
        }
    }

    private void check(int k) {
        base.check();
        if (base.dataset == null && query == null) {
            throw base.wrong("which queries? Give --query FILE");
        }
        if (base.dataset != null && (query != null || truth != null)) {
            throw base.wrong(
                    "a named data set has its own queries and exact neighbours; leave out --query and --truth");
        }
        if (truth != null && base.limit != null) {
            throw base.wrong("with --limit the neighbours of --truth are not the exact ones; leave out one of them");
        }
        if (k < 1 || (queries != null && queries < 1)) {
            throw base.wrong("--k and --queries must be at least 1");
        }
    }

    private Dataset named(Ruvector ruvector, BuildContext context, int k) throws IOException {
        Dataset set = base.loadSet(ruvector, context);
        Metric metric = base.metricOr(set.metric());
        VectorRows rows = set.base().rows();
        boolean known = metric == set.metric() && set.groundTruth().k() >= Math.min(k, rows.count());
        if (known && queries == null) {
            return set;
        }
        Split asked = first(set.queries());
        GroundTruth exact = known
                ? first(set.groundTruth(), asked.rows().count())
                : GroundTruth.exact(rows, asked.rows(), metric, k, context);
        Provenance provenance = Provenance.of(
                set.name(), metric, rows, asked.rows(), set.provenance().facts());
        return new Dataset(provenance, set.base(), asked, exact);
    }

    private Dataset files(BuildContext context, int k) throws IOException {
        Metric metric = base.metricOr(null);
        VectorRows rows = base.readBase();
        Split all = Split.of(VectorFiles.read(query));
        Split asked = first(all);
        GroundTruth exact = truth == null
                ? GroundTruth.exact(rows, asked.rows(), metric, k, context)
                : first(
                        given(rows, all.rows(), metric, context, k),
                        asked.rows().count());
        Map<String, String> facts = Map.of("baseFile", base.base.toString(), "queryFile", query.toString());
        String name = base.base.getFileName().toString();
        return new Dataset(Provenance.of(name, metric, rows, asked.rows(), facts), Split.of(rows), asked, exact);
    }

    private GroundTruth given(VectorRows rows, VectorRows all, Metric metric, BuildContext context, int k)
            throws IOException {
        GroundTruth given = GroundTruth.of(VectorFiles.readInts(truth), rows, all, metric, context.kernel());
        if (given.k() < Math.min(k, rows.count())) {
            throw base.wrong("'" + truth + "' lists " + given.k() + " neighbours per query, but --k is " + k
                    + "; take a smaller --k, or leave out --truth and have them computed");
        }
        return given;
    }

    private Dataset reduced(Dataset whole, BuildContext context, int k) {
        PrincipalComponents principal = PrincipalComponents.of(whole.base().rows(), components);
        Split rows = new Split(
                principal.project(whole.base().rows()),
                whole.base().labels(),
                whole.base().texts());
        Split asked = new Split(
                principal.project(whole.queries().rows()),
                whole.queries().labels(),
                whole.queries().texts());
        Map<String, String> facts = new HashMap<>(whole.provenance().facts());
        facts.put("principalComponents", components.toString());
        Provenance provenance = Provenance.of(whole.name(), whole.metric(), rows.rows(), asked.rows(), facts);
        return new Dataset(
                provenance, rows, asked, GroundTruth.exact(rows.rows(), asked.rows(), whole.metric(), k, context));
    }

    private Split first(Split all) {
        int count = all.rows().count();
        int n = queries == null ? count : Math.min(queries, count);
        int[] labels = Arrays.copyOf(all.labels(), Math.min(n, all.labels().length));
        return new Split(
                all.rows().slice(0, n),
                labels,
                all.texts().subList(0, Math.min(n, all.texts().size())));
    }

    private static GroundTruth first(GroundTruth all, int n) {
        int[] ids = Arrays.copyOf(all.ids(), n * all.k());
        return new GroundTruth(ids, Arrays.copyOf(all.distances(), n * all.k()), all.k());
    }
}
