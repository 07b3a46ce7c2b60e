import org.ruvector.api.spi.IndexProvider;
import org.ruvector.index.learned.HybridIndexProvider;
import org.ruvector.index.learned.MlIndexProvider;
import org.ruvector.index.learned.RouterProvider;

/** Learned indexes: models of where things are, on sorted keys and in metric spaces. */
module org.ruvector.index.learned {
    requires transitive org.ruvector.api;
    requires org.ruvector.clustering;
    requires org.ruvector.storage;

    exports org.ruvector.index.learned;
    exports org.ruvector.index.learned.keys;

    provides IndexProvider with
            HybridIndexProvider,
            MlIndexProvider,
            RouterProvider;
}
