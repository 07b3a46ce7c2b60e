import org.ruvector.api.spi.IndexProvider;
import org.ruvector.index.flat.FlatIndexProvider;

/** Exact search by comparing with every vector. */
module org.ruvector.index.flat {
    requires transitive org.ruvector.api;
    requires org.ruvector.storage;

    exports org.ruvector.index.flat;

    provides IndexProvider with
            FlatIndexProvider;
}
