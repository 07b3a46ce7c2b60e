package org.ruvector.quant.spi;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import org.ruvector.api.Metric;
import org.ruvector.api.Query;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.Codes;
import org.ruvector.api.spi.NeighbourhoodCodec;
import org.ruvector.api.spi.Quantizer;
import org.ruvector.api.spi.QuantizerSpec;
import org.ruvector.api.spi.Scorer;
import org.ruvector.api.spi.SectionWriter;

/**
 * The nearest centroid in each of several sub-spaces of the vector, perhaps after a rotation: see {@link PqProvider} and
 * {@link OpqProvider}. Under cosine a decoded vector counts as one of unit length, because the inner product with it is what is expected
 * of the vectors that have its code. Immutable and thread-safe.
 */
final class ProductQuantizer implements Quantizer {
    /** Says that no rotation was learnt, so that one that is missing is noticed. */
    static final String NO_ROTATION = "no-rotation";

    private final QuantizerSpec spec;
    private final Rotation rotation;
    private final Codebooks codebooks;
    private final int codeBytes;

    /** Takes the rotation, {@code null} for none. */
    ProductQuantizer(QuantizerSpec spec, Rotation rotation, Codebooks codebooks) {
        this.spec = spec;
        this.rotation = rotation;
        this.codebooks = codebooks;
        this.codeBytes = PackedBits.bytes(codebooks.m(), codebooks.bits());
    }

    @Override
    public QuantizerSpec spec() {
        return spec;
    }

    @Override
    public int codeBytes() {
        return codeBytes;
    }

    @Override
    public void encode(VectorRows rows, MemorySegment codes) {
        Sample vectors = Sample.toEncode(rows, spec);
        float[] x = new float[spec.dimension()];
        float[] y = rotation == null ? x : new float[codebooks.dimension()];
        int[] numbers = new int[codebooks.m()];
        float[] distances = new float[1 << codebooks.bits()];
        byte[] packed = new byte[codeBytes];
        for (int row = 0; row < rows.count(); row++) {
            vectors.row(row, x);
            if (rotation != null) {
                rotation.rotate(x, y);
            }
            codebooks.encode(y, 0, numbers, distances);
            PackedBits.pack(numbers, numbers.length, codebooks.bits(), packed);
            MemorySegment.copy(packed, 0, codes, ValueLayout.JAVA_BYTE, (long) row * codeBytes, codeBytes);
        }
    }

    @Override
    public void decode(Codes codes, int ordinal, float[] out) {
        OwnCodes.require(codes, codeBytes);
        int[] numbers = new int[codebooks.m()];
        long at = (long) ordinal * codeBytes;
        for (int s = 0; s < numbers.length; s++) {
            int first = s * codebooks.bits();
            int held = codes.segment().get(ValueLayout.JAVA_BYTE, at + (first >> 3));
            numbers[s] = (held >>> (first & 7)) & ((1 << codebooks.bits()) - 1);
        }
        if (rotation == null) {
            codebooks.decode(numbers, out, 0);
            return;
        }
        float[] y = new float[codebooks.dimension()];
        codebooks.decode(numbers, y, 0);
        rotation.unrotate(y, out);
    }

    @Override
    public Scorer scorer(Query query, Codes codes) {
        OwnCodes.require(codes, codeBytes);
        float[] y = Sample.query(query, spec);
        if (rotation != null) {
            float[] x = y;
            y = new float[codebooks.dimension()];
            rotation.rotate(x, y);
        }
        float own = spec.metric() == Metric.COSINE ? 1 : 0;
        return new ProductScorer(codes, codebooks.byteTables(y, spec.metric()), own);
    }

    @Override
    public Scorer scorer(int ordinal, Codes codes) {
        float[] vector = new float[spec.dimension()];
        decode(codes, ordinal, vector);
        return scorer(Query.of(vector), codes);
    }

    @Override
    public Optional<NeighbourhoodCodec> neighbourhoods() {
        return codebooks.bits() == 4
                ? Optional.of(new ProductNeighbourhoods(spec, rotation, codebooks))
                : Optional.empty();
    }

    @Override
    public void save(SectionWriter file, String prefix) throws IOException {
        Floats.write(file, prefix + "centroids", codebooks.toArray());
        if (rotation instanceof DenseRotation dense) {
            Floats.write(file, prefix + "rotation", dense.matrix());
        } else {
            Floats.write(file, prefix + NO_ROTATION, new float[0]);
        }
    }
}
