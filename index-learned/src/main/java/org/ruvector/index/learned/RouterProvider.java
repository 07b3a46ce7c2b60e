package org.ruvector.index.learned;

import java.util.EnumSet;
import java.util.Set;
import org.ruvector.api.BuildContext;
import org.ruvector.api.ElementType;
import org.ruvector.api.IndexFileException;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.Metric;
import org.ruvector.api.OpenContext;
import org.ruvector.api.Query;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.IndexBuilder;
import org.ruvector.api.spi.IndexProvider;
import org.ruvector.api.spi.RoutingBuilder;
import org.ruvector.api.spi.SectionReader;
import org.ruvector.api.spi.VectorIndex;

/**
 * The index {@code router}: ranks the clusters of inverted files for a query by what it learned of where neighbours lie, see
 * {@link RoutingModel}. It is for {@code coarse=router} of {@code ivf-flat} and {@code ivf}; {@code ivf-learned} is the short form. Ids
 * are row numbers; the distance of a hit is the negated logarithm, up to a constant, of the probability that a neighbour of the query is
 * in that cluster. Built of centres alone, without queries, it ranks by distance.
 *
 * <p>Metrics: {@code euclidean}, {@code cosine} and {@code inner-product}, of float vectors. Parameters: {@code queries} to learn from, from 10 to
 * 1,000,000, or {@code auto}, the default: a tenth of the vectors, from 500 to 10,000; never more than there are vectors; {@code epochs}, from 0 to
 * 1,000, by default 30. A search takes as long as comparing the query with all centres.
 */
public final class RouterProvider implements IndexProvider {

    private static final int MOST_QUERIES = 1_000_000;
    private static final int MOST_EPOCHS = 1_000;
    private static final String AUTO = "auto";

    /** For {@link java.util.ServiceLoader}. */
    public RouterProvider() {}

    @Override
    public String name() {
        return "router";
    }

    @Override
    public Set<Metric> metrics() {
        return EnumSet.of(Metric.EUCLIDEAN, Metric.COSINE, Metric.INNER_PRODUCT);
    }

    @Override
    public Set<ElementType> elementTypes() {
        return EnumSet.of(ElementType.FLOAT32);
    }

    @Override
    public IndexBuilder builder(IndexSpec spec, BuildContext context) {
        spec.parameters().requireOnly("queries", "epochs");
        boolean auto = spec.parameters().getText("queries", AUTO).equals(AUTO);
        int queries = auto ? 0 : spec.parameters().getInt("queries", 0);
        int epochs = spec.parameters().getInt("epochs", 30);
        if (!auto && (queries < 10 || queries > MOST_QUERIES)) {
            throw new IllegalArgumentException(
                    "queries is " + queries + "; it must be from 10 to " + MOST_QUERIES + ", or " + AUTO);
        }
        if (epochs < 0 || epochs > MOST_EPOCHS) {
            throw new IllegalArgumentException("epochs is " + epochs + "; it must be from 0 to " + MOST_EPOCHS);
        }
        return new Builder(spec, context, queries, epochs);
    }

    @Override
    public VectorIndex open(SectionReader file, OpenContext context) {
        if (!file.spec().provider().equals(name())) {
            throw new IndexFileException.WrongProvider(file.source() + " holds an index of the plugin '"
                    + file.spec().provider() + "', not of '" + name() + "'");
        }
        return LearnedRouter.open(file, context.kernel());
    }

    /** Wants 0 queries for as many as the number of vectors tells. */
    private record Builder(IndexSpec spec, BuildContext context, int wanted, int epochs) implements RoutingBuilder {

        @Override
        public int queries(int rows) {
            return Math.min(wanted > 0 ? wanted : Math.clamp(rows / 10, 500, 10_000), rows);
        }

        @Override
        public VectorIndex build(VectorRows rows, long[] ids) {
            for (int i = 0; i < ids.length; i++) {
                if (ids[i] != i) {
                    throw new IllegalArgumentException("Row " + i + " has the id " + ids[i]
                            + "; the ids of a router are the numbers of its clusters");
                }
            }
            spec.require(rows);
            rows.requireValid();
            float[][] centres = directions(rows);
            return LearnedRouter.of(
                    filledIn(), context, centres, RoutingModel.byDistance(spec.metric(), centres, spec.dimension()));
        }

        @Override
        public VectorIndex build(VectorRows centres, VectorRows queries, int[][] answers) {
            spec.require(centres);
            spec.require(queries);
            centres.requireValid();
            queries.requireValid();
            if (answers.length != queries.count()) {
                throw new IllegalArgumentException(
                        queries.count() + " queries need as many answers, but " + answers.length + " were given");
            }
            for (int q = 0; q < answers.length; q++) {
                for (int cluster : answers[q]) {
                    if (cluster < 0 || cluster >= centres.count()) {
                        throw new IllegalArgumentException("The answer to query " + q + " names centre " + cluster
                                + ", but there are " + centres.count());
                    }
                }
                if (answers[q].length == 0) {
                    throw new IllegalArgumentException("Query " + q + " has no answer; leave it out");
                }
            }
            float[][] rows = directions(centres);
            float[][] routes = rows.length == 0 || answers.length == 0
                    ? RoutingModel.byDistance(spec.metric(), rows, spec.dimension())
                    : RoutingModel.train(context, spec.metric(), rows, directions(queries), answers, epochs);
            return LearnedRouter.of(filledIn(), context, rows, routes);
        }

        private IndexSpec filledIn() {
            return new IndexSpec(
                    spec.provider(),
                    spec.parameters()
                            .with("queries", wanted > 0 ? wanted : AUTO)
                            .with("epochs", epochs),
                    spec.metric(),
                    spec.type(),
                    spec.dimension());
        }

        private float[][] directions(VectorRows rows) {
            float[][] all = new float[rows.count()][];
            for (int i = 0; i < all.length; i++) {
                all[i] = LearnedRouter.direction(spec.metric(), ((Query.Floats) rows.query(i)).vector());
            }
            return all;
        }
    }
}
