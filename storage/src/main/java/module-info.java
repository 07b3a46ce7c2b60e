/** Memory outside the Java heap and the one file format: named sections, checksums, mapping, safe replacement. */
module org.ruvector.storage {
    requires transitive org.ruvector.api;

    exports org.ruvector.storage;
}
