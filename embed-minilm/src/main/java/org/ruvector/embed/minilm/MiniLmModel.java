package org.ruvector.embed.minilm;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.lang.foreign.Arena;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.Map;

/**
 * The network in an ONNX Runtime session of its own: token ids to hidden states.
 *
 * <p>A run uses its caller's thread only (one intra-op thread, no spinning). Any number of threads may run; nobody may
 * while somebody closes.
 */
final class MiniLmModel implements AutoCloseable {

    /** Most texts in a batch: measured, twice as many are no faster. */
    static final int MAX_BATCH = 16;

    /** Most tokens in a batch, which bounds the memory of a run: 2,048 tokens take about 70 MB. */
    private static final int MAX_BATCH_TOKENS = 2_048;

    private final OrtEnvironment environment;
    private final OrtSession session;

    private MiniLmModel(OrtEnvironment environment, OrtSession session) {
        this.environment = environment;
        this.session = session;
    }

    /** Loads the model. */
    static MiniLmModel open() {
        OrtEnvironment environment = OnnxRuntime.environment();
        try (Arena arena = Arena.ofShared();
                OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
            return new MiniLmModel(environment, environment.createSession(MiniLmResources.model(arena), options));
        } catch (OrtException e) {
            throw new IllegalStateException(
                    "ONNX Runtime " + environment.getVersion() + " does not accept the model: " + e.getMessage()
                            + "; use version 1.20.0",
                    e);
        }
    }

    /** Texts in a batch of texts of so many tokens. */
    static int batchSize(int length) {
        return Math.clamp(MAX_BATCH_TOKENS / length, 1, MAX_BATCH);
    }

    /**
     * Runs the network.
     *
     * @param ids {@code long[texts·length]}, row-major, without padding; only read
     * @return the last hidden states, {@code float[texts·length·384]}, row-major: the caller's
     */
    float[] run(long[] ids, int texts, int length) {
        long[] shape = {texts, length};
        long[] mask = new long[ids.length];
        Arrays.fill(mask, 1);
        long[] types = new long[ids.length];
        try (OnnxTensor idTensor = OnnxTensor.createTensor(environment, LongBuffer.wrap(ids), shape);
                OnnxTensor maskTensor = OnnxTensor.createTensor(environment, LongBuffer.wrap(mask), shape);
                OnnxTensor typeTensor = OnnxTensor.createTensor(environment, LongBuffer.wrap(types), shape);
                OrtSession.Result result = session.run(
                        Map.of("input_ids", idTensor, "attention_mask", maskTensor, "token_type_ids", typeTensor))) {
            float[] hidden = new float[ids.length * MiniLmEmbedderProvider.DIMENSION];
            ((OnnxTensor) result.get(0)).getFloatBuffer().get(hidden);
            return hidden;
        } catch (OrtException e) {
            throw new IllegalStateException(
                    "ONNX Runtime failed on " + texts + " texts of " + length + " tokens: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime did not close its session: " + e.getMessage(), e);
        }
    }
}
