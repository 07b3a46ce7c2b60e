package org.ruvector.index.learned;

import java.util.EnumSet;
import java.util.Set;
import org.ruvector.api.BuildContext;
import org.ruvector.api.ElementType;
import org.ruvector.api.IndexFileException;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.Metric;
import org.ruvector.api.OpenContext;
import org.ruvector.api.spi.IndexBuilder;
import org.ruvector.api.spi.IndexProvider;
import org.ruvector.api.spi.SectionReader;
import org.ruvector.api.spi.VectorIndex;

/**
 * The index {@code ml-index}: exact search in a metric space by distances to pivots and a learned model over them (A. Davitkova,
 * E. Milchevski and S. Michel, "The ML-Index: a multidimensional, learned index for point, range, and nearest-neighbor queries",
 * EDBT 2020; the keys are those of iDistance, H. V. Jagadish and others, ACM Transactions on Database Systems 2005).
 *
 * <p>Each vector belongs to its nearest pivot, a centroid of k-means, and has the key {@code i · C + d(pivotᵢ, x)}. Vectors lie in
 * the order of their keys, and a {@link org.ruvector.index.learned.keys.PgmIndex} gives a key's position. By the triangle inequality
 * {@code |d(q, pivot) − d(pivot, x)| ≤ d(q, x)}: a search begins where a pivot's keys are as far from it as the query is, and goes
 * both ways, always on where the least distance is possible, until that is above the k-th found. The answers are those of
 * {@code flat}. How many vectors were compared is in the statistics; in many dimensions it may be nearly all.
 *
 * <p>Metrics: {@code euclidean}, {@code cosine} and {@code manhattan}, of float vectors. Parameters: {@code pivots}, from 1 to 65,536,
 * by default twice the root of the number of vectors and at most 1,024; {@code epsilon} of the model, 16 by default. No search
 * parameters. Built in {@code O(n · pivots · dimension)}; space: the rows and about 20 bytes each. Does not change once it is built; can be
 * saved. Opening maps the vectors and learns the model anew from the saved distances, in {@code O(n)}.
 */
public final class MlIndexProvider implements IndexProvider {

    /** For {@link java.util.ServiceLoader}. */
    public MlIndexProvider() {}

    @Override
    public String name() {
        return "ml-index";
    }

    @Override
    public Set<Metric> metrics() {
        return EnumSet.of(Metric.EUCLIDEAN, Metric.COSINE, Metric.MANHATTAN);
    }

    @Override
    public Set<ElementType> elementTypes() {
        return EnumSet.of(ElementType.FLOAT32);
    }

    @Override
    public IndexBuilder builder(IndexSpec spec, BuildContext context) {
        MlParameters parameters = MlParameters.from(spec.parameters());
        if (!metrics().contains(spec.metric())) {
            throw new IllegalArgumentException("ml-index needs the triangle inequality, which "
                    + spec.metric().text() + " lacks; take one of " + metrics());
        }
        return (rows, ids) -> MlIndexBuild.build(spec, context, parameters, rows, ids);
    }

    @Override
    public VectorIndex open(SectionReader file, OpenContext context) {
        if (!file.spec().provider().equals(name())) {
            throw new IndexFileException.WrongProvider(file.source() + " holds an index of the plugin '"
                    + file.spec().provider() + "', not of '" + name() + "'");
        }
        return MlFile.open(file, context.kernel());
    }
}
