package org.ruvector.bench;

import java.io.DataInputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.ruvector.api.BuildContext;
import org.ruvector.api.ElementType;
import org.ruvector.api.Metric;
import org.ruvector.api.Plugins;
import org.ruvector.api.Progress;
import org.ruvector.api.VectorRows;
import org.ruvector.bench.peer.HnswSettings;
import org.ruvector.bench.peer.Peers;

/** Temporary: runs contestants on raw data until the command line does. */
final class FashionTrial {

    public static void main(String[] args) throws IOException {
        // data(fashion|wordnet) queries sweep threads contestants…
        int queries = Integer.parseInt(args[1]);
        Workload workload = args[0].equals("fashion") ? fashion(queries) : wordnet(queries);
        int n = Integer.getInteger("n", workload.base().count());
        workload = new Workload(workload.base().slice(0, n), workload.queries(), workload.metric());
        Plugins plugins = Plugins.load();
        int[][] truth = truth(args[0] + n, queries, workload, plugins);
        List<Contestant> contestants = new ArrayList<>();
        HnswSettings settings = new HnswSettings(Integer.getInteger("m", 16), 200, 100);
        for (int i = 4; i < args.length; i++) {
            contestants.add(
                    Peers.NAMES.contains(args[i])
                            ? Peers.of(args[i], settings, Path.of("/tmp/bench-peers"))
                            : new PluginContestant(args[i], BuildContext.of(plugins)));
        }
        Progress progress = (stage, done, total) -> {
            if (!stage.startsWith("exact") || done % 1000 == 0) {
                System.err.printf("%tT %s %d/%d%n", System.currentTimeMillis(), stage, done, total);
            }
            return true;
        };
        Sweep sweep = Sweep.parse(args[2], 10, List.of(Integer.parseInt(args[3])));
        int reps = Integer.getInteger("reps", 3);
        Harness harness = new Harness(workload, truth, sweep, new Harness.Effort(2, 1, reps, 0.3));
        Report report = harness.report(Provenance.of(args[0], workload, 42, List.of(args)), contestants, progress);
        System.out.println(report.text());
        Path out = Path.of(System.getProperty("out", "/tmp/trial"));
        Files.writeString(Path.of(out + ".json"), report.json());
        Files.writeString(Path.of(out + ".csv"), report.csv());
        Files.writeString(Path.of(out + ".md"), report.markdown());
        byte[] png = RecallQpsPlot.png(report);
        Files.write(Path.of(out + ".png"), png);
        Files.writeString(
                Path.of(out + ".html"), HtmlReport.render("Trial", report, png, java.util.Map.of("Note", "a < b")));
    }

    private static int[][] truth(String name, int queries, Workload workload, Plugins plugins) throws IOException {
        Path file = Path.of("/tmp/bench-truth-" + name + "-" + queries + ".bin");
        int[][] truth = new int[queries][10];
        if (Files.exists(file)) {
            ByteBuffer buffer = ByteBuffer.wrap(Files.readAllBytes(file));
            for (int[] t : truth) {
                for (int i = 0; i < 10; i++) {
                    t[i] = buffer.getInt();
                }
            }
            return truth;
        }
        truth = new GroundTruth(workload, plugins.kernel()).neighbours(10, 2, Progress.NONE);
        ByteBuffer buffer = ByteBuffer.allocate(queries * 40);
        for (int[] t : truth) {
            for (int i : t) {
                buffer.putInt(i);
            }
        }
        Files.write(file, buffer.array());
        return truth;
    }

    private static Workload fashion(int queries) throws IOException {
        Path folder = Path.of("/usr/share/datasets/fashion-mnist");
        return new Workload(
                idx(folder.resolve("train-images-idx3-ubyte.gz")),
                idx(folder.resolve("t10k-images-idx3-ubyte.gz")).slice(0, queries),
                Metric.EUCLIDEAN);
    }

    private static VectorRows idx(Path file) throws IOException {
        try (DataInputStream in = new DataInputStream(new GZIPInputStream(Files.newInputStream(file)))) {
            in.readInt();
            int n = in.readInt();
            int dim = in.readInt() * in.readInt();
            float[] data = new float[n * dim];
            byte[] bytes = in.readAllBytes();
            for (int i = 0; i < data.length; i++) {
                data[i] = bytes[i] & 255;
            }
            return VectorRows.ofFloats(data, dim);
        }
    }

    /** The last rows are the queries. */
    private static Workload wordnet(int queries) throws IOException {
        try (FileChannel channel = FileChannel.open(Path.of("/tmp/wordnet-minilm.f32"))) {
            MemorySegment mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.global());
            MemorySegment copy = Arena.global().allocate(mapped.byteSize(), 64).copyFrom(mapped);
            int n = (int) (copy.byteSize() / (4 * 384));
            VectorRows all = new VectorRows(copy, ElementType.FLOAT32, 384, n);
            if (ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
                throw new IllegalStateException("little-endian only");
            }
            return new Workload(all.slice(0, n - 1000), all.slice(n - 1000, n - 1000 + queries), Metric.COSINE);
        }
    }
}
