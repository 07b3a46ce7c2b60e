package org.ruvector.kernels.vector;

import org.ruvector.testkit.KernelContract;
import org.ruvector.testkit.ProviderContract;

/** The kernels on the Vector API keep the contract of kernels. */
final class VectorKernelsTest implements KernelContract, ProviderContract {

    @Override
    public VectorKernels provider() {
        return new VectorKernels();
    }
}
