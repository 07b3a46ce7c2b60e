package org.ruvector.kernels.vector;

import jdk.incubator.vector.FloatVector;
import org.ruvector.api.Metric;
import org.ruvector.api.spi.Availability;
import org.ruvector.api.spi.KernelProvider;
import org.ruvector.api.spi.RowKernel;

/** Kernels on the Vector API in the machine's preferred width; float rows are scored eight at a time. */
public final class VectorKernels implements KernelProvider {

    /** For {@link java.util.ServiceLoader}. */
    public VectorKernels() {}

    @Override
    public String name() {
        return "vector";
    }

    @Override
    public int priority() {
        return 100;
    }

    @Override
    public Availability availability() {
        // The module path brings the incubator along; the class path does not, and then no class here could be linked.
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
            return new Availability.Unusable(
                    "the JDK's Vector API is switched off; start java with --add-modules jdk.incubator.vector");
        }
        // Below 256 bits the Vector API gains little, and on machines without SIMD its fall-back is slower than a loop.
        int bits = FloatVector.SPECIES_PREFERRED.vectorBitSize();
        return bits >= 128
                ? new Availability.Usable()
                : new Availability.Unusable("the processor's preferred vector is only " + bits + " bits wide");
    }

    @Override
    public String describe() {
        return "vector (" + Lanes.SPECIES.vectorBitSize() + " bit)";
    }

    @Override
    public RowKernel<float[]> floats(Metric metric) {
        return switch (metric) {
            case EUCLIDEAN -> new FloatEuclidean();
            case INNER_PRODUCT -> new FloatInnerProduct();
            case MANHATTAN -> new FloatManhattan();
            case COSINE -> new FloatCosine();
            case HAMMING -> throw new IllegalArgumentException("hamming compares bit vectors only; use bits()");
        };
    }

    @Override
    public RowKernel<byte[]> bytes(Metric metric) {
        return ByteRows.of(metric);
    }

    @Override
    public RowKernel<long[]> bits() {
        return new BitRows();
    }
}
