package org.ruvector.testkit;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.MemorySegment;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.ruvector.api.Metric;
import org.ruvector.api.ScalarKernels;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.KernelProvider;
import org.ruvector.api.spi.RowKernel;

/** What the contract of kernels notices: a test of the tests. */
final class KernelContractTest {

    private enum Fault {
        FORGETS_THE_TAIL,
        SUMS_IN_32_BITS,
        ANSWERS_NAN_FOR_ZERO,
        ALIGNS_ROWS,
        SKIPS_THE_LAST_ROW,
        ANSWERS_THE_LAST_AS_BEST,
        WRITES_BEYOND_N,
        SUMS_A_GROUP_IN_ANOTHER_ORDER,
        LOSES_SMALL_SQUARES,
        GIVES_UP_AT_THE_BOUND,
        GIVES_UP_WITHIN_THE_BOUND,
        MULTIPLIES_IN_32_BITS
    }

    private interface Law {
        void check(KernelContract contract) throws Throwable;
    }

    private static Law law(Fault fault) {
        return switch (fault) {
            case FORGETS_THE_TAIL -> KernelContract::pairsAgreeWithTheDefinition;
            case SUMS_IN_32_BITS -> KernelContract::sumsOfExtremeBytesDoNotOverflow;
            case ANSWERS_NAN_FOR_ZERO -> KernelContract::underCosineAZeroVectorIsAtDistance1;
            case ALIGNS_ROWS -> KernelContract::rowsMayStartAtAnyByte;
            case SKIPS_THE_LAST_ROW, ANSWERS_THE_LAST_AS_BEST, WRITES_BEYOND_N -> KernelContract::bulkAgreesWithPairs;
            case SUMS_A_GROUP_IN_ANOTHER_ORDER -> KernelContract::equalInputsGiveEqualBitsInEitherForm;
            case LOSES_SMALL_SQUARES -> KernelContract::cosineHoldsForTheLargestAndTheSmallestFloats;
            case GIVES_UP_AT_THE_BOUND, GIVES_UP_WITHIN_THE_BOUND -> KernelContract::rowsWithinTheBoundGetTheirDistance;
            case MULTIPLIES_IN_32_BITS -> KernelContract::rowsBeyondTwoGigabytesAreReached;
        };
    }

    @TestFactory
    Stream<DynamicTest> everyFaultIsNoticed() {
        return Stream.of(Fault.values()).map(fault -> {
            KernelContract contract = () -> new FaultyKernels(fault);
            return DynamicTest.dynamicTest(
                    fault.name(),
                    () -> assertThrows(Throwable.class, () -> law(fault).check(contract)));
        });
    }

    /** The scalar kernels with one fault. */
    private record FaultyKernels(Fault fault) implements KernelProvider {
        @Override
        public String name() {
            return "faulty";
        }

        @Override
        public int priority() {
            return 0;
        }

        @Override
        public String describe() {
            return "faulty";
        }

        @Override
        public RowKernel<float[]> floats(Metric metric) {
            return new FaultyKernel<>(
                    fault,
                    switch (fault) {
                        case FORGETS_THE_TAIL -> FaultyKernels::tailless;
                        case LOSES_SMALL_SQUARES -> FaultyKernels::cosineInSinglePrecision;
                        default -> right().floats(metric);
                    });
        }

        @Override
        public RowKernel<byte[]> bytes(Metric metric) {
            RowKernel<byte[]> kernel = right().bytes(metric);
            return new FaultyKernel<>(
                    fault,
                    fault == Fault.SUMS_IN_32_BITS
                            ? (query, rows, offset) -> (int) (long) kernel.distance(query, rows, offset)
                            : kernel);
        }

        @Override
        public RowKernel<long[]> bits() {
            return new FaultyKernel<>(fault, right().bits());
        }

        private static ScalarKernels right() {
            return new ScalarKernels();
        }

        private static float cosineInSinglePrecision(float[] query, MemorySegment rows, long offset) {
            float dot = 0;
            float qq = 0;
            float xx = 0;
            for (int i = 0; i < query.length; i++) {
                float x = rows.get(VectorRows.FLOAT, offset + 4L * i);
                dot += query[i] * x;
                qq += query[i] * query[i];
                xx += x * x;
            }
            return ScalarKernels.cosine(dot, qq, xx);
        }

        private static float tailless(float[] query, MemorySegment rows, long offset) {
            float sum = 0;
            for (int i = 0; i < query.length / 8 * 8; i++) {
                float d = query[i] - rows.get(VectorRows.FLOAT, offset + 4L * i);
                sum += d * d;
            }
            return sum;
        }
    }

    private record FaultyKernel<Q>(Fault fault, RowKernel<Q> right) implements RowKernel<Q> {
        @Override
        public float distance(Q query, MemorySegment rows, long offset) {
            float distance = right.distance(query, rows, fault == Fault.ALIGNS_ROWS ? offset / 4 * 4 : offset);
            return fault == Fault.ANSWERS_NAN_FOR_ZERO && distance == 1 ? Float.NaN : distance;
        }

        @Override
        public float distances(
                Q query, MemorySegment rows, long stride, int[] ordinals, int n, float bound, float[] out) {
            float best = Float.POSITIVE_INFINITY;
            int count = fault == Fault.SKIPS_THE_LAST_ROW ? n / 4 * 4 : n;
            for (int i = 0; i < count; i++) {
                long offset = ordinals[i] * stride;
                if (fault == Fault.MULTIPLIES_IN_32_BITS) {
                    offset = (int) (ordinals[i] * stride);
                }
                float distance = distance(query, rows, offset);
                if (fault == Fault.GIVES_UP_AT_THE_BOUND && distance > bound) {
                    distance = bound;
                }
                if (fault == Fault.GIVES_UP_WITHIN_THE_BOUND && distance > bound * 0.9f) {
                    distance = Float.MAX_VALUE;
                }
                if (fault == Fault.SUMS_A_GROUP_IN_ANOTHER_ORDER && i < n / 4 * 4) {
                    distance = Math.nextUp(distance);
                }
                out[i] = distance;
                best = fault == Fault.ANSWERS_THE_LAST_AS_BEST ? distance : Math.min(best, distance);
            }
            if (fault == Fault.WRITES_BEYOND_N) {
                out[n] = 0;
            }
            return best;
        }
    }
}
