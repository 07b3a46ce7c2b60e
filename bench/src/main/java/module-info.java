/**
 * Recall and throughput of indexes on real data, beside their peers, and micro-benchmarks of kernels. An application: peers
 * and plotting are dependencies of this module only.
 *
 * <p>Peers and JMH are automatic modules. The module path and the class path both work; {@code jdk.incubator.vector} must be
 * added ({@code --add-modules}) for the peers' SIMD, and native access allowed for the C++ peer.
 */
module org.ruvector.bench {
    requires hnswlib.core;
    requires java.desktop;
    requires java.logging;
    requires java.management;
    requires jdk.management;
    requires jmh.core;
    requires jvector;
    requires org.apache.lucene.core;
    requires org.jgrapht.core;
    requires org.ruvector.datasets;
    requires org.ruvector.index.learned;
    requires org.ruvector.storage;
    requires transitive org.ruvector.api;
    requires transitive org.ruvector.hypergraph;
    requires xchart;

    exports org.ruvector.bench;
    exports org.ruvector.bench.micro;
    exports org.ruvector.bench.peer;
}
