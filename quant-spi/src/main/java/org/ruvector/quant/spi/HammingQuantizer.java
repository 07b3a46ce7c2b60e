package org.ruvector.quant.spi;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import org.ruvector.api.ElementType;
import org.ruvector.api.Query;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.Codes;
import org.ruvector.api.spi.Quantizer;
import org.ruvector.api.spi.QuantizerSpec;
import org.ruvector.api.spi.Scorer;
import org.ruvector.api.spi.SectionReader;
import org.ruvector.api.spi.SectionWriter;

/**
 * Codes of bits: bit {@code i} is 1 where {@code fᵢ((x − mean) / scale) ≥ 0}, bit {@code i mod 64} of the little-endian word
 * {@code i / 64}; spare bits are 0. A score is the Hamming distance to the query's own code, a whole number from 0 to
 * {@code bits}: it ranks, but is no distance of the metric, and vectors' lengths are lost, which matters under inner product.
 *
 * <p>Decoding gives {@code mean + scale · Jᵀ(a ⊙ signs)}: {@code J} is the derivative of {@code f} at the mean, {@code aᵢ} the mean
 * of {@code |fᵢ|} over the sample, all times the one factor that fits the sample best. For {@code f} the identity that is each
 * coordinate's best guess from its sign; for orthonormal {@code f} likewise within their span; otherwise it is rough.
 *
 * <p>Immutable and thread-safe.
 */
final class HammingQuantizer implements Quantizer {
    private final QuantizerSpec spec;
    private final Centring centring;
    private final HashFunction function;
    /** By output, what a 1 stands for when decoding; a 0 stands for its negative. */
    private final float[] magnitudes;

    private HammingQuantizer(QuantizerSpec spec, Centring centring, HashFunction function, float[] magnitudes) {
        this.spec = spec;
        this.centring = centring;
        this.function = function;
        this.magnitudes = magnitudes;
    }

    /** Learns to decode. */
    static HammingQuantizer of(QuantizerSpec spec, CentredRows rows, HashFunction function) {
        int bits = function.bits();
        double[] sums = new double[bits];
        float[] y = new float[bits];
        for (float[] row : rows.rows()) {
            function.apply(row, y);
            for (int i = 0; i < bits; i++) {
                sums[i] += Math.abs(y[i]);
            }
        }
        float[] magnitudes = new float[bits];
        for (int i = 0; i < bits; i++) {
            magnitudes[i] = (float) (sums[i] / rows.count());
        }
        double along = 0;
        double length = 0;
        float[] decoded = new float[rows.dimension()];
        for (float[] row : rows.rows()) {
            function.apply(row, y);
            for (int i = 0; i < bits; i++) {
                y[i] = y[i] >= 0 ? magnitudes[i] : -magnitudes[i];
            }
            function.pullBack(y, decoded);
            for (int i = 0; i < decoded.length; i++) {
                along += (double) row[i] * decoded[i];
                length += (double) decoded[i] * decoded[i];
            }
        }
        double factor = length > 0 ? along / length : 0;
        for (int i = 0; i < bits; i++) {
            magnitudes[i] = (float) (magnitudes[i] * factor);
        }
        return new HammingQuantizer(spec, rows.centring(), function, magnitudes);
    }

    /** Reads back what {@link #save} wrote, but for the function. */
    static HammingQuantizer open(SectionReader file, String prefix, QuantizerSpec spec, HashFunction function) {
        Centring centring = Centring.open(file, prefix, spec.dimension());
        float[] magnitudes = Floats.read(file, prefix + "magnitudes", function.bits());
        return new HammingQuantizer(spec, centring, function, magnitudes);
    }

    @Override
    public QuantizerSpec spec() {
        return spec;
    }

    @Override
    public int codeBytes() {
        return Long.BYTES * ElementType.words(function.bits());
    }

    @Override
    public boolean estimatesDistances() {
        return false;
    }

    @Override
    public void encode(VectorRows rows, MemorySegment codes) {
        Sample vectors = Sample.toEncode(rows, spec);
        float[] x = new float[spec.dimension()];
        float[] y = new float[function.bits()];
        long[] code = new long[ElementType.words(y.length)];
        for (int row = 0; row < rows.count(); row++) {
            vectors.row(row, x);
            encode(x, y, code);
            MemorySegment.copy(code, 0, codes, VectorRows.LONG, (long) row * codeBytes(), code.length);
        }
    }

    /** Replaces {@code x} by the centred vector, {@code y} by the outputs. */
    private void encode(float[] x, float[] y, long[] code) {
        centring.apply(x);
        function.apply(x, y);
        for (int w = 0; w < code.length; w++) {
            long word = 0;
            for (int i = w << 6; i < Math.min(y.length, (w + 1) << 6); i++) {
                word |= (y[i] >= 0 ? 1L : 0L) << i;
            }
            code[w] = word;
        }
    }

    @Override
    public void decode(Codes codes, int ordinal, float[] out) {
        long[] code = code(codes, ordinal);
        float[] y = magnitudes.clone();
        for (int i = 0; i < y.length; i++) {
            y[i] = (code[i >> 6] >>> i & 1) != 0 ? y[i] : -y[i];
        }
        function.pullBack(y, out);
        centring.undo(out);
    }

    private long[] code(Codes codes, int ordinal) {
        OwnCodes.require(codes, codeBytes());
        long[] code = new long[ElementType.words(function.bits())];
        MemorySegment.copy(codes.segment(), VectorRows.LONG, (long) ordinal * codeBytes(), code, 0, code.length);
        return code;
    }

    @Override
    public Scorer scorer(Query query, Codes codes) {
        OwnCodes.require(codes, codeBytes());
        long[] code = new long[ElementType.words(function.bits())];
        encode(Sample.query(query, spec).clone(), new float[function.bits()], code);
        return new HammingScorer(codes, code);
    }

    @Override
    public Scorer scorer(int ordinal, Codes codes) {
        return new HammingScorer(codes, code(codes, ordinal));
    }

    @Override
    public void save(SectionWriter file, String prefix) throws IOException {
        centring.save(file, prefix);
        Floats.write(file, prefix + "magnitudes", magnitudes);
        function.save(file, prefix);
    }
}
