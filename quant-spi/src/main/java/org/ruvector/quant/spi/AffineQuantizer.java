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
 * Codes of a few bits per coordinate of the centred, perhaps rotated vector, and three floats that make a distance of them.
 *
 * <p>With the vector {@code x}, the mean {@code m}, {@code y = R(x − m)} and its approximation {@code u} by a {@link Rounding}, the
 * inner product with a query is estimated by {@code ⟨R(q − m), y⟩ ≈ ⟨R(q − m), u⟩ · |y|² / ⟨u, y⟩}. That is the estimator of RaBitQ
 * (J. Gao and C. Long, SIGMOD 2024): the factor removes the part of the error that lies along {@code y}, which counts most for
 * the nearest vectors; with a random rotation the estimate is unbiased. What it takes besides, {@code |y|²} or {@code ⟨m, y⟩}, is
 * kept exactly. A code is {@code A, B, C} as floats, then the packed integers {@code c}; the distance to it is
 * {@code C + A·Σ offsetᵢ·wᵢ + B·Σ stepᵢ·wᵢ·cᵢ} with {@code w = R(q − m)}, and what belongs to the query alone.
 *
 * <p>Distances are estimates and may lie a little below the least that the metric allows. Where squares overflow, as those of
 * coordinates of 10¹⁸ do, they may be infinite, but are never NaN; vectors are decoded well up to coordinates of 10³⁰. Immutable and thread-safe.
 */
final class AffineQuantizer implements Quantizer {
    static final int HEAD = 12;
    /** Below it the approximation has next to nothing of the vector's direction, and the factor would be noise. */
    private static final double LEAST_COSINE = 1e-3;

    private final QuantizerSpec spec;
    private final float[] mean;
    private final HadamardRotation rotation;
    private final Rounding rounding;
    private final int width;
    private final int codeBytes;

    /** Takes a rotation or {@code null}. */
    AffineQuantizer(QuantizerSpec spec, float[] mean, HadamardRotation rotation, Rounding rounding) {
        this.spec = spec;
        this.mean = mean;
        this.rotation = rotation;
        this.rounding = rounding;
        this.width = rotation == null ? spec.dimension() : rotation.rotatedDimension();
        this.codeBytes = HEAD + PackedBits.bytes(width, rounding.bits());
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
        float[] y = new float[width];
        int[] integers = new int[width];
        double[] own = new double[2];
        byte[] packed = new byte[codeBytes - HEAD];
        for (int row = 0; row < rows.count(); row++) {
            vectors.row(row, x);
            transform(x, y);
            rounding.round(y, integers, own);
            double squares = 0;
            double along = 0;
            double length = 0;
            for (int i = 0; i < width; i++) {
                double u = own[0] * offset(i) + own[1] * step(i) * integers[i];
                squares += (double) y[i] * y[i];
                along += u * y[i];
                length += u * u;
            }
            boolean aligned = along > LEAST_COSINE * Math.sqrt(squares * length);
            double factor = aligned ? squares / along : squares > 0 ? 1 : 0;
            double weight = spec.metric() == Metric.EUCLIDEAN ? -2 : -1;
            long at = (long) row * codeBytes;
            codes.set(VectorRows.FLOAT, at, (float) (weight * factor * own[0]));
            codes.set(VectorRows.FLOAT, at + 4, (float) (weight * factor * own[1]));
            codes.set(VectorRows.FLOAT, at + 8, (float) constant(x, squares));
            PackedBits.pack(integers, width, rounding.bits(), packed);
            MemorySegment.copy(packed, 0, codes, ValueLayout.JAVA_BYTE, at + HEAD, packed.length);
        }
    }

    /** What of the distance belongs to the vector alone. */
    private double constant(float[] x, double squares) {
        if (spec.metric() == Metric.EUCLIDEAN) {
            return squares;
        }
        // ⟨q, x⟩ = ⟨q − m, x − m⟩ + ⟨m, x − m⟩ + ⟨q, m⟩.
        double dot = 0;
        for (int i = 0; i < x.length; i++) {
            dot += (double) mean[i] * (x[i] - mean[i]);
        }
        return -dot;
    }

    private float offset(int i) {
        return rounding.offsets() == null ? 1 : rounding.offsets()[i];
    }

    private float step(int i) {
        return rounding.steps() == null ? 1 : rounding.steps()[i];
    }

    /** {@code y = R(x − m)}. */
    private void transform(float[] x, float[] y) {
        float[] centred = rotation == null ? y : new float[x.length];
        for (int i = 0; i < x.length; i++) {
            centred[i] = x[i] - mean[i];
        }
        if (rotation != null) {
            rotation.rotate(centred, y);
        }
    }

    /** The vector whose inner products with queries are the estimates: as long as the estimator needs it, not as the original. */
    @Override
    public void decode(Codes codes, int ordinal, float[] out) {
        OwnCodes.require(codes, codeBytes);
        long at = (long) ordinal * codeBytes;
        float weight = spec.metric() == Metric.EUCLIDEAN ? -0.5f : -1;
        float a = weight * codes.segment().get(VectorRows.FLOAT, at);
        float s = weight * codes.segment().get(VectorRows.FLOAT, at + 4);
        byte[] packed = new byte[codeBytes - HEAD];
        MemorySegment.copy(codes.segment(), ValueLayout.JAVA_BYTE, at + HEAD, packed, 0, packed.length);
        float[] y = new float[width];
        PackedBits.unpack(packed, width, rounding.bits(), y);
        for (int i = 0; i < width; i++) {
            y[i] = a * offset(i) + s * step(i) * y[i];
        }
        float[] centred = y;
        if (rotation != null) {
            centred = new float[out.length];
            rotation.unrotate(y, centred);
        }
        for (int i = 0; i < out.length; i++) {
            out[i] = centred[i] + mean[i];
        }
    }

    @Override
    public Scorer scorer(Query query, Codes codes) {
        OwnCodes.require(codes, codeBytes);
        float[] q = Sample.query(query, spec);
        float[] w = new float[width];
        transform(q, w);
        double own = spec.metric() == Metric.COSINE ? 1 : 0;
        double offsets = 0;
        for (int i = 0; i < width; i++) {
            own += spec.metric() == Metric.EUCLIDEAN ? (double) w[i] * w[i] : 0;
            offsets += (double) w[i] * offset(i);
            w[i] *= step(i);
        }
        for (int i = 0; spec.metric() != Metric.EUCLIDEAN && i < q.length; i++) {
            own -= (double) q[i] * mean[i];
        }
        return new AffineScorer(codes, rounding.bits(), w, (float) offsets, (float) own);
    }

    @Override
    public Scorer scorer(int ordinal, Codes codes) {
        float[] vector = new float[spec.dimension()];
        decode(codes, ordinal, vector);
        return scorer(Query.of(vector), codes);
    }

    @Override
    public Optional<NeighbourhoodCodec> neighbourhoods() {
        return rotation != null && rounding instanceof Rounding.NearestDirection nearest
                ? Optional.of(new RabitqNeighbourhoods(spec, mean, rotation, nearest))
                : Optional.empty();
    }

    @Override
    public void save(SectionWriter file, String prefix) throws IOException {
        Floats.write(file, prefix + "mean", mean);
        if (rounding instanceof Rounding.ColumnRanges ranges) {
            Floats.write(file, prefix + "offsets", ranges.offsets());
            Floats.write(file, prefix + "steps", ranges.steps());
        }
    }
}
