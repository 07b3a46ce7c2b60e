package org.ruvector.testkit;

import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Provide;
import org.ruvector.api.BuildContext;
import org.ruvector.api.ElementType;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.Metric;
import org.ruvector.api.Parameters;
import org.ruvector.api.Plugins;
import org.ruvector.api.Query;
import org.ruvector.api.SearchRequest;
import org.ruvector.api.SearchResult;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.IndexProvider;
import org.ruvector.api.spi.VectorIndex;

/** What the contracts need to know about an index plugin. The first two methods must be written, the others may be. */
public interface IndexFixture {

    /** The plugin under test; a new one on each call will do. */
    IndexProvider provider();

    /**
     * Recall that every recall test demands, on real vectors and with {@link #searchParameters()}; 1 says that the index is
     * exact, and its answers are then compared with the oracle's hit by hit.
     */
    double recallFloor();

    /** Parameters to build with; by default none. */
    default Parameters buildParameters() {
        return Parameters.none();
    }

    /** Parameters to search with; by default none. */
    default Parameters searchParameters() {
        return Parameters.none();
    }

    /** Plugins that the index may look for; by default nothing but the scalar kernels. */
    default Plugins plugins() {
        return Plugins.none();
    }

    /** Whether the index promises exact answers. */
    default boolean exact() {
        return recallFloor() >= 1;
    }

    /** Every metric with every element type that the plugin offers. */
    default List<Space> spaces() {
        return Space.of(provider().metrics(), provider().elementTypes());
    }

    /** Squared Euclidean distance on floats if the plugin offers it, otherwise the first space that it does. */
    default Space mainSpace() {
        Space usual = new Space(Metric.EUCLIDEAN, ElementType.FLOAT32);
        return spaces().contains(usual) ? usual : spaces().getFirst();
    }

    /** One thread, the default seed. */
    default BuildContext context() {
        return BuildContext.of(plugins());
    }

    /** The spec with the fixture's parameters. */
    default IndexSpec spec(Space space, int dimension) {
        return new IndexSpec(provider().name(), buildParameters(), space.metric(), space.type(), dimension);
    }

    /** Builds an index on one thread. */
    default VectorIndex build(Space space, VectorRows rows, long[] ids) {
        return provider().builder(spec(space, rows.dimension()), context()).build(rows, ids);
    }

    /** Builds an index on one thread. */
    default VectorIndex build(Corpus corpus) {
        return build(corpus.space(), corpus.rows(), corpus.ids());
    }

    /** Builds an index of all base vectors. */
    default VectorIndex build(RealData data, Space space, BuildContext context) {
        return provider().builder(spec(space, data.dimension()), context).build(data.base(space.type()));
    }

    /** A request with the fixture's search parameters. */
    default SearchRequest request(Query query, int k) {
        return SearchRequest.of(query, k).with(searchParameters());
    }

    /** Asserts what a result of this index must fulfil: equality with the oracle if exact, else validity and fullness. */
    default void check(Oracle oracle, SearchRequest request, SearchResult result) {
        if (exact()) {
            oracle.checkExact(request, result);
        } else {
            oracle.checkFull(request, result);
        }
    }

    /** Awkward vectors of every space that the plugin offers. */
    @Provide
    default Arbitrary<Corpus> corpora() {
        return CorpusArbitraries.corpora(spaces(), 200);
    }
}
