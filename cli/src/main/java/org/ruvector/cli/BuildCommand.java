package org.ruvector.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.ruvector.api.BuildContext;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.Metric;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.IndexBuilder;
import org.ruvector.api.spi.Persistable;
import org.ruvector.api.spi.VectorIndex;
import org.ruvector.bench.Json;
import org.ruvector.datasets.Dataset;
import org.ruvector.storage.IndexFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Builds an index and saves it. */
@Command(
        name = "build",
        description = "Builds an index of vectors and saves it in one file. Ids are row numbers, from 0.",
        mixinStandardHelpOptions = true,
        usageHelpWidth = 110,
        footer = {
            "%nExamples:",
            "  ruvector build --base B.fvecs --metric euclidean --index hnsw:m=16,efConstruction=200 --out index.rvec",
            "  ruvector build --dataset wordnet-minilm --limit 10000 --index flat --out glosses.rvec"
        })
final class BuildCommand implements Callable<Integer> {

    @ParentCommand
    private Ruvector ruvector;

    @Mixin
    private BaseOptions base;

    @Option(
            names = "--index",
            paramLabel = "SPEC",
            required = true,
            description = "The index, as name or name:parameter=value,...; 'ruvector plugins' lists the names.")
    private String index;

    @Option(
            names = "--out",
            paramLabel = "INDEX",
            required = true,
            description = "The file to write; one that is there is replaced when the new one is complete.")
    private Path out;

    @Option(names = "--threads", paramLabel = "N", description = "Building threads, by default all cores.")
    private Integer threads;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "" + BuildContext.DEFAULT_SEED,
            description = "Every random choice follows from it, by default ${DEFAULT-VALUE}.")
    private long seed;

    @Mixin
    private EngineOptions engine;

    @Mixin
    private JsonOption json;

    BuildCommand() {}

    @Override
    public Integer call() throws IOException {
        base.check();
        int workers = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
        if (workers < 1) {
            throw base.wrong("--threads is " + workers + "; it must be at least 1");
        }
        if (Files.isDirectory(out)) {
            throw base.wrong("--out " + out + " is a folder; name a file");
        }
        Console console = ruvector.console();
        try (ProgressDisplay progress = console.progress();
                ExecutorService pool = Executors.newFixedThreadPool(workers)) {
            BuildContext context =
                    engine.buildContext(ruvector.plugins()).seed(seed).progress(progress);
            build(console, workers == 1 ? context : context.on(pool, workers));
        }
        return 0;
    }

    private void build(Console console, BuildContext context) throws IOException {
        VectorRows rows;
        Metric metric;
        if (base.dataset == null) {
            rows = base.readBase();
            metric = base.metricOr(null);
        } else {
            Dataset set = base.loadSet(ruvector, context);
            rows = set.base().rows();
            metric = base.metricOr(set.metric());
        }
        IndexSpec spec = IndexSpec.parse(index, metric, rows.type(), rows.dimension());
        IndexBuilder builder = context.plugins().builder(spec, context);
        long start = System.nanoTime();
        try (VectorIndex built = builder.build(rows)) {
            double seconds = (System.nanoTime() - start) / 1e9;
            if (!(built instanceof Persistable persistable)) {
                throw new IllegalArgumentException(
                        "Index '" + spec.provider() + "' cannot be saved; choose another one");
            }
            IndexFile.save(persistable, out);
            json.write(console, text(built, seconds, context), Json.write(fields(built, seconds, context)));
        }
    }

    private String text(VectorIndex built, double seconds, BuildContext context) throws IOException {
        return String.format(
                Locale.ROOT,
                "%s of %,d vectors, built in %.2f s (threads: %d, kernel: %s, seed: %d), saved to %s: %,d bytes, %.1f per vector",
                built.spec().text(),
                built.size(),
                seconds,
                context.workers().parallelism(),
                built.kernel(),
                context.seed(),
                out,
                Files.size(out),
                built.memory().perVector(built.size()));
    }

    private Map<String, Object> fields(VectorIndex built, double seconds, BuildContext context) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>(IndexFields.of(built.spec()));
        fields.put("size", built.size());
        fields.put("buildSeconds", seconds);
        fields.put("threads", context.workers().parallelism());
        fields.put("kernel", built.kernel());
        fields.put("seed", context.seed());
        fields.put("file", out.toString());
        fields.put("fileBytes", Files.size(out));
        fields.put("bytesPerVector", built.memory().perVector(built.size()));
        return fields;
    }
}
