package org.ruvector.quant.spi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sums of table entries beside a plain loop over them. */
final class FastScanTest {

    @Test
    void whatIsPutIsThere() {
        MemorySegment block = Arena.ofAuto().allocate(FastScan.bytes(8) + 3, 64);
        SplittableRandom random = new SplittableRandom(1);
        int[][] bits = new int[FastScan.WIDTH][8];
        for (int round = 0; round < 2; round++) {
            for (int v = 0; v < FastScan.WIDTH; v++) {
                for (int s = 0; s < 8; s++) {
                    bits[v][s] = random.nextInt(16);
                    FastScan.put(block, 3, v, s, bits[v][s]);
                }
            }
            for (int v = 0; v < FastScan.WIDTH; v++) {
                for (int s = 0; s < 8; s++) {
                    assertEquals(bits[v][s], FastScan.get(block, 3, v, s), "vector " + v + ", sub-space " + s);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 8, 12, 16, 20, 24, 96, 196, 1024, 1040})
    void sumsAreThoseOfTheEntriesChosen(int subspaces) {
        for (boolean largest : new boolean[] {false, true}) {
            SplittableRandom random = new SplittableRandom(subspaces);
            int most = Math.min(FastScan.LARGEST, FastScan.LARGEST_SUM / subspaces);
            byte[] tables = new byte[16 * subspaces];
            for (int i = 0; i < tables.length; i++) {
                tables[i] = (byte) (largest ? most : random.nextInt(most + 1));
            }
            MemorySegment block = Arena.ofAuto().allocate(FastScan.bytes(subspaces) + 7, 64);
            float[] expected = new float[FastScan.WIDTH];
            for (int v = 0; v < FastScan.WIDTH; v++) {
                expected[v] = v;
                for (int s = 0; s < subspaces; s++) {
                    int bits = random.nextInt(16);
                    FastScan.put(block, 7, v, s, bits);
                    expected[v] += 2 * tables[16 * s + bits];
                }
            }
            float[] totals = new float[FastScan.WIDTH];
            for (int v = 0; v < FastScan.WIDTH; v++) {
                totals[v] = v;
            }
            FastScan.add(tables, block, 7, 2, totals, new short[FastScan.SCRATCH]);
            assertArrayEquals(expected, totals);
        }
    }
}
