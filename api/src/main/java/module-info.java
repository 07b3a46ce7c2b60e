import org.ruvector.api.ScalarKernels;
import org.ruvector.api.spi.IndexProvider;
import org.ruvector.api.spi.KernelProvider;
import org.ruvector.api.spi.QuantizerProvider;
import org.ruvector.api.spi.TextEmbedderProvider;

/** Values, plugin interfaces and the scalar kernels; depends on nothing but the JDK. */
module org.ruvector.api {
    exports org.ruvector.api;
    exports org.ruvector.api.spi;

    uses IndexProvider;
    uses QuantizerProvider;
    uses KernelProvider;
    uses TextEmbedderProvider;

    provides KernelProvider with
            ScalarKernels;
}
