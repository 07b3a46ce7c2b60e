package org.ruvector.quant.spi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ruvector.api.BuildContext;
import org.ruvector.api.ElementType;
import org.ruvector.api.Metric;
import org.ruvector.api.Parameters;
import org.ruvector.api.Plugins;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.QuantizerSpec;
import org.ruvector.testkit.RealData;

final class NeuralHashingTest {
    private static final BuildContext CONTEXT = BuildContext.of(Plugins.none());

    private static NeuralHashing hashing(HashNetwork network, float[][] rows) {
        VectorRows vectors = VectorRows.ofFloats(new FloatMatrix(rows).flat(), rows[0].length);
        QuantizerSpec spec = new QuantizerSpec("neural-hash", Parameters.none(), Metric.EUCLIDEAN, rows[0].length);
        int[] all = IntStream.range(0, rows.length).toArray();
        return new NeuralHashing(network, rows, NearestRows.of(vectors, all, 3, spec, CONTEXT), CONTEXT);
    }

    /** Every weight and bias a little up and down, beside its derivative. */
    @ParameterizedTest
    @CsvSource({"1, 1, 0.1", "2, 1, 0.05", "3, 3, 0.1"})
    void gradientsAreTheFiniteDifferences(long seed, float slope, double temperature) {
        SplittableRandom random = new SplittableRandom(seed);
        HashNetwork network = new HashNetwork(
                FloatMatrix.gaussian(5, 7, 0.5, random),
                FloatMatrix.gaussian(1, 7, 0.2, random).rows()[0],
                FloatMatrix.gaussian(7, 6, 0.5, random),
                FloatMatrix.gaussian(1, 6, 0.2, random).rows()[0]);
        NeuralHashing hashing =
                hashing(network, FloatMatrix.gaussian(14, 5, 1, random).rows());
        NeuralHashing.Relaxation relaxation = new NeuralHashing.Relaxation(slope, temperature);
        int[] batch = {3, 0, 4, 13, 12, 7, 8, 10, 5, 1};
        hashing.differentiate(batch, relaxation);
        float[][] gradients = new float[hashing.gradients().length][];
        for (int i = 0; i < gradients.length; i++) {
            gradients[i] = hashing.gradients()[i].clone();
        }
        float step = 1e-3f;
        double difference = 0;
        double size = 0;
        for (int i = 0; i < gradients.length; i++) {
            float[] parameters = hashing.parameters()[i];
            for (int j = 0; j < parameters.length; j++) {
                float value = parameters[j];
                parameters[j] = value + step;
                double up = hashing.differentiate(batch, relaxation);
                parameters[j] = value - step;
                double down = hashing.differentiate(batch, relaxation);
                parameters[j] = value;
                double d = (up - down) / (2 * step) - gradients[i][j];
                difference += d * d;
                size += (double) gradients[i][j] * gradients[i][j];
            }
        }
        assertTrue(size > 0.01, "the gradient's square is " + size);
        assertTrue(Math.sqrt(difference / size) < 0.01, "relative error " + Math.sqrt(difference / size));
    }

    @Test
    void untrainedCodesAreThoseOfTheMatrix() {
        SplittableRandom random = new SplittableRandom(4);
        FloatMatrix matrix = FloatMatrix.gaussian(9, 12, 3, random);
        float[][] rows = FloatMatrix.gaussian(50, 9, 1, random).rows();
        HashNetwork network = HashNetwork.like(matrix, rows, 20, random);
        float[] expected = new float[12];
        float[] actual = new float[12];
        for (float[] row : rows) {
            matrix.times(row, expected);
            network.apply(row, actual);
            for (int i = 0; i < 12; i++) {
                assertEquals(Math.signum(expected[i]), Math.signum(actual[i]));
            }
        }
    }

    @Test
    void theNumberOfTasksChangesNothing() {
        RealData data = RealData.digits();
        VectorRows base = data.base(ElementType.FLOAT32).slice(0, 300);
        QuantizerSpec spec =
                new QuantizerSpec("neural-hash", Parameters.parse("bits=64,epochs=3"), Metric.EUCLIDEAN, 64);
        try (ExecutorService three = Executors.newFixedThreadPool(3)) {
            assertArrayEquals(codes(spec, base, CONTEXT), codes(spec, base, CONTEXT.on(three, 3)));
        }
    }

    private static byte[] codes(QuantizerSpec spec, VectorRows rows, BuildContext context) {
        byte[] codes = new byte[8 * rows.count()];
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment block = arena.allocate(codes.length, 8);
            new NeuralHashProvider().train(rows, spec, context).encode(rows, block);
            return block.toArray(ValueLayout.JAVA_BYTE);
        }
    }

    @Test
    void trainingCanBeCancelledAtAnyStage() {
        VectorRows base = RealData.digits().base(ElementType.FLOAT32).slice(0, 300);
        QuantizerSpec spec = new QuantizerSpec("neural-hash", Parameters.none(), Metric.EUCLIDEAN, 64);
        for (String stage : new String[] {"find neighbours", "train neural-hash"}) {
            BuildContext context = CONTEXT.progress((now, done, total) -> !now.equals(stage));
            assertThrows(CancellationException.class, () -> new NeuralHashProvider().train(base, spec, context), stage);
        }
    }

    @Test
    void neighboursAreTheNearestOfTheChosenRows() {
        VectorRows base = RealData.digits().base(ElementType.FLOAT32);
        QuantizerSpec spec = new QuantizerSpec("neural-hash", Parameters.none(), Metric.EUCLIDEAN, 64);
        int[] ordinals = IntStream.range(0, 700).map(i -> 2 * i).toArray();
        int[][] nearest = NearestRows.of(base, ordinals, 10, spec, CONTEXT).nearest();
        for (int row : new int[] {0, 1, 255, 256, 699}) {
            int[] expected = IntStream.range(0, ordinals.length)
                    .filter(i -> i != row)
                    .boxed()
                    .sorted(Comparator.comparingDouble(i -> distance(base, ordinals[row], ordinals[i])))
                    .mapToInt(i -> i)
                    .limit(10)
                    .toArray();
            assertArrayEquals(expected, nearest[row], "row " + row);
        }
        int[][] few =
                NearestRows.of(base, new int[] {5, 9, 11}, 10, spec, CONTEXT).nearest();
        assertEquals(2, few[1].length);
        int[][] none = NearestRows.of(base, new int[] {5}, 10, spec, CONTEXT).nearest();
        assertEquals(0, none[0].length);
    }

    private static double distance(VectorRows rows, int a, int b) {
        double sum = 0;
        for (int i = 0; i < rows.dimension(); i++) {
            double d = rows.segment().get(VectorRows.FLOAT, a * rows.stride() + 4L * i)
                    - rows.segment().get(VectorRows.FLOAT, b * rows.stride() + 4L * i);
            sum += d * d;
        }
        return sum;
    }
}
