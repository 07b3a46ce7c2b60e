package org.ruvector.datasets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.ruvector.api.BuildContext;
import org.ruvector.api.Parameters;

/**
 * Real data sets by name, with checksum, split and exact ground truth (100 neighbours per query). What took time to
 * make is kept in a folder of the caller's and checked whenever it is used.
 *
 * <p>{@code digits}: the 1,797 test images of "Optical Recognition of Handwritten Digits" (E. Alpaydin and C. Kaynak, UCI Machine Learning
 * Repository, 1998, CC BY 4.0) as 64 values from 0 to 16, Euclidean distance; they come with this module. Images 0, 17, 34, … 1683 are
 * the queries, the other 1,697 the base. Option {@code limit}. Small: for trying things out, and for how things are at 64 dimensions.
 *
 * <p>{@code fashion-mnist}: 60,000 images of clothes as 784 grey values from 0 to 255, 10,000 queries, Euclidean
 * distance, with labels; what ann-benchmarks calls {@code fashion-mnist-784-euclidean}. Option {@code folder}: where
 * the four IDX files are, plain or packed; by default where Debian's package {@code dataset-fashion-mnist} puts them.
 * Option {@code limit}: only so many rows of the base, the first.
 * Source: Xiao, Rasul and Vollgraf, "Fashion-MNIST: a novel image dataset for benchmarking machine learning
 * algorithms", arXiv 1708.07747, 2017.
 *
 * <p>{@code wordnet-minilm}: the 117,791 glosses of WordNet 3.1 as {@code "lemma: gloss"}, embedded by the plugin
 * {@code minilm} (384 numbers, unit length), cosine distance, with texts. In the order of {@code hash(42, ordinal)} the
 * first 1,000 are the queries and the rest are the base. Option {@code limit}: only so many rows of the base, the first
 * of the full set's; the queries stay the same 1,000. Source: see {@link WordNetGlosses}.
 */
public final class Datasets {

    private static final List<NamedSet> SETS =
            List.of(Digits.ALL, FashionMnist.PUBLISHED, EmbeddedTexts.WORDNET_MINILM);

    private Datasets() {}

    /** The names that {@link #named} knows. */
    public static List<String> names() {
        return SETS.stream().map(NamedSet::name).toList();
    }

    /**
     * Prepares a data set, or takes what was prepared earlier. Progress is reported as {@code embed <name>} in texts
     * and {@code exact neighbours} in queries. Embedding that was interrupted goes on where it was. The rows are in
     * memory that the garbage collector frees, or mapped from the cache.
     *
     * @param cache   a folder that keeps what took time; made if missing; may be shared and may be deleted
     * @param options as above
     * @param context the workers to compute on, who is told, and the plugins: the index {@code flat}, and for
     *                {@code wordnet-minilm} the embedder {@code minilm}; its seed is not used, the sets have their own
     * @throws IllegalArgumentException                    if the name or an option is unknown, or out of range
     * @throws DatasetException                            if the data are missing or damaged, saying how to get them
     * @throws org.ruvector.api.PluginException            if a plugin is missing or cannot run here
     * @throws java.util.concurrent.CancellationException if the context's progress said so; nothing done is lost
     */
    public static Dataset named(String name, Path cache, Parameters options, BuildContext context) throws IOException {
        for (NamedSet set : SETS) {
            if (set.name().equals(name)) {
                return set.load(Files.createDirectories(cache.resolve(name)), options, context);
            }
        }
        throw new IllegalArgumentException(
                "There is no data set named '" + name + "'; there are: " + String.join(", ", names()));
    }
}
