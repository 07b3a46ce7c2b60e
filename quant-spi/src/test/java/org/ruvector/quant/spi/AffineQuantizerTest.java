package org.ruvector.quant.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ruvector.api.BuildContext;
import org.ruvector.api.ElementType;
import org.ruvector.api.Metric;
import org.ruvector.api.Parameters;
import org.ruvector.api.Plugins;
import org.ruvector.api.Query;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.Codes;
import org.ruvector.api.spi.Quantizer;
import org.ruvector.api.spi.QuantizerProvider;
import org.ruvector.api.spi.QuantizerSpec;
import org.ruvector.testkit.Corpus;
import org.ruvector.testkit.Space;

/** Bounds of the errors of {@code sq8}, {@code sq4}, {@code rotational} and {@code rabitq}. */
final class AffineQuantizerTest {
    /** What floats of about this size may be off. */
    private static final double ROUNDING = 64 * Math.ulp(1f);

    /** A quantizer and parameters to train it with. */
    record Method(QuantizerProvider provider, String parameters) {
        Quantizer train(VectorRows rows, Metric metric) {
            QuantizerSpec spec =
                    new QuantizerSpec(provider.name(), Parameters.parse(parameters), metric, rows.dimension());
            return provider.train(rows, spec, BuildContext.of(Plugins.none()));
        }

        boolean perDimension() {
            return parameters.equals("per=dimension");
        }

        int steps() {
            return provider instanceof Sq4Provider ? 15 : 255;
        }
    }

    private static final List<Method> SCALAR = List.of(
            new Method(new Sq8Provider(), ""),
            new Method(new Sq8Provider(), "per=dimension"),
            new Method(new Sq4Provider(), ""),
            new Method(new Sq4Provider(), "per=dimension"));
    private static final List<Method> ROTATED = Stream.concat(
                    IntStream.rangeClosed(1, 8)
                            .mapToObj(bits -> new Method(new RabitqProvider(), "seed=4,bits=" + bits)),
                    IntStream.of(8, 1).mapToObj(bits -> new Method(new RotationalProvider(), "seed=4,bits=" + bits)))
            .toList();

    @Provide
    Arbitrary<Method> scalar() {
        return Arbitraries.of(SCALAR);
    }

    @Provide
    Arbitrary<Method> all() {
        return Arbitraries.of(Stream.concat(SCALAR.stream(), ROTATED.stream()).toList());
    }

    /** Cosine scales the vectors first, and is left to the contract. */
    @Provide
    Arbitrary<Metric> metrics() {
        return Arbitraries.of(Metric.EUCLIDEAN, Metric.INNER_PRODUCT);
    }

    private static float[][] vectors(VectorRows rows) {
        return IntStream.range(0, rows.count())
                .mapToObj(i -> ((Query.Floats) rows.query(i)).vector())
                .toArray(float[][]::new);
    }

    private static float[][] decoded(Quantizer quantizer, VectorRows rows) {
        Codes codes = encode(quantizer, rows);
        float[][] decoded = new float[rows.count()][rows.dimension()];
        for (int i = 0; i < decoded.length; i++) {
            quantizer.decode(codes, i, decoded[i]);
        }
        return decoded;
    }

    private static Codes encode(Quantizer quantizer, VectorRows rows) {
        MemorySegment block = Arena.ofAuto().allocate((long) rows.count() * quantizer.codeBytes(), 64);
        quantizer.encode(rows, block);
        return new Codes(block, quantizer.codeBytes(), rows.count());
    }

    private static double[] minus(float[] a, float[] b) {
        return IntStream.range(0, a.length)
                .mapToDouble(i -> (double) a[i] - b[i])
                .toArray();
    }

    private static double dot(double[] a, double[] b) {
        return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
    }

    /** The greatest coordinate of all. */
    private static double size(float[][] vectors) {
        return Arrays.stream(vectors)
                .flatMapToDouble(v -> IntStream.range(0, v.length).mapToDouble(i -> Math.abs(v[i])))
                .max()
                .orElse(0);
    }

    private static VectorRows rows(Corpus.Content content, int dimension, int count, long seed) {
        return new Corpus(new Space(Metric.EUCLIDEAN, ElementType.FLOAT32), content, dimension, count, seed).rows();
    }

