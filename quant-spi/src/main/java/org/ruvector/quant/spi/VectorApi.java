package org.ruvector.quant.spi;

import jdk.incubator.vector.FloatVector;

/** Whether the JDK's Vector API is there and worth using. Where it is not, no class that uses it may be touched. */
final class VectorApi {
    static final boolean USABLE =
            ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent() && Width.isEnough();

    private VectorApi() {}

    /** A class of its own, because its code cannot be linked without the module. */
    private static final class Width {
        static boolean isEnough() {
            return FloatVector.SPECIES_PREFERRED.vectorBitSize() >= 128;
        }
    }
}
