/** Contract tests that anybody's plugin can inherit, a brute-force oracle, and real data to test on. */
module org.ruvector.testkit {
    requires transitive net.jqwik.api;
    requires transitive org.junit.jupiter.api;
    requires transitive org.ruvector.api;

    exports org.ruvector.testkit;
}
