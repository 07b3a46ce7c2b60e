package org.ruvector.testkit;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.ruvector.api.ElementType;
import org.ruvector.api.Query;
import org.ruvector.api.ScalarKernels;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.Codes;
import org.ruvector.api.spi.Quantizer;
import org.ruvector.api.spi.QuantizerSpec;
import org.ruvector.api.spi.RowKernel;
import org.ruvector.api.spi.Scorer;
import org.ruvector.api.spi.SectionWriter;

/** Rounds every coordinate to one of 256 steps between the least and the greatest of the sample. */
record RoundingQuantizer(QuantizerSpec spec, float least, float step) implements Quantizer {

    @Override
    public int codeBytes() {
        return spec.dimension();
    }

    @Override
    public void encode(VectorRows rows, MemorySegment codes) {
        require(rows.type(), rows.dimension());
        rows.requireValid();
        for (long i = 0; i < (long) rows.count() * rows.dimension(); i++) {
            float steps = (rows.segment().get(VectorRows.FLOAT, 4 * i) - least) / step;
            codes.set(ValueLayout.JAVA_BYTE, i, (byte) Math.clamp(Math.round(steps), 0, 255));
        }
    }

    @Override
    public void decode(Codes codes, int ordinal, float[] out) {
        require(codes);
        for (int i = 0; i < out.length; i++) {
            byte code = codes.segment().get(ValueLayout.JAVA_BYTE, (long) ordinal * codeBytes() + i);
            out[i] = least + step * (code & 0xff);
        }
    }

    @Override
    public Scorer scorer(Query query, Codes codes) {
        require(codes);
        require(query.type(), query.dimension());
        float[] vector = ((Query.Floats) query).vector();
        RowKernel<float[]> kernel = new ScalarKernels().floats(spec.metric());
        float[] decoded = new float[vector.length];
        return (ordinals, n, bound, out) -> {
            float best = Float.POSITIVE_INFINITY;
            for (int i = 0; i < n; i++) {
                decode(codes, ordinals[i], decoded);
                out[i] = kernel.distance(
                        vector, VectorRows.ofFloats(decoded, decoded.length).segment(), 0);
                best = Math.min(best, out[i]);
            }
            return best;
        };
    }

    @Override
    public Scorer scorer(int ordinal, Codes codes) {
        float[] vector = new float[spec.dimension()];
        decode(codes, ordinal, vector);
        return scorer(Query.of(vector), codes);
    }

    @Override
    public void save(SectionWriter file, String prefix) throws IOException {
        file.section(prefix + "range", MemorySegment.ofArray(new float[] {least, step}));
    }

    private void require(Codes codes) {
        if (codes.codeBytes() != codeBytes()) {
            throw new IllegalArgumentException("The codes have " + codes.codeBytes()
                    + " bytes, but this quantizer's have " + codeBytes() + "; score codes that it made");
        }
    }

    void require(ElementType type, int dimension) {
        if (type != ElementType.FLOAT32 || dimension != spec.dimension()) {
            throw new IllegalArgumentException("The vectors have " + dimension + " × " + type.text()
                    + ", but this quantizer takes " + spec.dimension() + " × float32");
        }
    }
}
