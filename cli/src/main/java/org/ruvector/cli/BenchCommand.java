package org.ruvector.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.IntSupplier;
import org.ruvector.api.BuildContext;
import org.ruvector.api.VectorRows;
import org.ruvector.bench.Contestant;
import org.ruvector.bench.Harness;
import org.ruvector.bench.Harness.Effort;
import org.ruvector.bench.PluginContestant;
import org.ruvector.bench.Report;
import org.ruvector.bench.Sweep;
import org.ruvector.bench.UsualSweep;
import org.ruvector.bench.peer.HnswSettings;
import org.ruvector.bench.peer.Peers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Measures indexes, and peers beside them, on anybody's vectors. */
@Command(
        name = "bench",
        description = "Measures recall, throughput, latency, build time and memory of indexes and of their peers.",
        mixinStandardHelpOptions = true,
        usageHelpWidth = 110,
        footer = {
            "%nExamples:",
            "  ruvector bench --base B.fvecs --query Q.fvecs --metric euclidean \\",
            "      --index hnsw:m=16,efConstruction=200 --sweep ef=10,20,40,80,120,200,400,800 \\",
            "      --k 10 --threads 1 --build-threads 2 --peers hnswlib,lucene,jvector --json OUT.json",
            "  ruvector bench --base glove.hdf5#train --query glove.hdf5#test --truth glove.hdf5#neighbors --metric cosine",
            "  ruvector bench --dataset wordnet-minilm --limit 20000 --html report.html"
        })
final class BenchCommand implements Callable<Integer> {

    @ParentCommand
    private Ruvector ruvector;

    @Mixin
    private DataOptions data;

    @Option(
            names = "--index",
            paramLabel = "SPEC",
            description = "An index to measure, as name or name:parameter=value,...; may be repeated."
                    + " By default every index that there is.")
    private List<String> indexes = List.of();

    @Option(
            names = "--peers",
            paramLabel = "NAME",
            split = ",",
            description = "Other libraries to measure beside them: hnswlib; lucene, lucene-sq and lucene-bq (scalar and"
                    + " binary codes); jvector, jvector-pq and jvector-fused (product-quantized codes); jelmerk;"
                    + " faiss-ivfflat and faiss-ivfpqfs (4-bit codes, refined; nlist, m, kFactor and byResidual after a colon)."
                    + " Built with m and efConstruction of the first --index that has them, else 16 and 200, and with the"
                    + " indexes' nlist, else four times the root of the number of vectors.")
    private List<String> peers = List.of();

    @Option(
            names = "--sweep",
            paramLabel = "NAME=V,V",
            description =
                    "Search parameters to vary, as ef=10,20,40 or nprobe=1,2;oversample=4,8 (each with each); may be repeated for"
                            + " indexes that know different ones, each measured at what it knows; by default the usual ones, for"
                            + " example ef from 10 to 800. An index that knows none of them is measured once.")
    private List<String> sweeps = List.of();

    @Option(names = "--k", paramLabel = "K", defaultValue = "10", description = "Neighbours wanted, by default 10.")
    private int k;

    @Option(
            names = "--threads",
            paramLabel = "N",
            split = ",",
            defaultValue = "1",
            description = "Searching threads, by default 1; several numbers as 1,2,4.")
    private List<Integer> threads;

    @Mixin
    private EffortOptions effort;

    @Mixin
    private ReportOptions output;

    BenchCommand() {}

    @Override
    public Integer call() throws IOException {
        Optional<Sweep> asked =
                sweeps.stream().map(text -> Sweep.parse(text, k, threads)).reduce(Sweep::and);
        Effort thoroughly = effort.effort();
        Console console = ruvector.console();
        Report report;
        try (ProgressDisplay progress = console.progress()) {
            BuildContext context = effort.context(ruvector.plugins(), progress);
            Trial trial = data.load(ruvector, context, k);
            List<Contestant> contestants = contestants(trial, context);
            Sweep points = asked.orElseGet(() -> UsualSweep.of(contestants, trial.workload(), k, threads));
            Harness harness = new Harness(trial.workload(), trial.truth(), points, thoroughly);
            report = harness.report(trial.provenance(context.seed(), ruvector.typed()), contestants, progress);
        }
        output.write(console, report);
        return 0;
    }

    private List<Contestant> contestants(Trial trial, BuildContext context) {
        List<Contestant> all = new ArrayList<>();
        if (indexes.isEmpty()) {
            VectorRows base = trial.data().base().rows();
            all.addAll(PluginContestant.all(context, trial.data().metric(), base.type()));
        }
        indexes.forEach(spec -> all.add(new PluginContestant(spec, context)));
        HnswSettings settings = PeerSettings.like(indexes, context.seed());
        IntSupplier nlist =
                () -> PeerSettings.lists(indexes, trial.workload().base().count());
        PeerSettings.peers(peers)
                .forEach(spec ->
                        all.add(Peers.of(spec, settings, nlist, ruvector.cache().resolve("peers"))));
        return all;
    }
}