    /**
     * Of the centred vector {@code y} the approximation {@code u} is half a step {@code sᵢ/2} away at most, and {@code f·u} is decoded, {@code f}
     * being {@code |y|²/⟨u,y⟩}. So with {@code δ = Σ sᵢ/2·|yᵢ| / |y|²} the error is at most {@code (sᵢ/2 + δ·|yᵢ|) / (1 − δ)}.
     */
    @Property(tries = 300, seed = "51")
    void scalarCodesAreHalfAStepAwayAndTheirFactor(
            @ForAll("scalar") Method method,
            @ForAll("metrics") Metric metric,
            @ForAll Corpus.Content content,
            @ForAll @IntRange(min = 1, max = 60) int dimension,
            @ForAll @IntRange(min = 1, max = 20) int count,
            @ForAll @LongRange(max = 10000) long seed) {
        VectorRows rows = rows(content, dimension, count, seed);
        float[][] vectors = vectors(rows);
        Quantizer quantizer = method.train(rows, metric);
        float[][] decoded = decoded(quantizer, rows);
        float[] mean = Sample.toTrainOn(rows, quantizer.spec()).mean();
        double[][] centred = Arrays.stream(vectors).map(x -> minus(x, mean)).toArray(double[][]::new);
        double rounding = ROUNDING * size(vectors);
        for (int i = 0; i < count; i++) {
            double[] y = centred[i];
            double[] half = new double[dimension];
            for (int j = 0; j < dimension; j++) {
                int at = j;
                double[] values = method.perDimension()
                        ? Arrays.stream(centred).mapToDouble(other -> other[at]).toArray()
                        : y;
                double range = Arrays.stream(values).max().orElseThrow()
                        - Arrays.stream(values).min().orElseThrow();
                half[j] = range / method.steps() / 2;
            }
            double delta = dot(half, Arrays.stream(y).map(Math::abs).toArray()) / dot(y, y);
            // Otherwise, as for a vector near the mean among others far away, the factor may be anything.
            for (int j = 0; j < dimension && !(delta > 0.5); j++) {
                double bound = delta >= 0 ? (half[j] + delta * Math.abs(y[j])) / (1 - delta) : 0;
                assertEquals(vectors[i][j], decoded[i][j], bound + rounding, "vector " + i + " at " + j);
            }
        }
    }

    /** The inner product of a decoded vector with the vector that it was is exact, so that the error lies across it. */
    @Property(tries = 300, seed = "52")
    void theErrorOfADecodedVectorLiesAcrossIt(
            @ForAll("all") Method method,
            @ForAll("metrics") Metric metric,
            @ForAll Corpus.Content content,
            @ForAll @IntRange(min = 1, max = 60) int dimension,
            @ForAll @IntRange(min = 2, max = 20) int count,
            @ForAll @LongRange(max = 10000) long seed) {
        VectorRows rows = rows(content, dimension, count, seed);
        float[][] vectors = vectors(rows);
        Quantizer quantizer = method.train(rows, metric);
        float[][] decoded = decoded(quantizer, rows);
        float[] mean = Sample.toTrainOn(rows, quantizer.spec()).mean();
        double size = size(vectors);
        for (int i = 0; i < count; i++) {
            double[] y = minus(vectors[i], mean);
            double[] z = minus(decoded[i], mean);
            double longer = Math.sqrt(Math.max(dot(y, y), dot(z, z)));
            if (longer < 1e-3 * size) {
                continue;
            }
            double rounding = dimension * ROUNDING * longer * (longer + size);
            assertEquals(dot(y, y), dot(y, z), rounding, () -> method + ", vector and decoded " + Arrays.toString(z));
        }
    }

