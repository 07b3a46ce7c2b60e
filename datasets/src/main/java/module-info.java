/** Reads and writes the field's file formats, and prepares real data sets with their exact neighbours. */
module org.ruvector.datasets {
    requires transitive org.ruvector.api;
    requires org.ruvector.storage;
    requires commons.math3;
    requires io.jhdf;
    // What jhdf uses. It is an automatic module, which cannot say so itself; without these they are not resolved.
    requires org.slf4j;
    requires org.apache.commons.lang3;
    requires com.ning.compress.lzf;

    exports org.ruvector.datasets;
}
