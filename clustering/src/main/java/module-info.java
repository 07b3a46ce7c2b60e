/** Clusters of vectors. */
module org.ruvector.clustering {
    requires transitive org.ruvector.api;

    exports org.ruvector.clustering;
}
