import org.ruvector.api.spi.TextEmbedderProvider;
import org.ruvector.embed.minilm.MiniLmEmbedderProvider;

/**
 * Text to 384 numbers, offline: the sentence encoder all-MiniLM-L6-v2 on ONNX Runtime.
 *
 * <p>The model's own jar is not required here, because only two resources of it are used, its module name is made from
 * its file name, and without it the provider can say what is missing. It may lie on the module path (ONNX Runtime is an
 * automatic module, and one of those makes the JVM resolve all others) or on the class path.
 */
module org.ruvector.embed.minilm {
    requires transitive org.ruvector.api;
    requires com.microsoft.onnxruntime;
    // ONNX Runtime logs through it. It is an automatic module, which cannot say so itself.
    requires java.logging;

    exports org.ruvector.embed.minilm;

    provides TextEmbedderProvider with
            MiniLmEmbedderProvider;
}
