package org.ruvector.embed.minilm;

import ai.onnxruntime.OrtEnvironment;

/**
 * The way to ONNX Runtime's native library. A class of its own, because one that also catches ONNX Runtime's exceptions
 * does not even link where the library is missing, and could not say so.
 */
final class OnnxRuntime {

    private OnnxRuntime() {}

    /**
     * The process-wide environment; ONNX Runtime keeps one for everybody and never closes it. The first call loads the
     * native library.
     *
     * @throws IllegalStateException if it does not load, saying why and what to do
     */
    static OrtEnvironment environment() {
        try {
            return OrtEnvironment.getEnvironment();
        } catch (LinkageError | RuntimeException e) {
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            throw new IllegalStateException(
                    "ONNX Runtime's native library does not load here (" + cause
                            + "); it needs com.microsoft.onnxruntime:onnxruntime:1.20.0 on the path, Linux or macOS on"
                            + " x86-64 or ARM64 or Windows on x86-64, a temporary folder from which libraries may be"
                            + " loaded, and --enable-native-access=com.microsoft.onnxruntime (ALL-UNNAMED on the class"
                            + " path)",
                    e);
        }
    }
}
