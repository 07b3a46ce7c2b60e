import org.ruvector.api.spi.IndexProvider;
import org.ruvector.index.hnsw.HnswFusedIndexProvider;
import org.ruvector.index.hnsw.HnswIndexProvider;

/** Hierarchical navigable small world graphs. */
module org.ruvector.index.hnsw {
    requires transitive org.ruvector.api;
    requires org.ruvector.storage;

    exports org.ruvector.index.hnsw;

    provides IndexProvider with
            HnswFusedIndexProvider,
            HnswIndexProvider;
}
