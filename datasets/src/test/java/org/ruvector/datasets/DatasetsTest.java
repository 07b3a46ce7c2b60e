package org.ruvector.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ruvector.api.BuildContext;
import org.ruvector.api.Metric;
import org.ruvector.api.Parameters;
import org.ruvector.api.Plugins;
import org.ruvector.api.VectorRows;

class DatasetsTest {

    @TempDir
    Path folder;

    private final BruteForceFlat flat = new BruteForceFlat();
    private final BuildContext context = BuildContext.of(Plugins.none().with(flat));

    /** Images of 2 × 2 whose first grey value is their number, and labels that are twice that. */
    private void writeSplit(String part, int count, boolean packed) throws IOException {
        byte[] imageBytes = new byte[16 + 4 * count];
        ByteBuffer images = ByteBuffer.wrap(imageBytes);
        images.putInt(0x803).putInt(count).putInt(2).putInt(2);
        byte[] labelBytes = new byte[8 + count];
        ByteBuffer labels = ByteBuffer.wrap(labelBytes);
        labels.putInt(0x801).putInt(count);
        for (int i = 0; i < count; i++) {
            images.put((byte) i).put(new byte[] {1, 2, 3});
            labels.put((byte) (2 * i));
        }
        write(part + "-images-idx3-ubyte", imageBytes, packed);
        write(part + "-labels-idx1-ubyte", labelBytes, packed);
    }

    private void write(String name, byte[] content, boolean packed) throws IOException {
        if (packed) {
            Files.write(folder.resolve(name + ".gz"), IdxTest.gzip(content));
        } else {
            Files.write(folder.resolve(name), content);
        }
    }

    private static String checksum(int base, int queries) {
        VectorRows[] rows = new VectorRows[2];
        for (int part = 0; part < 2; part++) {
            float[] values = new float[4 * (part == 0 ? base : queries)];
            for (int i = 0; i < values.length; i++) {
                values[i] = i % 4 == 0 ? i / 4 : i % 4;
            }
            rows[part] = VectorRows.ofFloats(values, 4);
        }
        return Provenance.of("x", Metric.EUCLIDEAN, rows[0], rows[1], Map.of()).checksum();
    }

    @Test
    void knowsItsNames() {
        assertEquals(List.of("digits", "fashion-mnist", "wordnet-minilm"), Datasets.names());
        assertEquals(
                "There is no data set named 'mnist'; there are: digits, fashion-mnist, wordnet-minilm",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Datasets.named("mnist", folder, Parameters.none(), context))
                        .getMessage());
    }

    @Test
    void digitsComeWithTheModule() throws IOException {
        Dataset set = Datasets.named("digits", folder, Parameters.none().with("limit", 300), context);
        assertEquals(300, set.base().rows().count());
        assertEquals(100, set.queries().rows().count());
        assertEquals(64, set.base().rows().dimension());
        assertEquals(100, set.groundTruth().k());
        Parameters tooMany = Parameters.none().with("limit", 1698);
        assertThrows(IllegalArgumentException.class, () -> Datasets.named("digits", folder, tooMany, context));
    }

    @Test
    void readsImagesLabelsAndNeighboursOfFashionMnist() throws IOException {
        writeSplit("train", 5, true);
        writeSplit("t10k", 3, false);
        Path cache = Files.createDirectory(folder.resolve("cache"));
        Parameters options = Parameters.none().with("folder", folder);
        FashionMnist tiny = new FashionMnist(checksum(5, 3));
        Dataset set = tiny.load(cache, options, context);
        assertEquals("fashion-mnist", set.name());
        assertEquals(Metric.EUCLIDEAN, set.metric());
        assertEquals(4, set.base().rows().dimension());
        assertArrayEquals(new int[] {0, 2, 4, 6, 8}, set.base().labels());
        assertArrayEquals(new int[] {0, 2, 4}, set.queries().labels());
        assertEquals(5, set.groundTruth().k());
        assertEquals(2, set.groundTruth().id(2, 0));
        assertEquals(3, TestRows.names(cache).size());
        assertEquals(set.groundTruth(), tiny.load(cache, options, context).groundTruth());
        assertEquals(1, flat.batches);
    }

    @Test
    void takesTheFirstImagesWithALimit() throws IOException {
        writeSplit("train", 5, true);
        writeSplit("t10k", 3, false);
        FashionMnist tiny = new FashionMnist(checksum(5, 3));
        Parameters options = Parameters.none().with("folder", folder);
        Dataset set = tiny.load(folder, options.with("limit", 2), context);
        assertArrayEquals(new int[] {0, 2}, set.base().labels());
        assertEquals(2, set.groundTruth().k());
        assertEquals(checksum(2, 3), set.provenance().checksum());
        assertEquals(
                "limit=6 is out of range; fashion-mnist has from 1 to 5 base vectors",
                assertThrows(IllegalArgumentException.class, () -> tiny.load(folder, options.with("limit", 6), context))
                        .getMessage());
    }

    @Test
    void refusesOtherImagesThanThePublishedOnes() throws IOException {
        writeSplit("train", 5, true);
        writeSplit("t10k", 3, true);
        Parameters options = Parameters.none().with("folder", folder);
        String message = assertThrows(
                        DatasetException.class, () -> Datasets.named("fashion-mnist", folder, options, context))
                .getMessage();
        assertTrue(
                message.startsWith(folder + ": the four files are readable, but not Fashion-MNIST as published: "),
                message);
        assertTrue(message.endsWith(checksum(5, 3)), message);
    }

    @Test
    void saysHowToGetMissingImages() {
        assertEquals(
                folder.resolve("train-images-idx3-ubyte.gz")
                        + ": does not exist; install the Debian package with 'apt-get install dataset-fashion-mnist', or"
                        + " name the folder that has the four files of Fashion-MNIST with the option folder=...",
                assertThrows(
                                DatasetException.Missing.class,
                                () -> Datasets.named(
                                        "fashion-mnist",
                                        folder,
                                        Parameters.none().with("folder", folder),
                                        context))
                        .getMessage());
    }

    @Test
    void refusesSplitsThatDoNotFitTheirRows() {
        VectorRows rows = VectorRows.ofFloats(new float[4], 2);
        assertEquals(
                "There are 3 labels for 2 rows",
                assertThrows(IllegalArgumentException.class, () -> new Split(rows, new int[3], List.of()))
                        .getMessage());
        assertEquals(
                "There are 1 texts for 2 rows",
                assertThrows(IllegalArgumentException.class, () -> new Split(rows, new int[0], List.of("a")))
                        .getMessage());
    }
}
