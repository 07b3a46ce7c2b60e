/** Reads and writes the field's file formats, and prepares real data sets with their exact neighbours. */
module org.ruvector.datasets {
    requires transitive org.ruvector.api;
    requires io.jhdf;

    exports org.ruvector.datasets;
}
