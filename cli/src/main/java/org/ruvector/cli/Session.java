package org.ruvector.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.ruvector.api.BuildContext;
import org.ruvector.api.Parameters;
import org.ruvector.api.Plugins;
import org.ruvector.datasets.Dataset;
import org.ruvector.datasets.Datasets;

/**
 * What commands take from outside.
 *
 * @param plugins  loads the plugins
 * @param sets     loads data sets by name
 * @param terminal whether progress is shown as bars, to somebody who watches
 */
record Session(Supplier<Plugins> plugins, NamedSets sets, BooleanSupplier terminal) {

    /** The real ones. */
    static Session standard() {
        return new Session(Plugins::load, Datasets::named, RealStderr::isTerminal);
    }

    /** Loads data sets by name, as {@link Datasets#named} does. */
    @FunctionalInterface
    interface NamedSets {
        Dataset load(String name, Path cache, Parameters options, BuildContext context) throws IOException;
    }
}
