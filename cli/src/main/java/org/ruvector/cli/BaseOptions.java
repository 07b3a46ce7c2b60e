package org.ruvector.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.ruvector.api.BuildContext;
import org.ruvector.api.Metric;
import org.ruvector.api.Parameters;
import org.ruvector.api.VectorRows;
import org.ruvector.datasets.Dataset;
import org.ruvector.datasets.VectorFiles;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which vectors to index, and how they are compared. */
final class BaseOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--base",
            paramLabel = "FILE",
            description = "Vectors to index: .fvecs, .bvecs, .npy, .hdf5#table or idx-ubyte (also .gz).")
    Path base;

    @Option(
            names = "--dataset",
            paramLabel = "NAME",
            description =
                    "A named data set in place of files: digits, fashion-mnist or wordnet-minilm; options follow a colon, as in"
                            + " fashion-mnist:folder=/data.")
    String dataset;

    @Option(
            names = "--metric",
            paramLabel = "METRIC",
            description = "euclidean, cosine, inner-product, manhattan or hamming; a named data set has its own.")
    String metric;

    @Option(names = "--limit", paramLabel = "N", description = "Only the first N vectors.")
    Integer limit;

    BaseOptions() {}

    /** Throws unless exactly one of file and name is given, and what goes with it. */
    void check() {
        if ((base == null) == (dataset == null)) {
            throw wrong(
                    base == null
                            ? "which vectors? Give --base FILE, or --dataset NAME"
                            : "--base and --dataset are both given; give one of them");
        }
        if (base != null && metric == null) {
            throw wrong("how are the vectors of a file compared? Give --metric, for example --metric euclidean");
        }
        if (limit != null && limit < 1) {
            throw wrong("--limit is " + limit + "; it must be at least 1");
        }
        if (metric != null) {
            Metric.of(metric);
        }
    }

    ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /** The metric that was asked for, or the data set's own. */
    Metric metricOr(Metric own) {
        return metric == null ? own : Metric.of(metric);
    }

    /** The vectors of the file, at most {@link #limit}. */
    VectorRows readBase() throws IOException {
        VectorRows rows = VectorFiles.read(base);
        return limit == null || limit >= rows.count() ? rows : rows.slice(0, limit);
    }

    /** The named set, with its own metric. */
    Dataset loadSet(Ruvector ruvector, BuildContext context) throws IOException {
        int colon = dataset.indexOf(':');
        String name = colon < 0 ? dataset : dataset.substring(0, colon);
        Parameters options = colon < 0 ? Parameters.none() : Parameters.parse(dataset.substring(colon + 1));
        Parameters all = limit == null ? options : options.with("limit", limit);
        return ruvector.sets().load(name, ruvector.cache(), all, context);
    }
}
