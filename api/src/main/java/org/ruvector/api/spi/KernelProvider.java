package org.ruvector.api.spi;

import org.ruvector.api.Metric;

/** A family of distance kernels, one for each metric and element type. Kernels are stateless and thread-safe. */
public non-sealed interface KernelProvider extends Provider {

    /** The usable provider with the highest priority is taken unless one is named. The scalar kernels have 0. */
    int priority();

    /** What runs, for reports, for example {@code vector (512 bit)}. */
    String describe();

    /** The kernel for float rows; any metric but Hamming. */
    RowKernel<float[]> floats(Metric metric);

    /** The kernel for byte rows; any metric but Hamming. Sums are exact integers before the final conversion. */
    RowKernel<byte[]> bytes(Metric metric);

    /** The Hamming kernel for bit rows. */
    RowKernel<long[]> bits();
}
