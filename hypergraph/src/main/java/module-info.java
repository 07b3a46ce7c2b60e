/**
 * Facts that connect more than two things, when they held, what caused what, and skills that grow out of experience.
 */
module org.ruvector.hypergraph {
    requires com.google.gson;
    requires commons.math3;
    requires transitive org.jgrapht.core;
    requires transitive org.ruvector.api;
    requires org.ruvector.storage;

    exports org.ruvector.hypergraph;
    exports org.ruvector.hypergraph.causal;
    exports org.ruvector.hypergraph.retrieval;
    exports org.ruvector.hypergraph.skills;
    exports org.ruvector.hypergraph.structure;
    exports org.ruvector.hypergraph.time;
}