    /** Of a coordinate outside of what the sample had, the nearest that it had. */
    @Property(tries = 200, seed = "53")
    void aCoordinateOutsideOfTheRangeBecomesItsEdge(
            @ForAll @IntRange(min = 1, max = 8) int bits, @ForAll @LongRange(max = 10000) long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float least = (float) random.nextDouble(-2, 2);
        float step = (float) random.nextDouble(0.01, 1);
        int top = (1 << bits) - 1;
        float[] y = {(float) random.nextDouble(-9, 9), 1e18f, -1e18f, 1e-30f};
        float[] offsets = {least, least, least, least};
        float[] steps = {step, step, step, step};
        int[] codes = new int[4];
        double[] own = new double[2];
        new Rounding.ColumnRanges(bits, offsets, steps).round(y, codes, own);
        for (int i = 0; i < y.length; i++) {
            double nearest = Math.clamp((double) y[i], least, least + (double) top * step);
            assertTrue(codes[i] >= 0 && codes[i] <= top, "a code");
            assertEquals(nearest, own[0] * least + own[1] * step * codes[i], step / 2 * (1 + 1e-6) + 1e-6);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    rabitq     | bits=0    | bits is 0; it must be from 1 to 8
                    rabitq     | bits=9    | bits is 9; it must be from 1 to 8
                    rabitq     | bits=four | bits=four is not a whole number
                    rotational | bits=4    | bits is 4; it must be 8 or 1
                    sq8        | per=row   | per is row; it must be vector or dimension
                    sq4        | per=      | per is ; it must be vector or dimension
                    sq4        | bits=4    | Unknown parameter bits; known are: per
                    """)
    void parametersOutOfRangeAreRefusedInASentence(String provider, String parameters, String message) {
        VectorRows rows = rows(Corpus.Content.NORMAL, 3, 2, 1);
        Method method = new Method(Plugins.load().quantizer(provider), parameters);
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> method.train(rows, Metric.EUCLIDEAN))
                        .getMessage());
    }

    /**
     * The bound of the RaBitQ papers. With unit vectors {@code o}, {@code q} and the code's direction {@code ō} the error is
     * {@code √(1 − ⟨ō,o⟩²) / ⟨ō,o⟩ · √(1 − ⟨q,o⟩²)} times a coordinate of a random point of a unit sphere of {@code D − 1} dimensions (SIGMOD 2024,
     * lemma 3.2): unbiased, of variance {@code 1/(D − 1)}, and more than {@code 1.9/√(D − 1)}, the bound that the authors take, in 5.7 % of cases.
     * With each bit the error halves, {@code O(2^−bits/√D)} (SIGMOD 2025). Most vectors here have few coordinates other than zero, so that it is the
     * rotation that makes it true.
     */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void estimatesAreAsExactAsThePapersSay(int bits) {
        int d = 128;
        int n = 60;
        SplittableRandom random = new SplittableRandom(bits);
        double beyond = 0;
        double squares = 0;
        double mean = 0;
        double spread = 0;
        int total = 0;
        for (int seed = 0; seed < 20; seed++) {
            float[] flat = new float[n * d];
            for (int i = 0; i < n; i++) {
                int some = i % 3 == 0 ? d : 1 + i % 5;
                for (int j = 0; j < some; j++) {
                    flat[i * d + random.nextInt(d)] += (float) random.nextGaussian();
                }
            }
            // A sample whose mean is zero: the bound speaks of centred vectors.
            VectorRows zero = VectorRows.ofFloats(new float[d], d);
            VectorRows rows = VectorRows.ofFloats(flat, d);
            float[][] vectors = vectors(rows);
            Method method = new Method(new RabitqProvider(), "bits=" + bits + ",seed=" + seed);
            float[][] decoded = decoded(method.train(zero, Metric.INNER_PRODUCT), rows);
            float[] origin = new float[d];
            for (int i = 0; i < n; i++) {
                double[] x = minus(vectors[i], origin);
                double[] z = minus(decoded[i], origin);
                double length = Math.sqrt(dot(x, x));
                double tangent = Math.sqrt(Math.max(0, dot(z, z) / dot(x, x) - 1));
                for (int other = 0; other < n; other++) {
                    double[] q = minus(vectors[other], origin);
                    double own = Math.sqrt(dot(q, q));
                    double cosine = dot(q, x) / own / length;
                    double error = (dot(q, z) - dot(q, x)) / own / length;
                    double sine = Math.sqrt(Math.max(0, 1 - cosine * cosine));
                    if (sine < 0.1) {
                        continue;
                    }
                    double deviations = error / (tangent * sine) * Math.sqrt(d - 1);
                    total++;
                    mean += deviations;
                    spread += deviations * deviations;
                    beyond += Math.abs(deviations) > 1.9 ? 1 : 0;
                    squares += error * error;
                }
            }
        }
        double perBit = Math.sqrt(d * squares / total) * (1 << bits);
        String found = "mean " + mean / total + ", variance " + spread / total + ", beyond 1.9 " + beyond / total
                + ", error times 2^bits times √D " + perBit;
        assertEquals(0, mean / total, 0.02, found);
        assertEquals(1, spread / total, 0.02, found);
        assertEquals(0.057, beyond / total, 0.003, found);
        assertTrue(perBit < 1.8, found);
    }
}
