package org.ruvector.quant.spi;

import java.lang.foreign.MemorySegment;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.Codes;
import org.ruvector.api.spi.Scorer;

/** Numbers of bits in which codes differ from one code. A distance counted is a distance known: no bound makes it cheaper. */
final class HammingScorer implements Scorer {
    private final MemorySegment codes;
    private final long codeBytes;
    private final long[] code;

    /** Takes the code to compare with, as long as the others. */
    HammingScorer(Codes codes, long[] code) {
        this.codes = codes.segment();
        this.codeBytes = codes.codeBytes();
        this.code = code;
    }

    @Override
    public float score(int[] ordinals, int n, float bound, float[] out) {
        int best = Integer.MAX_VALUE;
        int i = 0;
        // Four codes at once: their cache misses overlap.
        for (; i + 4 <= n; i += 4) {
            long at0 = ordinals[i] * codeBytes;
            long at1 = ordinals[i + 1] * codeBytes;
            long at2 = ordinals[i + 2] * codeBytes;
            long at3 = ordinals[i + 3] * codeBytes;
            int d0 = 0;
            int d1 = 0;
            int d2 = 0;
            int d3 = 0;
            for (int w = 0; w < code.length; w++) {
                long word = code[w];
                d0 += Long.bitCount(word ^ codes.get(VectorRows.LONG, at0 + 8L * w));
                d1 += Long.bitCount(word ^ codes.get(VectorRows.LONG, at1 + 8L * w));
                d2 += Long.bitCount(word ^ codes.get(VectorRows.LONG, at2 + 8L * w));
                d3 += Long.bitCount(word ^ codes.get(VectorRows.LONG, at3 + 8L * w));
            }
            out[i] = d0;
            out[i + 1] = d1;
            out[i + 2] = d2;
            out[i + 3] = d3;
            best = Math.min(best, Math.min(Math.min(d0, d1), Math.min(d2, d3)));
        }
        for (; i < n; i++) {
            long at = ordinals[i] * codeBytes;
            int d = 0;
            for (int w = 0; w < code.length; w++) {
                d += Long.bitCount(code[w] ^ codes.get(VectorRows.LONG, at + 8L * w));
            }
            out[i] = d;
            best = Math.min(best, d);
        }
        return n == 0 ? Float.POSITIVE_INFINITY : best;
    }
}
