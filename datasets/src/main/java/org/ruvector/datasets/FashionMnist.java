package org.ruvector.datasets;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.ruvector.api.BuildContext;
import org.ruvector.api.Metric;
import org.ruvector.api.Parameters;
import org.ruvector.api.VectorRows;

/**
 * Fashion-MNIST as ann-benchmarks uses it; see {@link Datasets}.
 *
 * @param checksum what the data must have, see {@link Provenance#checksum}
 */
record FashionMnist(String checksum) implements NamedSet {

    /** The data as published. */
    static final FashionMnist PUBLISHED =
            new FashionMnist("cee6301b6ba6ab1dd6d47c9c4951d8245f58ed08d1e36cd71ee9f5bb6e4dfb6b");

    private static final String DEBIAN_FOLDER = "/usr/share/datasets/fashion-mnist";

    @Override
    public String name() {
        return "fashion-mnist";
    }

    @Override
    public Dataset load(Path cache, Parameters options, BuildContext context) throws IOException {
        options.requireOnly("folder", "limit");
        Path folder = Path.of(options.getText("folder", DEBIAN_FOLDER));
        Split base = split(folder, "train");
        Split queries = split(folder, "t10k");
        Provenance provenance = provenance(base, queries);
        if (!provenance.checksum().equals(checksum)) {
            throw new DatasetException(
                    folder.toString(),
                    "the four files are readable, but not Fashion-MNIST as published: "
                            + "the SHA-256 of its vectors is " + checksum + ", that of these is "
                            + provenance.checksum());
        }
        int most = base.rows().count();
        int limit = options.getInt("limit", most);
        if (limit < 1 || limit > most) {
            throw new IllegalArgumentException(
                    "limit=" + limit + " is out of range; " + name() + " has from 1 to " + most + " base vectors");
        }
        if (limit < most) {
            base = new Split(base.rows().slice(0, limit), Arrays.copyOf(base.labels(), limit), List.of());
            provenance = provenance(base, queries);
        }
        return new Dataset(
                provenance, base, queries, new TruthCache(cache).get(provenance, base.rows(), queries.rows(), context));
    }

    private Provenance provenance(Split base, Split queries) {
        return Provenance.of(
                name(), Metric.EUCLIDEAN, base.rows(), queries.rows(), Map.of("source", "Fashion-MNIST, IDX files"));
    }

    private static Split split(Path folder, String part) throws IOException {
        VectorRows rows = Idx.read(file(folder, part + "-images-idx3-ubyte"), Arena.ofAuto(), UnsignedBytes.TO_FLOAT32);
        return new Split(rows, Idx.readLabels(file(folder, part + "-labels-idx1-ubyte")), List.of());
    }

    private static Path file(Path folder, String name) throws DatasetException {
        Path packed = folder.resolve(name + ".gz");
        Path plain = folder.resolve(name);
        if (!Files.exists(packed) && !Files.exists(plain)) {
            throw new DatasetException.Missing(
                    packed.toString(),
                    "does not exist; install the Debian package with "
                            + "'apt-get install dataset-fashion-mnist', or name the folder that has the four files of "
                            + "Fashion-MNIST with the option folder=...");
        }
        return Files.exists(packed) ? packed : plain;
    }
}
