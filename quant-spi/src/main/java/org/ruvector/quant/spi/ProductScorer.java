package org.ruvector.quant.spi;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.Codes;
import org.ruvector.api.spi.Scorer;

/**
 * Distances from one query to codes: of each byte of a code one table entry, added up. Four codes at a time, so that their sums and
 * their cache misses do not wait for each other; a code has the same distance in a group and alone.
 */
final class ProductScorer implements Scorer {
    private final MemorySegment codes;
    private final int codeBytes;
    private final float[] tables;
    private final float own;

    /**
     * Prepares for one query.
     *
     * @param tables 256 floats for each byte of a code
     * @param own    what of the distance belongs to the query alone
     */
    ProductScorer(Codes codes, float[] tables, float own) {
        this.codes = codes.segment();
        this.codeBytes = codes.codeBytes();
        this.tables = tables;
        this.own = own;
    }

    @Override
    public float score(int[] ordinals, int n, float bound, float[] out) {
        int whole = n & ~3;
        for (int i = 0; i < whole; i += 4) {
            four(ordinals, i, out);
        }
        for (int i = whole; i < n; i++) {
            out[i] = one((long) ordinals[i] * codeBytes);
        }
        float best = Float.POSITIVE_INFINITY;
        for (int i = 0; i < n; i++) {
            best = Math.min(best, out[i]);
        }
        // The least of numbers with NaN among them is NaN.
        return Float.isNaN(best) ? Overflow.toInfinity(out, n) : best;
    }

    private void four(int[] ordinals, int at, float[] out) {
        long o0 = (long) ordinals[at] * codeBytes;
        long o1 = (long) ordinals[at + 1] * codeBytes;
        long o2 = (long) ordinals[at + 2] * codeBytes;
        long o3 = (long) ordinals[at + 3] * codeBytes;
        float s0 = own;
        float s1 = own;
        float s2 = own;
        float s3 = own;
        int i = 0;
        // A word of a code at a time: one checked read for eight bytes.
        for (; i + 8 <= codeBytes; i += 8) {
            long w0 = codes.get(VectorRows.LONG, o0 + i);
            long w1 = codes.get(VectorRows.LONG, o1 + i);
            long w2 = codes.get(VectorRows.LONG, o2 + i);
            long w3 = codes.get(VectorRows.LONG, o3 + i);
            int table = i << 8;
            for (int b = 0; b < 8; b++) {
                s0 += tables[table + ((int) (w0 >>> (8 * b)) & 0xff)];
                s1 += tables[table + ((int) (w1 >>> (8 * b)) & 0xff)];
                s2 += tables[table + ((int) (w2 >>> (8 * b)) & 0xff)];
                s3 += tables[table + ((int) (w3 >>> (8 * b)) & 0xff)];
                table += 256;
            }
        }
        for (; i < codeBytes; i++) {
            s0 += entry(o0, i);
            s1 += entry(o1, i);
            s2 += entry(o2, i);
            s3 += entry(o3, i);
        }
        out[at] = s0;
        out[at + 1] = s1;
        out[at + 2] = s2;
        out[at + 3] = s3;
    }

    private float one(long offset) {
        float sum = own;
        for (int i = 0; i < codeBytes; i++) {
            sum += entry(offset, i);
        }
        return sum;
    }

    private float entry(long offset, int i) {
        return tables[(i << 8) + (codes.get(ValueLayout.JAVA_BYTE, offset + i) & 0xff)];
    }
}
