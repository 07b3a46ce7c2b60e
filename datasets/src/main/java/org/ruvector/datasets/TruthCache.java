package org.ruvector.datasets;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.ruvector.api.BuildContext;
import org.ruvector.api.VectorRows;

/**
 * Exact neighbours kept beside the data: ids as {@code .ivecs}, distances as {@code .fvecs}, and a {@code .txt} with
 * the checksums of the data and of the neighbours, written last. Whatever does not check is computed again.
 *
 * @param folder where the files are
 */
record TruthCache(Path folder) {

    /** The neighbours of the data that the provenance describes. */
    GroundTruth get(Provenance of, VectorRows base, VectorRows queries, BuildContext context) throws IOException {
        int k = Math.min(NamedSet.NEIGHBOURS, base.count());
        // The data's checksum in the name lets several sizes of one set live side by side.
        String stem =
                "truth-" + of.metric().text() + "-" + k + "-" + of.checksum().substring(0, 16);
        Path ids = folder.resolve(stem + ".ivecs");
        Path distances = folder.resolve(stem + ".fvecs");
        Path seal = folder.resolve(stem + ".txt");
        Optional<GroundTruth> known = read(of, ids, distances, seal);
        if (known.isPresent() && known.get().k() == k && known.get().queries() == queries.count()) {
            return known.get();
        }
        GroundTruth truth = GroundTruth.exact(base, queries, of.metric(), k, context);
        TexmexVectors.writeIvecs(ids, new IntTable(truth.ids(), k));
        TexmexVectors.writeFvecs(distances, VectorRows.ofFloats(truth.distances(), k));
        AtomicFile.write(seal, sealText(of, truth).getBytes(StandardCharsets.UTF_8), 0, 0, (row, out) -> {});
        return truth;
    }

    private static Optional<GroundTruth> read(Provenance of, Path ids, Path distances, Path seal) throws IOException {
        if (!Files.exists(seal)) {
            return Optional.empty();
        }
        try (Arena arena = Arena.ofShared()) {
            IntTable table = TexmexVectors.readIvecs(ids);
            VectorRows rows = TexmexVectors.readFvecs(distances, arena);
            float[] floats = new float[table.values().length];
            if (rows.byteSize() != 4L * floats.length) {
                return Optional.empty();
            }
            MemorySegment.copy(rows.segment(), VectorRows.FLOAT, 0, floats, 0, floats.length);
            GroundTruth truth = new GroundTruth(table.values(), floats, table.columns());
            String expected = sealText(of, truth);
            return Files.readString(seal, StandardCharsets.ISO_8859_1).equals(expected)
                    ? Optional.of(truth)
                    : Optional.empty();
        } catch (DatasetException e) {
            return Optional.empty(); // a damaged cache is as good as none
        }
    }

    private static String sealText(Provenance of, GroundTruth truth) {
        return "data sha256 " + of.checksum() + "\nneighbours sha256 "
                + Checksum.sha256(MemorySegment.ofArray(truth.ids()), MemorySegment.ofArray(truth.distances())) + "\n";
    }
}
