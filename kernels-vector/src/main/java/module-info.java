import org.ruvector.api.spi.KernelProvider;
import org.ruvector.kernels.vector.VectorKernels;

/** Distance kernels on the Vector API; the only module that requires the incubator. */
module org.ruvector.kernels.vector {
    requires transitive org.ruvector.api;
    requires jdk.incubator.vector;

    exports org.ruvector.kernels.vector;

    provides KernelProvider with
            VectorKernels;
}
