package org.ruvector.testkit;

import org.ruvector.api.ScalarKernels;

/** The scalar kernels keep the contract of kernels; they are tested here because the api cannot depend on the testkit. */
final class ScalarKernelsTest implements KernelContract, ProviderContract {

    @Override
    public ScalarKernels provider() {
        return new ScalarKernels();
    }
}
