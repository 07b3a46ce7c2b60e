import org.ruvector.api.spi.IndexProvider;
import org.ruvector.index.ivf.IvfFlatIndexProvider;
import org.ruvector.index.ivf.IvfIndexProvider;
import org.ruvector.index.ivf.IvfLearnedIndexProvider;

/** Inverted files. */
module org.ruvector.index.ivf {
    requires transitive org.ruvector.api;
    requires org.ruvector.clustering;
    requires org.ruvector.storage;

    exports org.ruvector.index.ivf;

    provides IndexProvider with
            IvfFlatIndexProvider,
            IvfIndexProvider,
            IvfLearnedIndexProvider;
}
