package org.ruvector.embed.minilm;

import org.ruvector.api.spi.Availability;
import org.ruvector.api.spi.TextEmbedder;
import org.ruvector.api.spi.TextEmbedderProvider;

/**
 * The plugin {@value #NAME}: texts to unit vectors of {@value #DIMENSION} numbers with all-MiniLM-L6-v2, in this
 * process, from files that are on the path; nothing is downloaded.
 *
 * <p>Formula: with {@code h[t]} the model's last hidden state at token {@code t} and {@code m[t]} the attention mask (1
 * for a token, 0 for padding),
 *
 * <pre>
 *   mean = Σ_t m[t]·h[t] / Σ_t m[t]        vector = mean / ‖mean‖₂
 * </pre>
 *
 * so that the inner product of two vectors is the cosine of their means. Papers: Nils Reimers and Iryna Gurevych,
 * "Sentence-BERT: Sentence Embeddings using Siamese BERT-Networks", EMNLP 2019 (mean pooling, the training of sentence
 * encoders); Wenhui Wang, Furu Wei, Li Dong, Hangbo Bao, Nan Yang and Ming Zhou, "MiniLM: Deep Self-Attention
 * Distillation for Task-Agnostic Compression of Pre-Trained Transformers", NeurIPS 2020 (the model: 6 layers, 12 heads,
 * width 384).
 *
 * <p>What its embedders do:
 *
 * <ul>
 *   <li><b>Texts.</b> Lower-cased and stripped of accents, as BERT's uncased tokenizer does. Only the first {@value
 *       #MAX_TOKENS} word pieces count (two of them are the marks of beginning and end); the rest of a long text is
 *       ignored. An empty or blank text is a text like any other, with its own unit vector. {@code null} is refused.
 *   <li><b>Determinism.</b> A vector depends on its text alone: not on the other texts of a call, on their order, or on
 *       what other threads do. Texts of equal token count share a batch of up to 16, so nothing is
 *       ever padded. Machines with different vector instructions may differ in the last bits.
 *   <li><b>Arrays.</b> A returned array is the caller's. {@code embedAll} writes row {@code i} of {@code out}
 *       ({@code float[n·384]}, row-major) for text {@code i}, and nothing behind row {@code n − 1}; after an exception
 *       some rows may be written.
 *   <li><b>Threads.</b> Any number of threads may share one embedder; each call runs on its caller's thread alone, so
 *       calling from several threads is how to use several cores. {@code close} waits for running calls, may be
 *       repeated, and makes later calls fail.
 *   <li><b>Cost.</b> Time proportional to the number of tokens, about 8,000 tokens (360 glosses of WordNet) a second
 *       and core; about 0.3 GB of memory outside the heap. Large lists are faster than small ones because their batches
 *       are fuller.
 *   <li><b>Values.</b> Every component is finite. Should the model ever give NaN, infinity or a zero vector, the call
 *       throws {@link IllegalStateException} and names the text.
 * </ul>
 *
 * <p>ONNX Runtime unpacks its native library into the temporary folder while it loads, and its module wants {@code
 * --enable-native-access=com.microsoft.onnxruntime} ({@code ALL-UNNAMED} on the class path).
 *
 * <p>Stateless; safe for use by any number of threads.
 */
public final class MiniLmEmbedderProvider implements TextEmbedderProvider {

    /** The plugin's name, {@value}. */
    public static final String NAME = "minilm";

    /** Numbers in a vector, {@value}. */
    public static final int DIMENSION = 384;

    /** Word pieces of a text that count, {@value}, the two marks included: what the model was tuned with. */
    public static final int MAX_TOKENS = 256;

    /** For {@link java.util.ServiceLoader}, and for {@code plugins.with(new MiniLmEmbedderProvider())}. */
    public MiniLmEmbedderProvider() {}

    @Override
    public String name() {
        return NAME;
    }

    /**
     * Whether the model's files are on the path and ONNX Runtime's native library loads here; the first call in a
     * process loads it, in about 0.2 s.
     */
    @Override
    public Availability availability() {
        try {
            checkUsable();
            return new Availability.Usable();
        } catch (IllegalStateException e) {
            return new Availability.Unusable(e.getMessage());
        }
    }

    /**
     * Loads the model, in about a second.
     *
     * @return an embedder with its own copy of the model; close it to free that memory
     * @throws IllegalStateException if {@link #availability()} says that it cannot run here, with that reason, or if
     *     the files on the path are damaged or another model's
     */
    @Override
    public TextEmbedder create() {
        checkUsable();
        return MiniLmEmbedder.open();
    }

    private static void checkUsable() {
        MiniLmResources.checkPresent();
        OnnxRuntime.environment();
    }
}
