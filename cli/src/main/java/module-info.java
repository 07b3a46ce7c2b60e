/** The {@code ruvector} command. */
module org.ruvector.cli {
    requires info.picocli;
    requires java.logging;
    requires me.tongfei.progressbar;
    requires org.ruvector.api;
    requires org.ruvector.bench;
    requires org.ruvector.datasets;
    requires org.ruvector.storage;

    exports org.ruvector.cli;

    // Options are fields that picocli sets.
    opens org.ruvector.cli to
            info.picocli;
}
